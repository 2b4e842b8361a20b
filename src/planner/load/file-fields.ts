import { posix } from 'node:path';
import { problem, type Diagnostic, type SourcePosition } from '../../model/diagnostic.ts';
import { isArray, isObject, pointer, type Json, type JsonObject, type Pointer } from '../../model/json.ts';
import type { ResourceId } from '../../model/resource-id.ts';
import { memberSchema, type SpecSchema } from '../../model/schema.ts';
import { digestContent, isContentFlaw, NOT_OF_THE_PROJECT } from './digest.ts';
import { decodeUtf8 } from './discover.ts';
import type { FileEntry, ProjectFiles } from '../../model/project-files.ts';

const MAX_TEXT_BYTES = 1024 * 1024;

/** Where the text of a field came from. */
export interface FieldOrigin {
  /** The field that names the file, below `spec`. */
  readonly field: Pointer;
  /** The file, from the repository's root. */
  readonly file: string;
}

interface FileContext {
  readonly files: ProjectFiles;
  /** Fields that were read from files, by the field that holds what was read. Filled here. */
  readonly origins: Map<Pointer, FieldOrigin>;
  readonly id: ResourceId;
  readonly positionOf: (field: Pointer) => SourcePosition;
  readonly diagnostics: Diagnostic[];
}

/**
 * Replaces every field that names a file (`x-file` in the schema) by the field it stands for: the file's text with Unix
 * line endings, or a digest of it. Paths are relative to the manifest that wrote them.
 */
export function readFileFields(spec: JsonObject, schema: SpecSchema, context: FileContext): JsonObject {
  return readObject(spec, schema, '', context);
}

function readValue(value: Json, schema: SpecSchema | undefined, path: Pointer, context: FileContext): Json {
  if (!schema) return value;
  if (isArray(value)) return value.map((item, index) => readValue(item, schema.items, pointer(path, index), context));
  return isObject(value) ? readObject(value, schema, path, context) : value;
}

function readObject(object: JsonObject, schema: SpecSchema, path: Pointer, context: FileContext): JsonObject {
  const members = Object.entries(object).flatMap(([name, value]): [string, Json][] => {
    const member = memberSchema(schema, name);
    const { into, as } = member?.['x-file'] ?? {};
    const field = pointer(path, name);
    if (into === undefined || typeof value !== 'string') return [[name, readValue(value, member, field, context)]];
    if (Object.hasOwn(object, into)) {
      const message = `${context.id} sets both ${name} and ${into}`;
      context.diagnostics.push(
        problem('ING1017', message, {
          at: context.positionOf(field),
          resource: context.id,
          hint: 'Keep one of the two.',
        }),
      );
      return [];
    }
    const file = reachable(value, field, context);
    if (file === undefined) return [];
    context.origins.set(pointer(path, into), { field, file });
    const content = as === 'digest' ? readDigest(file, field, context) : readText(file, field, context);
    return content === undefined ? [] : [[into, content]];
  });
  return Object.fromEntries(members);
}

function readText(path: string, field: Pointer, context: FileContext): string | undefined {
  const refusal = refusedText(context.files, path);
  if (refusal) return fail(`${path} ${refusal}`, field, context);
  const text = decodeUtf8(context.files.read(path));
  return text === undefined ? fail(`${path} is not UTF-8 text`, field, context) : text.replaceAll('\r\n', '\n');
}

function readDigest(path: string, field: Pointer, context: FileContext): JsonObject | undefined {
  const digest = digestContent(context.files, path);
  if (!isContentFlaw(digest)) return digest;
  const { file, message, line } = digest;
  const at = line === undefined ? context.positionOf(field) : { file, line, column: 1, length: 1 };
  context.diagnostics.push(problem('ING1017', `${file} ${message}`, { at, resource: context.id }));
  return undefined;
}

function fail(message: string, field: Pointer, { id, positionOf, diagnostics }: FileContext): undefined {
  diagnostics.push(problem('ING1017', message, { at: positionOf(field), resource: id }));
}

/** The path from the repository's root, when it stays inside and no link is on the way. */
function reachable(written: string, field: Pointer, context: FileContext): string | undefined {
  const path = confined(written, posix.dirname(context.positionOf(field).file));
  if (path === undefined)
    return fail('The path leads out of the repository, or is not a plain relative path', field, context);
  const steps = path.split('/');
  const behindLink = steps.some(
    (_, depth) => depth > 0 && context.files.stat(steps.slice(0, depth).join('/'))?.type === 'link',
  );
  return behindLink ? fail(`${path} lies behind a symbolic link`, field, context) : path;
}

/** The path from the repository's root, or undefined when `written` is not a plain relative path that stays inside. */
export function confined(written: string, folder: string): string | undefined {
  // eslint-disable-next-line no-control-regex
  if (/[\\\u0000-\u001f]|^[/~]|^[A-Za-z]:|%2e|%2f|%5c/i.test(written)) return undefined;
  const path = posix.normalize(posix.join(folder, written));
  return path === '..' || path.startsWith('../') || path.startsWith('/') ? undefined : path;
}

const NOT_A_FILE: Readonly<Record<Exclude<FileEntry['type'], 'file'>, string>> = {
  folder: 'is not a regular file',
  other: 'is not a regular file',
  link: 'is a symbolic link',
  hidden: NOT_OF_THE_PROJECT,
};

function refusedText(files: ProjectFiles, path: string): string | undefined {
  const found = files.stat(path);
  if (!found) return 'does not exist';
  if (found.type !== 'file') return NOT_A_FILE[found.type];
  return found.size > MAX_TEXT_BYTES ? `has ${found.size} bytes; the limit is ${MAX_TEXT_BYTES}` : undefined;
}
