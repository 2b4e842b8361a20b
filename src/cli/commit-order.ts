import { orderOf } from '../git/order.ts';
import { problem, warning, type Diagnostic } from '../model/diagnostic.ts';
import type { AppliedMark } from '../model/kind.ts';
import type { Head } from '../model/plan.ts';

export interface OrderRequest {
  /** Root of the repository. */
  readonly root: string;
  /** Name of the environment. */
  readonly environment: string;
  readonly head: Head;
  readonly allowOlder: boolean;
}

/**
 * ING3026 when the commit that is checked out is an ancestor of the one that was applied last: it would undo what came
 * since. A warning with `allowOlder`. ING3027, a warning, where the clone cannot tell.
 */
export async function checkOrder(
  { root, environment, head, allowOlder }: OrderRequest,
  applied: AppliedMark,
): Promise<readonly Diagnostic[]> {
  if (head.commit === null || applied.environment !== environment) return [];
  const order = await orderOf(root, head.commit, applied.commit);
  const [ours, theirs] = [short(head.commit), short(applied.commit)];
  if (order === 'unknown') {
    const message = `Whether commit ${ours} is older than ${theirs}, which was applied last, is not known: this clone does not hold the history between them`;
    return [warning('ING3027', message, { hint: 'Fetch it, in a pipeline with `fetch-depth: 0`.' })];
  }
  if (order !== 'older') return [];
  if (allowOlder)
    return [
      warning('ING3026', `Commit ${ours} is older than ${theirs}, which was applied last, and goes back behind it`),
    ];
  const message = `Commit ${ours} is older than ${theirs}, which was applied last, and would undo what came since`;
  const hint = 'Apply the newest commit. To go back, revert in Git; or pass --allow-older to apply this one.';
  return [problem('ING3026', message, { hint })];
}

function short(commit: string): string {
  return commit.slice(0, 10);
}
