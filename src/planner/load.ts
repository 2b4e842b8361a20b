import { append } from '../model/append.ts';
import {
  hasErrors,
  problem,
  sortDiagnostics,
  type Diagnostic,
  type PositionOf,
  type SourcePosition,
} from '../model/diagnostic.ts';
import { isObject, member, valueAt, withValueAt, without, type JsonObject, type Pointer } from '../model/json.ts';
import type { KindCatalog } from '../model/kind.ts';
import type { EnvironmentSpec, Lifecycle, Manifest } from '../model/manifest.ts';
import { POINTER } from '../model/promotion/documents.ts';
import type { ReleasePointer } from '../model/promotion/types.ts';
import type { ResourceId } from '../model/resource-id.ts';
import { inlineSchema } from '../model/schema.ts';
import { describeErrors } from './load/describe-error.ts';
import { COMMON_SPEC_MEMBERS, documentSchema } from './load/document-schema.ts';
import { locateIn, readDrafts, type Draft } from './load/extends.ts';
import { readFileFields, type FieldOrigin } from './load/file-fields.ts';
import type { ProjectFiles } from '../model/project-files.ts';
import { releasesFolder, withReleases } from './load/releases.ts';
import { findRepeatedItems } from './load/repeated-items.ts';
import { findSecretLiterals } from './load/secret-literals.ts';
import { createValidator, type Validator } from './load/validate.ts';

/** An environment as its files describe it. `manifests` includes the Environment document itself. */
export interface LoadedEnvironment {
  readonly name: string;
  readonly folder: string;
  readonly spec: EnvironmentSpec;
  readonly manifests: readonly Manifest[];
  /** Releases that it has. */
  readonly pointers: readonly ReleasePointer[];
  /** Every resource that a document declares, also where the document has errors and no manifest came of it. */
  readonly declared: ReadonlySet<ResourceId>;
  /** False when a file or document could not be read: then a name that is not declared may be in there. */
  readonly isWhollyRead: boolean;
}

export interface LoadRequest {
  readonly files: ProjectFiles;
  /** Folder of the environment from the repository's root, such as `environments/dev`. */
  readonly folder: string;
  readonly kinds: KindCatalog;
}

