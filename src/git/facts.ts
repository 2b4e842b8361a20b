import { git } from './run.ts';

/** URL of the remote `origin`; undefined without one. May hold a password: do not print it. */
export async function originOf(root: string): Promise<string | undefined> {
  const url = (await git(root, 'config', '--get', 'remote.origin.url'))?.trim();
  return url === '' ? undefined : url;
}

/** `2.47.1`; undefined where git cannot be run. */
export async function gitVersion(folder: string): Promise<string | undefined> {
  return /\d+(\.\d+)+/.exec((await git(folder, '--version')) ?? '')?.[0];
}

/** Whether the clone lacks history; undefined outside of a repository. */
export async function isShallow(root: string): Promise<boolean | undefined> {
  const answer = (await git(root, 'rev-parse', '--is-shallow-repository'))?.trim();
  return answer === undefined ? undefined : answer === 'true';
}

/** Path of a folder below the root of its repository: '' at the root, else with a slash at the end; undefined outside of one. */
export async function pathInRepository(folder: string): Promise<string | undefined> {
  return (await git(folder, 'rev-parse', '--show-prefix'))?.replace(/\n$/, '');
}
