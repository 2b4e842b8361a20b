import { git } from './run.ts';

/** URL of the remote `origin`; undefined without one. May hold a password: do not print it. */
export async function originOf(root: string): Promise<string | undefined> {
  const url = (await git(root, 'config', '--get', 'remote.origin.url'))?.trim();
  return url === '' ? undefined : url;
}
