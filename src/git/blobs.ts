import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gitEnvironment, MAX_OUTPUT } from './run.ts';

/** A file as a commit lists it: hash of its content, size in bytes. */
export interface BlobPlace {
  readonly path: string;
  readonly hash: string;
  readonly size: number;
}

/** Contents by hash. */
export interface Blobs {
  /** Content of a file. `neighbours` are what is probably wanted next: they come with the same process of git. */
  read(wanted: BlobPlace, neighbours: () => readonly BlobPlace[]): Uint8Array;
}

/** Larger files are fetched when they are wanted, not as somebody's neighbour. */
const MAX_NEIGHBOUR_BYTES = 1024 * 1024;
const MAX_NEIGHBOURS = 1000;

/**
 * Contents of a repository's files. What lies in the work tree with the same hash is taken from there, since a hash names
 * one content; git is run for the others.
 */
export function createBlobs(root: string): Blobs {
  const known = new Map<string, Uint8Array>();
  const find = (place: BlobPlace): Uint8Array | undefined => {
    const found = known.get(place.hash) ?? fromWorkTree(root, place);
    if (found) known.set(place.hash, found);
    return found;
  };
  return {
    read(wanted, neighbours) {
      const found = find(wanted);
      if (found) return found;
      const others = neighbours()
        .filter((one) => one.hash !== wanted.hash && one.size <= MAX_NEIGHBOUR_BYTES && !find(one))
        .slice(0, MAX_NEIGHBOURS);
      for (const [hash, content] of fromGit(root, [wanted, ...others])) known.set(hash, content);
      const content = known.get(wanted.hash);
      if (!content) throw new Error(`git has no content for ${wanted.path}`);
      return content;
    },
  };
}

function fromWorkTree(root: string, { path, hash, size }: BlobPlace): Uint8Array | undefined {
  try {
    const file = join(root, path);
    const stat = lstatSync(file, { throwIfNoEntry: false });
    if (!stat?.isFile() || stat.size !== size) return undefined;
    const content = readFileSync(file);
    const digest = createHash(hash.length === 40 ? 'sha1' : 'sha256').update(`blob ${content.length}\0`);
    return digest.update(content).digest('hex') === hash ? content : undefined;
  } catch {
    return undefined;
  }
}

/** Answers of `git cat-file --batch`: a line `hash type size`, the content and a line feed; `hash missing` for what is not there. */
function fromGit(root: string, places: readonly BlobPlace[]): Map<string, Uint8Array> {
  const hashes = [...new Set(places.map(({ hash }) => hash))];
  const output = execFileSync('git', ['-C', root, 'cat-file', '--batch'], {
    input: hashes.map((hash) => `${hash}\n`).join(''),
    maxBuffer: MAX_OUTPUT,
    env: gitEnvironment(),
  });
  const contents = new Map<string, Uint8Array>();
  for (let start = 0; start < output.length;) {
    const end = output.indexOf(0x0a, start);
    const [hash = '', type = '', size = ''] = output.toString('utf8', start, end).split(' ');
    const length = type === 'missing' ? -1 : Number(size);
    if (length >= 0) contents.set(hash, output.subarray(end + 1, end + 1 + length));
    start = end + 1 + length + 1;
  }
  return contents;
}
