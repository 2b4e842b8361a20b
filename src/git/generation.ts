import { git } from './run.ts';

/** Seconds since 1970 of the commit that is checked out; this moment where there is none. */
export async function generationOf(root: string): Promise<number> {
  const time = Number((await git(root, 'log', '-1', '--format=%ct'))?.trim());
  return Number.isSafeInteger(time) && time > 0 ? time : Math.floor(Date.now() / 1000);
}
