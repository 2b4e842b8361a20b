import type { Head } from '../model/plan.ts';
import { git } from './run.ts';

/** The commit that is checked out, and whether files below `folders` differ from it. */
export async function readHead(root: string, folders: readonly string[]): Promise<Head> {
  const [commit, status] = await Promise.all([
    git(root, 'rev-parse', 'HEAD'),
    git(root, 'status', '--porcelain', '--untracked-files=all', '--', ...folders),
  ]);
  if (commit === undefined) return { commit: null, dirty: false };
  return { commit: commit.trim(), dirty: status === undefined || status.trim() !== '' };
}