export interface LoadResult {
  /** Absent when there is no usable Environment document; other manifests may be missing where they have errors. */
  readonly environment: LoadedEnvironment | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads, merges and checks all manifests of an environment. Everything that is wrong is reported at once. */
export function loadEnvironment(request: LoadRequest): LoadResult {
  const diagnostics: Diagnostic[] = [];
  const written = readDrafts(request.folder, {
    files: request.files,
    knownKinds: [...request.kinds.keys(), POINTER],
    diagnostics,
  });
  const isWhollyRead = !hasErrors(diagnostics);
  const validator = createValidator();
  const { drafts, pointers } = withReleases(written, {
    ...request,
    releases: releasesFolder(request.folder),
    validator,
    diagnostics,
  });
  const manifests = drafts.flatMap((draft) => toManifest(draft, request, validator, diagnostics));
  const environment = onlyEnvironment(
    { drafts, manifests, pointers, isWhollyRead, folder: request.folder },
    diagnostics,
  );
  return { environment, diagnostics: sortDiagnostics(diagnostics) };
}

function toManifest(draft: Draft, request: LoadRequest, validator: Validator, diagnostics: Diagnostic[]): Manifest[] {
  const definition = request.kinds.get(draft.kind);
  if (!definition) return [];
  const { id, layers } = draft;
  const found: Diagnostic[] = [];
  const origins = new Map<Pointer, FieldOrigin>();
  const written = valueAt(draft.value, '/spec');
  const locate: Locate = (path, part) => locateIn(layers, writtenAt(path, origins), part);
  const positionOf: PositionOf = (field, line) => {
    const origin = origins.get(field);
    if (origin && line !== undefined) return { file: origin.file, line, column: 1, length: 1 };
    return locate(`/spec${field}`);
  };
  const schema = inlineSchema(definition.schema);
  const spec = isObject(written)
    ? readFileFields(written, schema, {
        files: request.files,
        id,
        positionOf,
        diagnostics: found,
        origins,
      })
    : undefined;
  const document = structuredClone(
    spec === undefined ? draft.value : withValueAt(draft.value, '/spec', spec),
  ) as JsonObject;

  const errors = validator.check(definition, document);
  append(
    found,
    describeErrors(errors, {
      id,
      schema: inlineSchema(documentSchema(draft.kind, definition.schema)),
      source: { locate },
      value: document,
    }),
  );
  for (const { field, label } of findRepeatedItems(spec ?? {}, schema)) {
    const list = dotted(field.slice(0, field.lastIndexOf('/')));
    found.push(problem('ING1020', `${list} has ${label} twice`, { at: positionOf(field), resource: id }));
  }
  for (const { field, looksLike } of findSecretLiterals(spec ?? {})) {
    const hint =
      'Refer to it: secret: {env: NAME} or secret: {keyVault: VAULT, name: SECRET}. Rotate it, because it is in Git.';
    found.push(
      problem('ING1018', `${dotted(field)} looks like ${looksLike}`, {
        at: positionOf(field),
        resource: id,
        hint,
      }),
    );
  }
  append(diagnostics, found);
  const checked = member(document, 'spec');
  return hasErrors(found) || !isObject(checked) ? [] : [manifest(draft, document, checked, positionOf)];
}

type Locate = (path: Pointer, part?: 'key' | 'value') => SourcePosition;

/** The path that the manifest has for `path`: of a field that was read from a file, the one that names the file. */
function writtenAt(path: Pointer, origins: ReadonlyMap<Pointer, FieldOrigin>): Pointer {
  const origin = path.startsWith('/spec/') ? origins.get(path.slice('/spec'.length) as Pointer) : undefined;
  return origin ? `/spec${origin.field}` : path;
}

function dotted(field: string): string {
  return field.slice(1).replaceAll('/', '.');
}

function manifest(draft: Draft, document: JsonObject, spec: JsonObject, positionOf: Manifest['positionOf']): Manifest {
  const azureName = member(spec, 'azureName');
  return {
    id: draft.id,
    kind: draft.kind,
    name: draft.name,
    labels: (valueAt(document, '/metadata/labels') ?? {}) as Record<string, string>,
    annotations: (valueAt(document, '/metadata/annotations') ?? {}) as Record<string, string>,
    spec: draft.kind === 'Environment' ? spec : without(spec, ...COMMON_SPEC_MEMBERS),
    ...(typeof azureName === 'string' ? { azureName } : {}),
    lifecycle: lifecycleOf(spec),
    dependsOn: (member(spec, 'dependsOn') ?? []) as ResourceId[],
    positionOf,
  };
}

function lifecycleOf(spec: JsonObject): Lifecycle {
  const written = member(spec, 'lifecycle');
  return { preventDestroy: false, ignoreChanges: [], adopt: false, ...(isObject(written) ? written : {}) };
}

interface ReadEnvironment extends Pick<LoadedEnvironment, 'manifests' | 'pointers' | 'isWhollyRead' | 'folder'> {
  readonly drafts: readonly Draft[];
}

function onlyEnvironment(
  { drafts, manifests, pointers, isWhollyRead, folder }: ReadEnvironment,
  diagnostics: Diagnostic[],
): LoadedEnvironment | undefined {
  const [first, second] = drafts.filter((draft) => draft.kind === 'Environment');
  if (!first && isWhollyRead) {
    diagnostics.push(
      problem('ING1015', `${folder} has no document of kind Environment`, {
        hint: 'Add environment.yaml; `ingate explain Environment` describes it.',
      }),
    );
  }
  if (second) {
    diagnostics.push(
      problem('ING1015', `${folder} has more than one document of kind Environment`, {
        at: locateIn(second.layers, '/kind'),
      }),
    );
  }
  const usable = manifests.find((one) => one.kind === 'Environment');
  if (!usable || second) return undefined;
  return {
    name: usable.name,
    folder,
    spec: usable.spec as unknown as EnvironmentSpec,
    manifests,
    pointers,
    isWhollyRead,
    declared: new Set(drafts.map((draft) => draft.id)),
  };
}
