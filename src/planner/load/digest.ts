import { createHash } from 'node:crypto';
import type { JsonObject } from '../../model/json.ts';
import { jsonLines, type LineFlaw } from '../../model/json-lines.ts';
import type { ProjectFiles } from '../../model/project-files.ts';

/** Most bytes of one file whose content is managed. */
const MAX_FILE_BYTES = 512 * 1024 * 1024;
const MAX_FILES = 20_000;

/** Follows the path of a file that is there, but must not be read. */
export const NOT_OF_THE_PROJECT =
  'is not a file of the project: Git ignores it, or it belongs to Git or to ingate itself';

/** What stands for a file or folder in a spec: where it is, and a digest that changes with any byte of it. */
export interface ContentDigest extends JsonObject {
  /** From the repository's root. */
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly files: number;
}

/** Why a file cannot be managed. */
export interface ContentFlaw extends LineFlaw {
  /** From the repository's root. */
  readonly file: string;
}

export function isContentFlaw(found: ContentDigest | ContentFlaw): found is ContentFlaw {
  return Object.hasOwn(found, 'message');
}

/** The digest of a file, or of all files of a folder by name and content; or what is wrong with it. */
export function digestContent(files: ProjectFiles, path: string): ContentDigest | ContentFlaw {
  const found = files.stat(path);
  if (!found) return { file: path, message: 'does not exist' };
  if (found.type === 'file') return digestFile(files, path, found.size);
  if (found.type === 'hidden') return { file: path, message: NOT_OF_THE_PROJECT };
  return found.type === 'folder'
    ? digestFolder(files, path)
    : { file: path, message: 'is neither a regular file nor a folder' };
}

function digestFile(files: ProjectFiles, path: string, size: number): ContentDigest | ContentFlaw {
  if (size > MAX_FILE_BYTES) return { file: path, message: `has ${size} bytes; the limit is ${MAX_FILE_BYTES}` };
  const content = files.read(path);
  const flaw = path.endsWith('.jsonl') ? lineFlaw(content) : undefined;
  if (flaw) return { file: path, ...flaw };
  return { path, sha256: sha256(content), bytes: content.length, files: 1 };
}

/** File names and contents, in the order of names: neither times nor the machine count. */
function digestFolder(files: ProjectFiles, folder: string): ContentDigest | ContentFlaw {
  const names = files.tree(folder).toSorted();
  if (names.length === 0) return { file: folder, message: 'has no files' };
  if (names.length > MAX_FILES)
    return { file: folder, message: `has ${names.length} files; the limit is ${MAX_FILES}` };
  const whole = createHash('sha256');
  let bytes = 0;
  for (const name of names) {
    const content = files.read(name);
    const flaw = name.endsWith('.jsonl') ? lineFlaw(content) : undefined;
    if (flaw) return { file: name, ...flaw };
    bytes += content.length;
    whole.update(`${name.slice(folder.length + 1)}\0${sha256(content)}\n`);
  }
  return { path: folder, sha256: whole.digest('hex'), bytes, files: names.length };
}

/** Each line of a .jsonl file is a JSON object; empty lines do not count. */
function lineFlaw(content: Uint8Array): LineFlaw | undefined {
  const lines = jsonLines(new TextDecoder().decode(content));
  const flawed = lines.find(({ value }) => value === undefined);
  if (flawed) return { line: flawed.number, message: `has a line that is not a JSON object: ${flawed.number}` };
  return lines.length > 0 ? undefined : { message: 'has no lines' };
}

function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
