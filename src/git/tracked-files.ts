import { execFileSync } from 'node:child_process';
import { gitEnvironment, isOutside, MAX_OUTPUT } from './run.ts';

/**
 * Files at or below a path that Git has, or would take with `git add`; from `root`, with links and files that were deleted
 * meanwhile. New files with a name or a folder that begins with a dot are left out: tools keep credentials in such files.
 * Undefined outside of a repository, and where git cannot be run.
 */
export function trackedFiles(root: string, path: string): string[] | undefined {
  if (isOutside(root)) return undefined;
  try {
    const flags = ['-t', '--cached', '--others', '--exclude-standard', '-z'];
    const listing = execFileSync('git', ['--literal-pathspecs', '-C', root, 'ls-files', ...flags, '--', path], {
      encoding: 'utf8',
      env: gitEnvironment(),
      maxBuffer: MAX_OUTPUT,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    // Each entry is a letter (`?`: not tracked), a space and the name.
    const entries = listing.split('\0').filter((entry) => entry !== '');
    const taken = entries.filter((entry) => !entry.startsWith('? ') || !/(?:^|\/)\./.test(entry.slice(2)));
    return [...new Set(taken.map((entry) => entry.slice(2)))];
  } catch {
    return undefined;
  }
}
