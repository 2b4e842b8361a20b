import type { ProblemInfo } from '../problem-info.ts';

/** Locks on environments: ING6400 to ING6449. */
export const lockingProblems = {
  ING6401: {
    title: 'Environment locked',
    cause: 'Another run holds the lock of the environment. Concurrent runs could undo each other.',
    remedy:
      'Wait for the other run, or say how long to wait with `--lock-timeout`. The lock of a killed run expires within a minute.',
    exit: 'locked',
  },
  ING6402: {
    title: 'Lock lost',
    cause: 'The lock could not be renewed in time, so another run may have taken it.',
    remedy: 'Run the same command again: it continues where this one stopped.',
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
    remedy: 'Nothing to do. The environment is locked from the next run on.',
    exit: 'error',
  },
  ING6406: {
    title: 'Lock gone',
    cause:
      'The environment was applied before, and the container that holds its lock is missing. Without it, two runs could write at the same time.',
    remedy:
      'Restore the container. Or, while nobody else can write to the environment, apply with `--no-lock`, which creates it again.',
    exit: 'error',
  },
  ING6407: {
    title: 'Work that costs, without a lock',
    cause:
      'Builds, training, evaluations, gates and scans cost time and money, and two runs at the same time would do them twice.',
    remedy:
      'Declare `lock` in the Environment. Where nobody else can write to it, `--no-lock` says so, and the warning is gone.',
    exit: 'error',
  },
  ING6405: {
    title: 'Lock required',
    cause: 'Rollouts run in several steps over time and need a lock when others can apply to the environment.',
    remedy: 'Declare `lock` in the Environment, or pass `--no-lock` if nobody else can write to it.',
    exit: 'error',
  },
} as const satisfies Record<string, ProblemInfo>;
