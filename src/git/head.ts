import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Head } from '../model/plan.ts';

const run = promisify(execFile);

/** Runs git in `root`; undefined when git is missing, this is no repository, or the command fails. */
async function git(root: string, ...args: readonly string[]): Promise<string | undefined> {
  try {
    const { stdout } = await run('git', ['-C', root, ...args], { maxBuffer: 64 * 1024 * 1024 });
    return stdout;
  } catch {
    return undefined;
  }
}

/** The commit that is checked out, and whether files below `folders` differ from it. */
export async function readHead(root: string, folders: readonly string[]): Promise<Head> {
  const [commit, status] = await Promise.all([
    git(root, 'rev-parse', 'HEAD'),
    git(root, 'status', '--porcelain', '--untracked-files=all', '--', ...folders),
  ]);
  if (commit === undefined) return { commit: null, dirty: false };
  return { commit: commit.trim(), dirty: status === undefined || status.trim() !== '' };
}
