import { textAt, type JsonObject } from '../../engine/json.ts';
import { json, type Reply } from '../../http/reply.ts';
import { compileObject } from '../../shape/notation.ts';
import { assetId, type AssetVersion } from '../shared/assets.ts';
import { assetRoutes, requireAsset, type AssetKind } from '../shared/asset-routes.ts';
import { readCredentials, startUpload } from '../blobs/upload.ts';
import { readBody, requireShape } from '../shared/body.ts';
import { FoundryError } from '../shared/foundry-error.ts';
import type { FoundryCall, Route } from '../shared/route.ts';

const UPLOAD = compileObject({
  connectionName: 'string',
  pendingUploadId: 'string',
  'pendingUploadType!': 'BlobReference',
});

const DATASETS: AssetKind = {
  plural: 'datasets',
  title: 'Dataset',
  shape: compileObject({
    'type!': 'uri_file|uri_folder',
    'dataUri!': 'string',
    connectionName: 'string',
    description: 'string',
    tags: { '*': 'string' },
    isReference: 'readonly',
    id: 'readonly',
    name: 'string',
    version: 'string',
  }),
  prepare,
  show,
};

/** Datasets: versions that name a blob or a folder of blobs, and uploads to this server's blob service. */
export const DATASET_ROUTES: readonly Route[] = [
  ...assetRoutes(DATASETS),
  { method: 'POST', path: 'datasets/{name}/versions/{version}/startPendingUpload', handle: upload },
  { method: 'POST', path: 'datasets/{name}/versions/{version}/credentials', handle: credentials },
];

/** Signatures are not kept, and what a version consists of never changes. */
function prepare(_call: FoundryCall, body: JsonObject, previous: AssetVersion | undefined): JsonObject {
  const [dataUri = ''] = (textAt(body, 'dataUri') ?? '').split('?');
  const wanted = { ...body, dataUri };
  const changed = ['dataUri', 'type'].find((key) => previous && textAt(previous.body, key) !== textAt(wanted, key));
  if (changed === undefined) return wanted;
  throw new FoundryError(400, 'UserError', `The ${changed} of a dataset version cannot be changed`, changed);
}

function show({ account, project }: FoundryCall, { name, version, body }: AssetVersion): JsonObject {
  return {
    ...body,
    name,
    version,
    id: assetId(account, project, 'data', { name, version }),
    isReference: false,
    tags: body['tags'] ?? {},
  };
}

function upload(call: FoundryCall): Reply {
  return json(200, startUpload(call, call.names['version'] ?? '', requireShape(UPLOAD, readBody(call))));
}

function credentials(call: FoundryCall): Reply {
  const { body } = requireAsset(call, DATASETS);
  const found = readCredentials(call, textAt(body, 'dataUri') ?? '');
  if (found) return json(200, found);
  throw new FoundryError(400, 'UserError', 'The embedded Azure has no credentials for storage that is somewhere else');
}
