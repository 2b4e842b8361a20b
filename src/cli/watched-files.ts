import type { ProjectFiles } from '../model/project-files.ts';

/** Files that remember what was asked of them. */
export interface WatchedFiles {
  readonly files: ProjectFiles;
  /** Everything that was read so far: folders that were listed, and files outside of them, each once. */
  paths(): readonly string[];
  /** Files whose content was read, at any depth. */
  read(): readonly string[];
  /** Whether a file was read, or would have been if it were there. `path`: from the root of the repository. */
  dependsOn(path: string): boolean;
}

/** Loading an environment through it tells which files it is made of: its folder, what it extends, and what fields name. */
export function watchFiles(files: ProjectFiles): WatchedFiles {
  const listed = new Set<string>();
  const trees = new Set<string>();
  const read = new Set<string>();
  return {
    files: {
      stat: (path) => files.stat(path),
      entries(folder) {
        listed.add(folder);
        return files.entries(folder);
      },
      tree(folder) {
        trees.add(folder);
        return files.tree(folder);
      },
      read(path) {
        read.add(path);
        return files.read(path);
      },
    },
    paths() {
      const folders = [...listed, ...trees];
      const within = (path: string): boolean => folders.some((folder) => below(path, folder) !== undefined);
      return [...new Set([...folders, ...read])].filter((path) => !within(path)).toSorted();
    },
    read: () => [...read].toSorted(),
    dependsOn: (path) =>
      read.has(path) ||
      [...trees].some((folder) => below(path, folder) !== undefined) ||
      [...listed].some((folder) => isManifest(below(path, folder) ?? '')),
  };
}

/** A path from a folder that it lies in; undefined where it does not. `.` is the root. */
function below(path: string, folder: string): string | undefined {
  if (folder === '.') return path === '.' ? undefined : path;
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
}

/** The files that loading takes from a folder that it lists: YAML, and nothing whose name starts with `.` or `_`. */
function isManifest(path: string): boolean {
  return /\.ya?ml$/.test(path) && path.split('/').every((name) => !/^[._]/.test(name));
}
