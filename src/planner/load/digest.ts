import { createHash } from 'node:crypto';
import type { JsonObject } from '../../model/json.ts';
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

/** The digest of a file, or of all files of a folder by name and content; or what is wrong with it. */
export function digestContent(files: ProjectFiles, path: string): ContentDigest | string {
  const found = files.stat(path);
  if (!found) return 'does not exist';
  if (found.type === 'file') return digestFile(files, path, found.size);
  if (found.type === 'hidden') return NOT_OF_THE_PROJECT;
  return found.type === 'folder' ? digestFolder(files, path) : 'is neither a regular file nor a folder';
}

function digestFile(files: ProjectFiles, path: string, size: number): ContentDigest | string {
  if (size > MAX_FILE_BYTES) return `has ${size} bytes; the limit is ${MAX_FILE_BYTES}`;
  const content = files.read(path);
  const wrong = path.endsWith('.jsonl') ? wrongLine(content) : undefined;
  return wrong ?? { path, sha256: sha256(content), bytes: content.length, files: 1 };
}

/** File names and contents, in the order of names: neither times nor the machine count. */
function digestFolder(files: ProjectFiles, folder: string): ContentDigest | string {
  const names = files.tree(folder).toSorted();
  if (names.length === 0) return 'has no files';
  if (names.length > MAX_FILES) return `has ${names.length} files; the limit is ${MAX_FILES}`;
  const whole = createHash('sha256');
  let bytes = 0;
  for (const name of names) {
    const content = files.read(name);
    bytes += content.length;
    whole.update(`${name.slice(folder.length + 1)}\0${sha256(content)}\n`);
  }
  return { path: folder, sha256: whole.digest('hex'), bytes, files: names.length };
}

/** Each line of a .jsonl file is a JSON object; empty lines do not count. */
function wrongLine(content: Uint8Array): string | undefined {
  const lines = new TextDecoder().decode(content).split('\n');
  const wrong = lines.findIndex((line) => line.trim() !== '' && !isObjectText(line));
  if (wrong >= 0) return `has no JSON object in line ${wrong + 1}`;
  return lines.some((line) => line.trim() !== '') ? undefined : 'has no lines';
}

function isObjectText(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
