import type { ProblemInfo } from '../problem-info.ts';

/** The command line: ING6xxx. */
export const commandLineProblems = {
  ING6001: {
    title: 'Wrong usage',
    cause: 'The command line is not one that ingate understands.',
    remedy: 'See `ingate help`.',
  },
  ING6002: {
    title: 'Internal error',
    cause: 'ingate did something it should not. This is a bug.',
    remedy: 'Run again with `--debug` and report it with the trace.',
  },
} as const satisfies Record<string, ProblemInfo>;
