export interface FileEntry {
  readonly name: string;
  /** `hidden`: there, but not to be read, because Git ignores it or it belongs to Git or to ingate itself. */
  readonly type: 'file' | 'folder' | 'link' | 'hidden' | 'other';
}

/**
 * The files of a repository as loading sees them: on disk, or as they were at a commit. Paths are relative to the
 * repository's root, with forward slashes and without `..`.
 */
export interface ProjectFiles {
  /** Undefined when there is no such folder, or a link leads to it. */
  entries(folder: string): readonly FileEntry[] | undefined;
  /** Undefined when there is nothing at that path; `size` in bytes. What lies behind a link is a link. */
  stat(path: string): { readonly type: FileEntry['type']; readonly size: number } | undefined;
  /** Throws unless `stat` says that there is a file. */
  read(path: string): Uint8Array;
  /** Paths of all files below a folder, at any depth, that Git has or would take; links left out. */
  tree(folder: string): readonly string[];
}
