import { posix } from 'node:path';
import { problem, type Diagnostic, type SourcePosition } from '../../model/diagnostic.ts';
import { member, mergePatch, valueAt, type JsonObject, type Pointer } from '../../model/json.ts';
import { API_VERSION } from '../../model/manifest.ts';
import { resourceId, type ResourceId } from '../../model/resource-id.ts';
import { readManifestFiles } from './discover.ts';
import { confined } from './file-fields.ts';
import type { ProjectFiles } from '../../model/project-files.ts';
import { parseYaml, type SourceDocument } from './parse-yaml.ts';
import { didYouMean } from './suggest.ts';

/** One resource before its schema is checked: the merged value and the documents it came from, its own first. */
export interface Draft {
  readonly id: ResourceId;
  readonly kind: string;
  readonly name: string;
  readonly value: JsonObject;
  readonly layers: readonly SourceDocument[];
}

/** The place of a field in the layer that wrote it; the resource's own document where no layer did. */
export function locateIn(
  layers: readonly SourceDocument[],
  path: Pointer,
  part: 'key' | 'value' = 'value',
): SourcePosition {
  const layer = layers.find((one) => valueAt(one.value, path) !== undefined) ?? layers[0];
  if (!layer) throw new Error('A draft has at least one layer');
  return layer.locate(path, part);
}

interface ReadContext {
  readonly files: ProjectFiles;
  readonly knownKinds: readonly string[];
  readonly diagnostics: Diagnostic[];
}

/**
 * All documents of a folder, merged over those of the folder that its Environment document `extends` (RFC 7386: objects
 * merge, null removes, lists replace). `spec: null` drops a resource of the extended folder.
 */
export function readDrafts(folder: string, context: ReadContext, chain: readonly string[] = []): Draft[] {
  const sources = readManifestFiles(context.files, folder, context.diagnostics);
  const documents = sources.flatMap((source) => parseYaml(source, context.diagnostics));
  const own = withoutDuplicates(
    documents.flatMap((document) => toDraft(document, context)),
    context.diagnostics,
  );
  const base = extendedFolder(own, folder, context, [...chain, folder]);
  return base === undefined ? own : merge(readDrafts(base, context, [...chain, folder]), own);
}

function toDraft(document: SourceDocument, { knownKinds, diagnostics }: ReadContext): Draft[] {
  const apiVersion = member(document.value, 'apiVersion');
  const kind = member(document.value, 'kind');
  const name = valueAt(document.value, '/metadata/name');
  if (apiVersion !== API_VERSION) {
    const message = apiVersion === undefined ? '"apiVersion" is missing' : 'This apiVersion is not known';
    diagnostics.push(
      problem('ING1010', message, { at: document.locate('/apiVersion'), hint: `Write: apiVersion: ${API_VERSION}` }),
    );
    return [];
  }
  if (typeof kind !== 'string' || !knownKinds.includes(kind)) {
    const message = typeof kind === 'string' ? `There is no kind "${kind}"` : '"kind" is missing';
    const hint =
      (typeof kind === 'string' ? didYouMean(kind, knownKinds) : undefined) ?? '`ingate explain` lists the kinds.';
    diagnostics.push(problem('ING1010', message, { at: document.locate('/kind'), hint }));
    return [];
  }
  if (typeof name !== 'string') {
    diagnostics.push(
      problem('ING1012', `"name" is missing in metadata of this ${kind}`, { at: document.locate('/metadata') }),
    );
    return [];
  }
  return [{ id: resourceId(kind, name), kind, name, value: document.value, layers: [document] }];
}

function withoutDuplicates(drafts: readonly Draft[], diagnostics: Diagnostic[]): Draft[] {
  const first = new Map<ResourceId, Draft>();
  for (const draft of drafts) {
    const known = first.get(draft.id);
    if (!known) {
      first.set(draft.id, draft);
      continue;
    }
    const related = [{ message: 'First declared here', at: locateIn(known.layers, '/metadata/name') }];
    diagnostics.push(
      problem('ING1014', `${draft.id} is declared twice`, { at: locateIn(draft.layers, '/metadata/name'), related }),
    );
  }
  return [...first.values()];
}

function extendedFolder(
  drafts: readonly Draft[],
  folder: string,
  context: ReadContext,
  chain: readonly string[],
): string | undefined {
  const environment = drafts.find((draft) => draft.kind === 'Environment');
  const written = valueAt(environment?.value, '/spec/extends');
  if (!environment || typeof written !== 'string') return undefined;
  const at = locateIn(environment.layers, '/spec/extends');
  const base = confined(written, folder);
  const fail = (message: string): undefined => {
    context.diagnostics.push(problem('ING1016', message, { at }));
  };
  if (base === undefined) return fail('The folder to extend lies outside of the repository');
  if (chain.includes(base))
    return fail(`The folders extend each other: ${[...chain.slice(chain.indexOf(base)), base].join(' -> ')}`);
  if (context.files.stat(base)?.type === 'link') {
    const hint = 'Name the folder itself; links could lead out of the repository.';
    context.diagnostics.push(problem('ING1003', `${base} is, or lies behind, a symbolic link`, { at, hint }));
    return undefined;
  }
  if (context.files.entries(base) === undefined) return fail(`The folder ${posix.normalize(base)} does not exist`);
  return base;
}

function merge(base: readonly Draft[], own: readonly Draft[]): Draft[] {
  const environmentOf = (drafts: readonly Draft[]): Draft | undefined =>
    drafts.find((draft) => draft.kind === 'Environment');
  const baseEnvironment = environmentOf(base);
  const matches = (a: Draft, b: Draft): boolean =>
    a.id === b.id || (a.kind === 'Environment' && b.kind === 'Environment');
  const kept = own.filter((draft) => member(draft.value, 'spec') !== null || !base.some((one) => matches(one, draft)));
  const merged = kept.map((draft): Draft => {
    const below = draft.kind === 'Environment' ? baseEnvironment : base.find((one) => one.id === draft.id);
    if (!below) return draft;
    return {
      ...draft,
      value: mergePatch(below.value, draft.value) as JsonObject,
      layers: [...draft.layers, ...below.layers],
    };
  });
  const inherited = base.filter((draft) => !own.some((one) => matches(one, draft)));
  return [...merged, ...inherited];
}
