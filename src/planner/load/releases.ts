import { append } from '../../model/append.ts';
import { posix } from 'node:path';
import { problem, type Diagnostic } from '../../model/diagnostic.ts';
import { isObject, member, valueAt, without, type Json, type JsonObject, type Pointer } from '../../model/json.ts';
import type { KindCatalog } from '../../model/kind.ts';
import { releaseId } from '../../model/promotion/contents.ts';
import { POINTER } from '../../model/promotion/documents.ts';
import { SOURCE, type Release, type ReleaseContents, type ReleasePointer } from '../../model/promotion/types.ts';
import type { ProjectFiles } from '../../model/project-files.ts';
import { kindOf, type ResourceId } from '../../model/resource-id.ts';
import { inlineSchema, memberSchema, type SpecSchema } from '../../model/schema.ts';
import type { Draft } from './extends.ts';
import type { SourceDocument } from './parse-yaml.ts';
import { nameHint } from './suggest.ts';
import { checkSteering, readSteering, type Steering } from './steering.ts';
import type { Validator } from './validate.ts';

interface Context {
  readonly files: ProjectFiles;
  /** Folder of all releases. */
  readonly releases: string;
  readonly kinds: KindCatalog;
  readonly validator: Validator;
  readonly diagnostics: Diagnostic[];
}

export interface WithReleases {
  readonly drafts: readonly Draft[];
  readonly pointers: readonly ReleasePointer[];
}

/** Folder of releases, policies and trust, from the repository's root: beside `environments`. */
export function releasesFolder(environmentFolder: string): string {
  return posix.join(environmentFolder, '../../releases');
}

/**
 * Puts what releases carry over what the files of the environment say: its ReleasePointer documents name them. The members
 * that a release decides are replaced as a whole.
 */
export function withReleases(drafts: readonly Draft[], context: Context): WithReleases {
  const pointers = drafts.filter(({ kind }) => kind === POINTER);
  let resources = drafts.filter(({ kind }) => kind !== POINTER);
  const decided = new Map<string, string>();
  const read = pointers.flatMap((draft) => {
    const [document] = draft.layers;
    const found =
      document && checkSteering({ ...document, value: draft.value }, POINTER, context.validator, context.diagnostics);
    if (!found) return [];
    const pointer = { name: found.name, ...found.spec } as unknown as ReleasePointer;
    if (pointer.id === SOURCE) return [pointer];
    const release = readRelease(pointer.name, pointer.id, context);
    if (!release) {
      tellMissing(pointer, found, context);
      return [pointer];
    }
    for (const id of Object.keys(release.release.contents)) {
      const other = decided.get(id);
      if (other !== undefined) {
        const message = `The releases ${other} and ${pointer.name} both carry ${id}`;
        context.diagnostics.push(problem('ING8104', message, { at: found.positionOf('/id') }));
      }
      decided.set(id, pointer.name);
    }
    resources = resources.map((one) => decide(one, release, context.kinds));
    tellUndeclared(release, resources, context.diagnostics);
    return [pointer];
  });
  return { drafts: resources, pointers: read };
}

interface ReadRelease {
  readonly release: Release;
  readonly steering: Steering;
}

/** Reads a release and checks that its file has the name that its contents ask for. */
export function readRelease(
  name: string,
  id: string,
  { files, releases, kinds, validator, diagnostics }: Context,
): ReadRelease | undefined {
  const path = `${releases}/${name}/${id}.yaml`;
  const steering = readSteering(files, path, 'Release', validator, diagnostics);
  if (!steering) return undefined;
  const contents = member(steering.spec, 'contents') as ReleaseContents;
  const actual = releaseId(name, contents);
  const wrong = [
    ...(steering.name === name && actual === id
      ? []
      : [
          problem('ING8102', `${path} holds the release ${steering.name} ${releaseId(steering.name, contents)}`, {
            at: steering.positionOf('/contents'),
            hint: 'Restore it from Git: a release never changes. Write another one with `ingate release`.',
          }),
        ]),
    ...unfit(contents, steering, kinds),
  ];
  append(diagnostics, wrong);
  const source = (member(steering.spec, 'source') ?? {}) as Release['source'];
  return wrong.length > 0 ? undefined : { release: { name, id, contents, source }, steering };
}

