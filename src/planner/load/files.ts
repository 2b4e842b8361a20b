import { lstatSync, readdirSync, readFileSync, type Dirent, type Stats } from 'node:fs';
import { join } from 'node:path';

export interface FileEntry {
  readonly name: string;
  readonly type: 'file' | 'folder' | 'link' | 'other';
}

/**
 * The files of a repository as loading sees them: on disk, or as they were at a commit. Paths are relative to the
 * repository's root, with forward slashes and without `..`.
 */
export interface ProjectFiles {
  /** Undefined when there is no such folder. */
  entries(folder: string): readonly FileEntry[] | undefined;
  /** Undefined when there is nothing at that path; `size` in bytes. Links are not followed. */
  stat(path: string): { readonly type: FileEntry['type']; readonly size: number } | undefined;
  read(path: string): Uint8Array;
}

export function filesOnDisk(root: string): ProjectFiles {
  return {
    entries(folder) {
      const found = orUndefined(() => readdirSync(join(root, folder), { withFileTypes: true }));
      return found?.map((entry) => ({ name: entry.name, type: typeOf(entry) }));
    },
    stat(path) {
      const found = orUndefined(() => lstatSync(join(root, path)));
      return found && { type: typeOf(found), size: found.size };
    },
    read: (path) => readFileSync(join(root, path)),
  };
}

function typeOf(entry: Dirent | Stats): FileEntry['type'] {
  if (entry.isSymbolicLink()) return 'link';
  if (entry.isDirectory()) return 'folder';
  return entry.isFile() ? 'file' : 'other';
}

function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
