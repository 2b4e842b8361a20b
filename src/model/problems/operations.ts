import type { ProblemInfo } from '../problem-info.ts';

/** Help for operators (`init`, `doctor`, `history`): ING6300 to ING6349. */
export const operationsProblems = {
  ING6300: {
    title: 'Environments not clear',
    cause:
      'Names become folders, GitHub environments and parts of Azure names; their order is the order in which they are applied.',
    remedy: 'Use small letters, digits and hyphens, such as `--environments dev,qa,prod`.',
  },
  ING6301: {
    title: 'File not written',
    cause: 'A file or folder on the way is a link or cannot be written, so `ingate init` left it alone.',
    remedy: 'Look at the path that the message names, and run `ingate init` again.',
  },
  ING6302: {
    title: 'Journal cannot be read',
    cause: 'A file of the journal below `.ingate/journal` is not what ingate writes.',
    remedy: 'Move the file away; nothing but `ingate history` reads it.',
  },
  ING6340: {
    title: 'Options do not go together',
    cause: 'What was asked for with one option cannot be done with another.',
    remedy: 'Leave one of them out; the message says which.',
  },
} as const satisfies Record<string, ProblemInfo>;
