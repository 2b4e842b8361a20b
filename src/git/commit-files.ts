import { posix } from 'node:path';
import type { FileEntry, ProjectFiles } from '../model/project-files.ts';
import { createBlobs } from './blobs.ts';
import { git } from './run.ts';

interface Blob {
  readonly hash: string;
  readonly size: number;
  readonly type: FileEntry['type'];
}

/** Commits that are kept when they were read, since a hash names one state of the files for good. */
const MOST_KEPT = 4;
const kept = new Map<string, ProjectFiles>();

/**
 * The files of a repository as they were at a commit, a full hash. A clone that does not have the commit fetches it from
 * `origin`; undefined where it cannot be had.
 */
export async function filesAtCommit(root: string, commit: string): Promise<ProjectFiles | undefined> {
  const key = `${root}\0${commit}`;
  const files = kept.get(key) ?? (await readCommit(root, commit));
  if (!files) return undefined;
  kept.delete(key);
  kept.set(key, files);
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  return files;
}

async function readCommit(root: string, commit: string): Promise<ProjectFiles | undefined> {
  const listing =
    (await list(root, commit)) ?? ((await fetchCommit(root, commit)) ? await list(root, commit) : undefined);
  if (listing === undefined) return undefined;
  const blobs = parseTree(listing);
  const folders = foldersOf(blobs);
  const contents = createBlobs(root);
  const inFolder = (folder: string): (Blob & { readonly path: string })[] =>
    (folders.get(folder) ?? []).flatMap(({ name, type }) => {
      const path = folder === '' ? name : `${folder}/${name}`;
      const blob = type === 'file' ? blobs.get(path) : undefined;
      return blob ? [{ ...blob, path }] : [];
    });
  return {
    entries: (folder) => folders.get(folder),
    stat(path) {
      const blob = blobs.get(path);
      return blob ?? (folders.has(path) ? { type: 'folder', size: 0 } : undefined);
    },
    tree: (folder) =>
      [...blobs].filter(([path, { type }]) => type === 'file' && path.startsWith(`${folder}/`)).map(([path]) => path),
    read(path) {
      const blob = blobs.get(path);
      if (!blob) throw new Error(`${path} is not part of commit ${commit}`);
      return contents.read({ ...blob, path }, () => inFolder(path.includes('/') ? posix.dirname(path) : ''));
    },
  };
}

function list(root: string, commit: string): Promise<string | undefined> {
  return git(root, 'ls-tree', '-r', '-l', '-z', '--full-tree', commit);
}

async function fetchCommit(root: string, commit: string): Promise<boolean> {
  return (await git(root, 'fetch', '--quiet', '--no-tags', '--depth=1', 'origin', commit)) !== undefined;
}

/** Lines of `git ls-tree -r -l -z`: mode, type, hash, size and, after a tab, the path. */
function parseTree(listing: string): Map<string, Blob> {
  const blobs = listing.split('\0').flatMap((line): [string, Blob][] => {
    const tab = line.indexOf('\t');
    const [mode = '', , hash = '', size = '0'] = line.slice(0, tab).split(/ +/);
    return tab < 0 ? [] : [[line.slice(tab + 1), { hash, size: Number(size) || 0, type: typeOf(mode) }]];
  });
  return new Map(blobs);
}

function typeOf(mode: string): FileEntry['type'] {
  if (mode === '120000') return 'link';
  return mode.startsWith('100') ? 'file' : 'other';
}

/** Every folder with what lies directly in it; the root is ''. */
function foldersOf(blobs: ReadonlyMap<string, Blob>): Map<string, FileEntry[]> {
  const folders = new Map<string, FileEntry[]>([['', []]]);
  for (const [path, { type }] of blobs) {
    const names = path.split('/');
    for (let depth = 0; depth < names.length; depth++) {
      const folder = names.slice(0, depth).join('/');
      const name = names[depth] ?? '';
      const entries = folders.get(folder) ?? [];
      const isFile = depth === names.length - 1;
      if (isFile || !entries.some((entry) => entry.name === name && entry.type === 'folder'))
        entries.push({ name, type: isFile ? type : 'folder' });
      folders.set(folder, entries);
    }
  }
  return folders;
}
