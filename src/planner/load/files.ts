import { lstatSync, readdirSync, readFileSync, type Dirent, type Stats } from 'node:fs';
import { join } from 'node:path';
import type { FileEntry, ProjectFiles } from '../../model/project-files.ts';
import { createAdmission, type ListFiles } from './admission.ts';

/**
 * The files of a folder that may be read: see `createAdmission`. A link is never followed, wherever on a path it is, and
 * `read` throws for everything that `stat` does not call a file.
 */
export function filesOnDisk(root: string, listFiles: ListFiles = () => undefined): ProjectFiles {
  const admission = createAdmission(listFiles);

  function stat(path: string): ReturnType<ProjectFiles['stat']> {
    const found = lookAt(root, path);
    if (!found) return undefined;
    const isAdmitted = found.type === 'file' ? admission.file(path) : admission.folder(path);
    return isAdmitted || found.type === 'link' ? found : { ...found, type: 'hidden' };
  }

  function entries(folder: string): FileEntry[] | undefined {
    if (stat(folder)?.type !== 'folder') return undefined;
    const found = orUndefined(() => readdirSync(join(root, folder), { withFileTypes: true })) ?? [];
    const paths = new Map(found.map((entry) => [entry.name, below(folder, entry.name)]));
    const admitted = admission.among(folder, [...paths.values()]);
    return found.map((entry) => {
      const type = typeOf(entry);
      const isSeen = type === 'link' || type === 'other' || admitted.has(paths.get(entry.name) ?? '');
      return { name: entry.name, type: isSeen ? type : 'hidden' };
    });
  }

  function walk(folder: string): string[] {
    return (entries(folder) ?? []).flatMap(({ name, type }) => {
      const path = below(folder, name);
      if (type === 'folder') return walk(path);
      return type === 'file' ? [path] : [];
    });
  }

  return {
    entries,
    stat,
    read(path) {
      if (stat(path)?.type !== 'file') throw new Error(`${path} is not a file of the project`);
      return readFileSync(join(root, path));
    },
    tree: (folder) => listFiles(folder)?.filter((path) => stat(path)?.type === 'file') ?? walk(folder),
  };
}

function below(folder: string, name: string): string {
  return folder === '' || folder === '.' ? name : `${folder}/${name}`;
}

/** What is at a path; a link where the path itself or a folder on the way to it is one. */
function lookAt(root: string, path: string): { readonly type: FileEntry['type']; readonly size: number } | undefined {
  const steps = path.split('/').filter((step) => step !== '' && step !== '.');
  let last = orUndefined(() => lstatSync(`${root}/.`));
  for (let depth = 1; depth <= steps.length; depth++) {
    last = orUndefined(() => lstatSync(join(root, ...steps.slice(0, depth))));
    if (!last || last.isSymbolicLink()) break;
  }
  return last && { type: typeOf(last), size: last.size };
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
