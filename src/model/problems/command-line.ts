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
    title: 'File not written',
    cause:
      'A file that was asked for cannot be written. Only regular files are replaced, never links, devices or folders.',
    remedy: 'Name another file, or correct what the message says about this one.',
    exit: 'error',
  },
  ING6004: {
    title: 'File not readable',
    cause: 'A file that the command line names does not exist, cannot be read, or does not hold the expected content.',
    remedy: 'Check the path. It is relative to where the command is started, or to `--cwd`.',
    exit: 'usage',
  },
  ING6005: {
    title: 'Not confirmed',
    cause: 'The changes were shown, and the answer was not "yes". Nothing was changed.',
    remedy: 'Run the command again and answer "yes", or pass `--yes`.',
    exit: 'declined',
  },
  ING6007: {
    title: 'No such field',
    cause: 'The command line names a field that is not among those that the command is about.',
    remedy: 'Name it as `ingate drift` prints it, as `Kind/name/field`, or by its pointer.',
    exit: 'usage',
  },
  ING6008: {
    title: 'Output lost',
    cause: 'What a command printed could not be written, because the disk or the device is full.',
    remedy: 'Make room, or redirect the output elsewhere, and run the command again.',
    exit: 'lostOutput',
  },
  ING6006: {
    title: 'Stopped by a signal',
    cause:
      'The process was asked to stop by SIGINT, SIGTERM or SIGHUP. Changes that were already sent to Azure remain.',
    remedy: 'Run the same command again: it continues from what is there.',
    exit: 'interrupted',
  },
} as const satisfies Record<string, ProblemInfo>;
