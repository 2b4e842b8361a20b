import type { ProblemInfo } from '../problem-info.ts';

/** Delivery: ING8xxx. */
export const deliveryProblems = {
  ING8001: {
    title: 'Nothing to go back to',
    cause: 'There is no earlier version that this environment made and that could serve.',
    remedy: 'Name a version that the message lists, or apply an earlier commit.',
  },
} as const satisfies Record<string, ProblemInfo>;
