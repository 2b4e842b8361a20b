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
  /** Paths of all files below a folder, at any depth, that Git has or would take; links left out. */
  tree(folder: string): readonly string[];
}
