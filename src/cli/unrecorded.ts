import type { Head } from '../model/plan.ts';

/** Files that are named in one line. */
const MOST_FILES = 3;

/**
 * Why an apply will not record its commit, and what that means for drift, on one line; undefined where it will. Drift is
 * measured from the last commit that was recorded.
 */
export function unrecordedNote({
  head,
  base,
}: {
  readonly head: Head;
  readonly base: string | null;
}): string | undefined {
  const why = reasonOf(head);
  if (why === undefined) return undefined;
  const then =
    base === null
      ? 'without a recorded commit, drift cannot be told apart from pending changes'
      : `drift is still measured from commit ${base.slice(0, 10)}`;
  return `The commit is not recorded: ${why}; ${then}.`;
}

function reasonOf({ commit, dirty, changed = [], missing }: Head): string | undefined {
  if (commit === null) return missing ?? 'there is none';
  if (!dirty) return undefined;
  const more = changed.length - MOST_FILES;
  const names = [...changed.slice(0, MOST_FILES), ...(more > 0 ? [`${more} more`] : [])].join(', ');
  return names === '' ? 'git could not compare the files with it' : `uncommitted changes in ${names}`;
}
