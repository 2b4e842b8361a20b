import { git } from './run.ts';

/** One commit as the log tells it. Texts are hostile: anybody can write them. */
export interface Commit {
  /** Full hash. */
  readonly hash: string;
  /** ISO 8601, when it was committed. */
  readonly time: string;
  readonly author: string;
  readonly subject: string;
}

const HASH = /^[0-9a-f]{40}([0-9a-f]{24})?$/;

/**
 * Commits that changed any of `paths` and can be reached from `to` but not from `from`, newest first; `from` undefined: all.
 * Undefined where a commit is not in this clone.
 */
export async function commitsBetween(
  root: string,
  from: string | undefined,
  to: string,
  paths: readonly string[],
): Promise<readonly Commit[] | undefined> {
  if (![to, ...(from === undefined ? [] : [from])].every((hash) => HASH.test(hash))) return undefined;
  const range = from === undefined ? [to] : [`${from}..${to}`];
  const format = '--format=%H%x1f%cI%x1f%an%x1f%s';
  const literal = paths.map((path) => `:(top,literal)${path}`);
  const log = await git(root, 'log', '-z', format, '--end-of-options', ...range, '--', ...literal);
  return log?.split('\0').flatMap((line): Commit[] => {
    const [hash = '', time = '', author = '', ...subject] = line.trim().split('\u001f');
    return HASH.test(hash) ? [{ hash, time, author, subject: subject.join(' ') }] : [];
  });
}
