import { commitsBetween, type Commit } from '../../git/log.ts';
import type { AppliedMark } from '../../model/kind.ts';
import type { AppliedRun } from './journals.ts';

/** An apply and the commits that it brought since the last complete one before it; undefined where the log cannot tell. */
export interface TimelineEntry {
  readonly run: AppliedRun;
  readonly commits: readonly Commit[] | undefined;
}

export interface Timeline {
  /** Newest first. */
  readonly entries: readonly TimelineEntry[];
  /** Commits of the environment that were not applied yet, newest first; undefined where that is not known. */
  readonly pending: readonly Commit[] | undefined;
  /** What cannot be known, and why. */
  readonly unknown: readonly string[];
}

export interface TimelineRequest {
  readonly root: string;
  /** Commit that is checked out; null outside of a repository. */
  readonly head: string | null;
  /** Files and folders that the environment is made of. */
  readonly paths: readonly string[];
  /** What the resource group says; undefined where it says nothing or was not asked. */
  readonly applied: AppliedMark | undefined;
  /** Newest first. */
  readonly runs: readonly AppliedRun[];
}

/** Puts together what journals, Git and the resource group say of an environment. */
export async function timelineOf(request: TimelineRequest): Promise<Timeline> {
  const { root, head, paths, applied, runs } = request;
  const entries = await Promise.all(
    runs.map(async (run, index): Promise<TimelineEntry> => {
      const before = runs.slice(index + 1).find((one) => one.result === 'complete' && one.commit !== null);
      if (run.commit === null || !before?.commit) return { run, commits: undefined };
      return { run, commits: await commitsBetween(root, before.commit, run.commit, paths) };
    }),
  );
  const pending = head && applied ? await commitsBetween(root, applied.commit, head, paths) : undefined;
  return { entries, pending, unknown: unknownOf(request, pending) };
}

function unknownOf({ head, applied, runs }: TimelineRequest, pending: Timeline['pending']): string[] {
  const own = applied && runs.find((run) => run.result === 'complete' && run.commit === applied.commit);
  return [
    ...(head === null ? ['Which commits: this is not a Git repository, or it has no commit.'] : []),
    ...(applied && !own
      ? [
          `When and by whom commit ${applied.commit.slice(0, 10)} was applied: no journal told here says so. It was another machine, a pipeline, or an apply that had nothing to change.`,
        ]
      : []),
    ...(applied && head !== null && pending === undefined
      ? [`What is not applied yet: commit ${applied.commit.slice(0, 10)} is not in this clone (git fetch).`]
      : []),
    'Applies of other machines: their journal is there, below .ingate/journal; the pipelines keep it as an artefact.',
    "Changes that others made in Azure: its activity log was not asked. A run's changes are there under its correlation id.",
  ];
}
