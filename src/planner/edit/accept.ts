import { posix } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { isObject, member, segmentsOf, valueAt, type Json, type JsonObject, type Pointer } from '../../model/json.ts';
import { API_VERSION } from '../../model/manifest.ts';
import type { FieldChange } from '../../model/plan.ts';
import type { ProjectFiles } from '../../model/project-files.ts';
import { kindOf, nameOf, type ResourceId } from '../../model/resource-id.ts';
import type { SpecSchema } from '../../model/schema.ts';
import { editYaml } from './edit-yaml.ts';

/** One field whose live value is to be written into the files. */
export interface Acceptance {
  readonly id: ResourceId;
  readonly field: FieldChange;
  readonly schema: SpecSchema;
  /** File of the release that decides the field; absent where the files of the environment do. */
  readonly decidedBy?: string;
}

export interface AcceptRequest {
  readonly files: ProjectFiles;
  /** Folder of the environment, from the root of the repository. */
  readonly folder: string;
  readonly acceptances: readonly Acceptance[];
}

export interface Accepted {
  /** New content of files, by path. */
  readonly written: ReadonlyMap<string, string>;
  readonly refused: readonly { readonly id: ResourceId; readonly label: string; readonly reason: string }[];
}

/** Where overrides go when the environment itself has no document of the resource, only the folder that it extends. */
const OVERRIDES = 'accepted.yaml';

/**
 * Writes live values into the manifests of the environment, by editing the bytes of these values only. What the
 * environment takes from a folder that others extend too is overridden in the environment's own folder.
 */
export function acceptFields({ files, folder, acceptances }: AcceptRequest): Accepted {
  const written = new Map<string, string>();
  const refused: { id: ResourceId; label: string; reason: string }[] = [];
  const textOf = (path: string): string => written.get(path) ?? new TextDecoder().decode(files.read(path));
  for (const acceptance of acceptances) {
    const reason = acceptOne(acceptance, {
      files,
      folder,
      textOf,
      write: (path, text) => written.set(path, text),
      written,
    });
    if (reason !== undefined) refused.push({ id: acceptance.id, label: acceptance.field.label, reason });
  }
  return { written, refused };
}

interface Context {
  readonly files: ProjectFiles;
  readonly folder: string;
  readonly written: ReadonlyMap<string, string>;
  readonly textOf: (path: string) => string;
  readonly write: (path: string, text: string) => void;
}

/** Resolves to why it cannot be accepted. */
function acceptOne({ id, field, schema, decidedBy }: Acceptance, context: Context): string | undefined {
  if (decidedBy !== undefined) return `${decidedBy} decides it, and a release never changes; promote another one`;
  if (field.sensitive) return 'secrets are never written into files';
  const own = documentsOf(context).find((one) => one.kind === kindOf(id) && one.name === nameOf(id));
  if (own) {
    const beside = besideFile(own, field.field, schema, context);
    if (beside !== undefined) {
      if (typeof field.before !== 'string') return 'the file would hold something that is not text';
      context.write(beside, field.before.endsWith('\n') ? field.before : `${field.before}\n`);
      return undefined;
    }
  }
  const path = ['spec', ...segmentsOf(field.field)];
  if (!own) return override(id, path, field.before, context);
  const declared = valueAt(own.value, `/${path.join('/')}` as Pointer);
  if (declared !== undefined && isReference(declared)) return 'the value is taken from elsewhere';
  if (field.field === '' || (field.after === undefined && declared !== undefined))
    return 'it is written in another form than it is compared in';
  const result = editYaml(context.textOf(own.path), { document: own.index, path, value: field.before });
  if (result.refusal !== undefined) return result.refusal;
  context.write(own.path, result.text);
  return undefined;
}

function isReference(value: Json): boolean {
  return isObject(value) && ('valueFrom' in value || 'secret' in value);
}

interface Written {
  readonly path: string;
  readonly index: number;
  readonly kind: string;
  readonly name: string;
  readonly value: JsonObject;
}

/** Documents of the environment's own folder as they are now. */
function documentsOf({ files, folder, textOf, written }: Context): Written[] {
  const names = new Set([...files.tree(folder), ...written.keys()]);
  return [...names]
    .filter((path) => path.startsWith(`${folder}/`) && /\.ya?ml$/.test(path) && !posix.basename(path).startsWith('_'))
    .toSorted()
    .flatMap((path) => {
      const found = parseAllDocuments(textOf(path));
      return (Array.isArray(found) ? found : []).flatMap((document, index): Written[] => {
        const value: unknown = document.toJS();
        const kind = isObject(value) ? member(value, 'kind') : undefined;
        const name = isObject(value) ? valueAt(value, '/metadata/name') : undefined;
        return isObject(value) && typeof kind === 'string' && typeof name === 'string'
          ? [{ path, index, kind, name, value }]
          : [];
      });
    });
}

/** The file that holds the text of a field (`x-file`), beside the field or at the top of the spec. */
function besideFile(own: Written, field: Pointer, schema: SpecSchema, { files }: Context): string | undefined {
  const segments = segmentsOf(field);
  const name = segments.at(-1);
  const places = [segments.slice(0, -1), []];
  for (const place of places) {
    const properties =
      place.reduce<SpecSchema | undefined>((at, key) => at?.properties?.[key], schema)?.properties ?? {};
    const source = Object.entries(properties).find(
      ([, one]) => one['x-file']?.into === name && one['x-file']?.as === undefined,
    )?.[0];
    const value =
      source === undefined ? undefined : valueAt(own.value, `/${['spec', ...place, source].join('/')}` as Pointer);
    if (typeof value !== 'string') continue;
    const path = posix.normalize(posix.join(posix.dirname(own.path), value));
    if (!path.startsWith('..') && files.stat(path)?.type === 'file') return path;
  }
  return undefined;
}

/** A document with nothing but the override, at the end of a file of its own. */
function override(
  id: ResourceId,
  path: readonly string[],
  value: Json | undefined,
  context: Context,
): string | undefined {
  if (path.some((segment) => /^\d+$/.test(segment)))
    return 'lists of the folder that is extended are replaced as a whole; copy the list first';
  const file = `${context.folder}/${OVERRIDES}`;
  const before = context.written.has(file) || context.files.stat(file) ? context.textOf(file) : '';
  const spec = path.slice(1).reduceRight<Json>((inner, key) => ({ [key]: inner }), value ?? null);
  const document = stringify(
    { apiVersion: API_VERSION, kind: kindOf(id), metadata: { name: nameOf(id) }, spec },
    { lineWidth: 0 },
  );
  context.write(file, before === '' ? document : `${before.trimEnd()}\n---\n${document}`);
  return undefined;
}
