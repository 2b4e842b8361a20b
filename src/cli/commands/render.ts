import { Document } from 'yaml';
import { API_VERSION, type Manifest } from '../../model/manifest.ts';
import type { Io } from '../io.ts';
import { openEnvironment, type EnvironmentOptions } from '../session.ts';
import { jsonText, type Line } from '../text.ts';

/** Prints the environment as ingate sees it: merged, with defaults filled in and files read in. */
export async function render(io: Io, options: EnvironmentOptions): Promise<number> {
  const opened = openEnvironment(io, options);
  if (opened.exitCode !== undefined) return opened.exitCode;
  const documents = opened.value.environment.manifests.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(documentOf);
  if (options.output === 'json') io.write(`${jsonText(documents, 2)}\n`);
  else for (const document of documents) io.print(['---'], ...yamlLines(document));
  return 0;
}

function yamlLines(document: object): Line[] {
  const text = new Document(document).toString({ lineWidth: 120, blockQuote: 'literal' });
  return text
    .trimEnd()
    .split('\n')
    .map((line) => [line]);
}

function documentOf(manifest: Manifest): object {
  const { kind, name, labels, annotations, spec, azureName, lifecycle, dependsOn } = manifest;
  const { preventDestroy, ignoreChanges, adopt } = lifecycle;
  const limits = {
    ...(preventDestroy ? { preventDestroy } : {}),
    ...(ignoreChanges.length > 0 ? { ignoreChanges } : {}),
    ...(adopt ? { adopt } : {}),
  };
  return {
    apiVersion: API_VERSION,
    kind,
    metadata: {
      name,
      ...(Object.keys(labels).length > 0 ? { labels } : {}),
      ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
    },
    spec: {
      ...spec,
      ...(azureName === undefined ? {} : { azureName }),
      ...(Object.keys(limits).length > 0 ? { lifecycle: limits } : {}),
      ...(dependsOn.length > 0 ? { dependsOn } : {}),
    },
  };
}
