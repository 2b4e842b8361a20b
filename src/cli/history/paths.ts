import type { ProjectFiles } from '../../model/project-files.ts';

/** Files that remember what was asked of them. */
export interface WatchedFiles {
  readonly files: ProjectFiles;
  /** Everything that was read so far: folders that were listed, and files outside of them, each once. */
  paths(): readonly string[];
}

/** Loading an environment through it tells which files it is made of: its folder, what it extends, and what fields name. */
export function watchFiles(files: ProjectFiles): WatchedFiles {
  const folders = new Set<string>();
  const read = new Set<string>();
  return {
    files: {
      stat: (path) => files.stat(path),
      entries(folder) {
        folders.add(folder);
        return files.entries(folder);
      },
      tree(folder) {
        folders.add(folder);
        return files.tree(folder);
      },
      read(path) {
        read.add(path);
        return files.read(path);
      },
    },
    paths() {
      const within = (path: string): boolean =>
        [...folders].some((folder) => path !== folder && path.startsWith(`${folder}/`));
      return [...folders, ...read].filter((path) => !within(path)).toSorted();
    },
  };
}
