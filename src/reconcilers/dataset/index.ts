import { member, textAt, type JsonObject } from '../../model/json.ts';
import type { Reconciler } from '../../model/kind.ts';
import { foundryAsset } from '../shared/foundry-asset.ts';
import schema from './schema.json' with { type: 'json' };
import { uploadContent } from './upload.ts';

const asset = foundryAsset({
  kind: 'Dataset',
  schema,
  collection: 'datasets',
  stateful: true,
  contentOf: ({ spec }) => textAt(spec as JsonObject, '/content/sha256'),
  observe(version, { spec }) {
    const sha256 = textAt(version, '/tags/ingate-sha256');
    // The upload says where it went; the manifest may leave that to the project.
    const connection = member(spec as JsonObject, 'connection');
    return { content: { sha256 }, ...(connection === undefined ? {} : { connection }) };
  },
  body: uploadContent,
});

/** A dataset of a Foundry project, data plane v1: types uri_file and uri_folder. */
export const dataset: Reconciler = {
  ...asset,
  // Where the files are in the repository is nothing that Foundry knows.
  tolerate: () => ['/content/path', '/content/bytes', '/content/files'],
};
