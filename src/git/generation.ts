import { git } from './run.ts';

/** Seconds since 1970 of a commit, unless given the one that is checked out; this moment where there is none. */
export async function generationOf(root: string, commit: string | null = 'HEAD'): Promise<number> {
  const said = commit === null ? undefined : await git(root, 'log', '-1', '--format=%ct', commit, '--');
  const time = Number(said?.trim());
  return Number.isSafeInteger(time) && time > 0 ? time : Math.floor(Date.now() / 1000);
}
