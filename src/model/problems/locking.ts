import type { ProblemInfo } from '../problem-info.ts';

/** Locks on environments: ING6400 to ING6449. */
export const lockingProblems = {
  ING6401: {
    title: 'Environment locked',
    cause: 'Another run holds the lock of the environment. Two that write at once could undo each other.',
    remedy:
      'Wait for the other run, or say how long to wait with `--lock-timeout`. The lock of a run that was killed ends by itself within a minute.',
    exit: 'locked',
  },
  ING6402: {
    title: 'Lock lost',
    cause: 'The lock could not be renewed in time, so another run may have taken it.',
    remedy: 'Run the same command again: it carries on where this one ended.',
    exit: 'incomplete',
  },
  ING6403: {
    title: 'Lock cannot be taken',
    cause: 'The blob that the lock is a lease on could not be reached or written.',
    remedy: 'Create the container, and grant the identity that applies the role Storage Blob Data Contributor on it.',
    exit: 'error',
  },
  ING6404: {
    title: 'No lock yet',
    cause: 'The storage account of the lock is part of this environment and does not exist before the first apply.',
    remedy: 'Nothing to do. From the next run on the environment is locked while it is written to.',
    exit: 'error',
  },
  ING6405: {
    title: 'Lock required',
    cause: 'What is carried out in several steps over time needs a lock in an environment that others use as well.',
    remedy: 'Declare `lock` in the Environment, or pass `--no-lock` where nobody else can write to it.',
    exit: 'error',
  },
} as const satisfies Record<string, ProblemInfo>;