/** What a release may not carry: kinds and members that stay, and paths of files, which its name says nothing about. */
function unfit(contents: ReleaseContents, { positionOf }: Steering, kinds: KindCatalog): Diagnostic[] {
  return Object.entries(contents).flatMap(([id, part]) => {
    const definition = kinds.get(kindOf(id as ResourceId));
    const at = positionOf(`/contents/${id.replaceAll('/', '~1')}`);
    if (!definition?.release) return [problem('ING8103', `A release cannot carry ${id}`, { at, hint: carried(kinds) })];
    const { members } = definition.release;
    const wrong = Object.keys(part).find((key) => !members.includes(key)) ?? fileField(part, definition.schema);
    return wrong === undefined ? [] : [problem('ING8103', `A release cannot carry ${wrong} of ${id}`, { at })];
  });
}

function carried(kinds: KindCatalog): string {
  const names = [...kinds.values()].filter((one) => one.release).map((one) => one.kind);
  return `Kinds that it can carry: ${names.toSorted().join(', ')}.`;
}

function fileField(value: Json, schema: SpecSchema): string | undefined {
  const find = (inner: Json, at: SpecSchema | undefined): string | undefined => {
    if (!at || typeof inner !== 'object' || inner === null) return undefined;
    for (const [key, item] of Object.entries(inner)) {
      const field = memberSchema(at, key);
      const found = field?.['x-file'] ? key : find(item, field);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return find(value, inlineSchema(schema));
}

function tellMissing({ name, id }: ReleasePointer, { positionOf }: Steering, context: Context): void {
  const { releases, files, diagnostics } = context;
  const path = `${releases}/${name}/${id}.yaml`;
  if (files.stat(path) !== undefined) return;
  const known = (files.entries(`${releases}/${name}`) ?? [])
    .map((one) => /^([0-9a-f]{12})\.yaml$/.exec(one.name)?.[1])
    .filter((one) => one !== undefined);
  const hint = known.length > 0 ? nameHint(id, known, 'releases') : 'Write one with `ingate release`.';
  diagnostics.push(problem('ING8101', `There is no release ${name} ${id}`, { at: positionOf('/id'), hint }));
}

function tellUndeclared({ release, steering }: ReadRelease, drafts: readonly Draft[], diagnostics: Diagnostic[]): void {
  for (const id of Object.keys(release.contents)) {
    if (drafts.some((draft) => draft.id === id)) continue;
    const at = steering.positionOf(`/contents/${id.replaceAll('/', '~1')}`);
    const message = `The release ${release.name} ${release.id} carries ${id}, which this environment does not declare`;
    diagnostics.push(problem('ING8105', message, { at, resource: id as ResourceId }));
  }
}

function decide(draft: Draft, { release, steering }: ReadRelease, kinds: KindCatalog): Draft {
  const part = release.contents[draft.id];
  const members = kinds.get(draft.kind)?.release?.members;
  if (part === undefined || !members) return draft;
  const written = valueAt(draft.value, '/spec');
  const spec = { ...without(isObject(written) ? written : {}, ...members), ...part };
  return { ...draft, value: { ...draft.value, spec }, layers: [layerOf(draft.id, part, steering), ...draft.layers] };
}

/** What a release says of one resource, as if it were a document of its own. */
function layerOf(id: ResourceId, part: JsonObject, { document }: Steering): SourceDocument {
  const place = `/spec/contents/${id.replaceAll('/', '~1')}`;
  return {
    file: document.file,
    value: { spec: part },
    locate: (path, which) => document.locate(path.replace(/^\/spec/, place) as Pointer, which),
  };
}
