import type { ResourceId } from './resource-id.ts';

/**
 * Which commit each resource was last made equal to. An apply that ends incomplete moves the resources that it finished
 * and no others, so one that waits does not hold back the rest.
 */
export interface AppliedBase {
  readonly environment: string;
  /** Folder of the environment in the repository. */
  readonly path: string;
  /** Full hash of the commit of every resource that is not in `others`; null: none of them was ever applied. */
  readonly rest: string | null;
  /** Commits of single resources; null: never applied, although the files of `rest` declare it. */
  readonly others: ReadonlyMap<ResourceId, string | null>;
}

/** The commit that a resource was last made equal to; null where it never was. */
export function commitOf(base: Pick<AppliedBase, 'rest' | 'others'> | undefined, id: ResourceId): string | null {
  if (!base) return null;
  const own = base.others.get(id);
  return own === undefined ? base.rest : own;
}

/** How one resource stands after an apply of a commit. */
export interface AppliedStep {
  readonly id: ResourceId;
  /** `current`: equal to the commit now; `behind`: not written; `departed`: no longer declared, and still there. */
  readonly status: 'current' | 'behind' | 'departed';
}

/**
 * The record after an apply of `commit`. Of the commits that could stand for the rest, the one that leaves fewer
 * exceptions does.
 */
export function advanceBase(
  before: Pick<AppliedBase, 'rest' | 'others'> | undefined,
  commit: string,
  steps: readonly AppliedStep[],
): Pick<AppliedBase, 'rest' | 'others'> {
  const each = new Map(steps.map(({ id, status }) => [id, status === 'current' ? commit : commitOf(before, id)]));
  const departed = new Set(steps.filter(({ status }) => status === 'departed').map(({ id }) => id));
  const exceptTo = (rest: string | null): Map<ResourceId, string | null> =>
    // What is gone from the files has to be named wherever `rest` does not declare it.
    new Map([...each].filter(([id, own]) => own !== rest || (departed.has(id) && own !== null)));
  const candidates = [commit, before?.rest ?? null].map((rest) => ({ rest, others: exceptTo(rest) }));
  const [newer, older] = candidates;
  if (!newer || !older) throw new Error('There is always a commit to compare with');
  return older.others.size < newer.others.size ? older : newer;
}
