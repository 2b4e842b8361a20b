import { createHash } from 'node:crypto';
import type { ProjectFiles } from '../../model/project-files.ts';

/** Content of the repository as a plan saw it: where it is, and its digest. */
export interface Content {
  readonly path: string;
  readonly sha256: string;
}

export interface ContentFile {
  /** Below the content's folder, or the file's own name. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The files of a content. Rejects when they are not what the plan was made from. */
export function readContent(files: ProjectFiles, { path, sha256 }: Content): ContentFile[] {
  const isFile = files.stat(path)?.type === 'file';
  const names = isFile ? [path] : files.tree(path).toSorted();
  const start = (isFile ? path.lastIndexOf('/') : path.length) + 1;
  const found = names.map((name) => ({ name: name.slice(start), bytes: files.read(name) }));
  const whole = createHash('sha256');
  for (const { name, bytes } of found) {
    if (isFile) whole.update(bytes);
    else whole.update(`${name}\0${createHash('sha256').update(bytes).digest('hex')}\n`);
  }
  if (whole.digest('hex') !== sha256)
    throw new Error(`${path} changed after the plan was made. Make a new plan and have it reviewed.`);
  return found;
}
