import type { ProblemInfo } from '../problem-info.ts';

/** The command line: ING6xxx. */
export const commandLineProblems = {
  ING6001: {
    title: 'Invalid usage',
    cause: 'The command, an argument or an option is invalid.',
    remedy: 'See `ingate help`.',
    exit: 'usage',
  },
  ING6002: {
    title: 'Internal error',
    cause: 'ingate did something it should not. This is a bug.',
    remedy: 'Run again with `--debug` and report it with the trace.',
    exit: 'error',
  },
  ING6003: {
    title: 'Not confirmed',
    cause: 'The command asks before it changes anything. The answer was not "yes", or there is no terminal to ask on.',
    remedy: 'Nothing was changed. Answer "yes", or pass `--yes` where nobody can be asked.',
    exit: 'declined',
  },
} as const satisfies Record<string, ProblemInfo>;
