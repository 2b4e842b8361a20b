import { execFileSync } from 'node:child_process';
import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { gitEnvironment, isOutside, MAX_OUTPUT } from './run.ts';

/** Files below a folder that Git has or would take, from the root; undefined outside of a repository. */
export function trackedFiles(root: string, folder: string): string[] | undefined {
  if (isOutside(root)) return undefined;
  try {
    const flags = ['ls-files', '--cached', '--others', '--exclude-standard', '--full-name', '-z'];
    const listing = execFileSync('git', ['-C', root, ...flags, '--', folder], {
      encoding: 'utf8',
      env: gitEnvironment(),
      maxBuffer: MAX_OUTPUT,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const names = listing.split('\0').filter((name) => name !== '');
    return [...new Set(names)].filter((name) => lstatSync(join(root, name), { throwIfNoEntry: false })?.isFile());
  } catch {
    return undefined;
  }
}
