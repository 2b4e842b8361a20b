import { filesAtCommit } from '../../git/commit-files.ts';
import { originOf } from '../../git/facts.ts';
import { commitOf, fetchBranch, textAt } from '../../git/branch.ts';
import { git } from '../../git/run.ts';
import { problem, type Diagnostic } from '../../model/diagnostic.ts';
import type { ProjectFiles } from '../../model/project-files.ts';
import { pointerIn, type PointerPlace } from '../../planner/edit/pointer.ts';
import type { Project } from '../project.ts';

/** The branch that promotion asks to be merged into, as it is now. Policy, trust, approvals and gates come from it. */
export interface Target {
  /** Name of the branch. */
  readonly base: string;
  readonly commit: string;
  readonly files: ProjectFiles;
  readonly hasOrigin: boolean;
}

/** Finds the target branch: of origin where there is one that can be reached, else of this clone. */
export async function openTarget(
  { root }: Project,
  wanted: string | undefined,
  offline: boolean,
): Promise<Target | Diagnostic> {
  const hasOrigin = (await originOf(root)) !== undefined;
  const base = wanted ?? (await defaultBranch(root));
  const isFetched = hasOrigin && !offline ? await fetchBranch(root, base) : true;
  if (!isFetched)
    return problem('ING8113', `The branch ${base} of origin cannot be fetched`, {
      hint: 'Pass --offline to use what this clone has.',
    });
  const commit = (await commitOf(root, `refs/remotes/origin/${base}`)) ?? (await commitOf(root, `refs/heads/${base}`));
  const files = commit === undefined ? undefined : await filesAtCommit(root, commit);
  if (commit === undefined || !files) return problem('ING8113', `There is no branch ${base} in this clone`);
  return { base, commit, files, hasOrigin };
}

/** What origin calls its default branch, else `main`. */
async function defaultBranch(root: string): Promise<string> {
  const head = (await git(root, 'symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD'))?.trim();
  return head?.startsWith('origin/') ? head.slice('origin/'.length) : 'main';
}

/** Ids that a pointer had in the history of the target branch, newest first, without the one that it has now. */
export async function earlierIds(
  root: string,
  { commit }: Target,
  { path, id }: PointerPlace,
  name: string,
): Promise<string[]> {
  const log = await git(root, 'log', '--format=%H', '--end-of-options', commit, '--', `:(top,literal)${path}`);
  const found: string[] = [];
  for (const hash of (log ?? '').split('\n').filter((one) => one !== '')) {
    const text = await textAt(root, hash, path);
    const before = text === undefined ? undefined : pointerIn(path, text, name)?.id;
    if (before !== undefined && /^[0-9a-f]{12}$/.test(before)) found.push(before);
  }
  return [...new Set(found)].filter((one) => one !== id);
}
