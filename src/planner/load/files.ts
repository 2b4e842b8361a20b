import { lstatSync, readdirSync, readFileSync, type Dirent, type Stats } from 'node:fs';
import { join } from 'node:path';
import type { FileEntry, ProjectFiles } from '../../model/project-files.ts';

/** `listFiles` knows what Git ignores; without it every file counts but those of hidden folders. */
export function filesOnDisk(root: string, listFiles?: (folder: string) => readonly string[] | undefined): ProjectFiles {
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
    tree: (folder) => listFiles?.(folder) ?? walk(root, folder),
  };
}

function walk(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name.startsWith('.') ? [] : walk(root, path);
    return entry.isFile() ? [path] : [];
  });
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
