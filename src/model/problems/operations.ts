import type { ProblemInfo } from '../problem-info.ts';

/** Help for operators (`init`, `doctor`, `history`): ING6300 to ING6349. */
export const operationsProblems = {
  ING6300: {
    title: 'Environments not clear',
    cause:
      'Names become folders, GitHub environments and parts of Azure names; their order is the order in which they are applied.',
    remedy: 'Use small letters, digits and hyphens, such as `--environments dev,qa,prod`.',
    exit: 'usage',
  },
  ING6301: {
    title: 'File not written',
    cause: 'A file or folder on the way is a link or cannot be written, so `ingate init` left it alone.',
    remedy: 'Look at the path that the message names, and run `ingate init` again.',
    exit: 'error',
  },
  ING6302: {
    title: 'Journal cannot be read',
    cause: 'A file of the journal below `.ingate/journal` is not what ingate writes.',
    remedy: 'Move the file away; nothing but `ingate history` reads it.',
    exit: 'error',
  },
  ING6340: {
    title: 'Options do not go together',
    cause: 'What was asked for with one option cannot be done with another.',
    remedy: 'Leave one of them out; the message says which.',
    exit: 'usage',
  },
  ING6341: {
    title: 'Cannot be invoked',
    cause: 'There is nothing that could answer, or nothing to ask it.',
    remedy:
      'Name an Agent, a ContainerApp with ingress or a ModelDeployment that was applied, and give agents and models an input with `--input`, `--file` or `--file -`.',
    exit: 'error',
  },
  ING6342: {
    title: 'Call failed',
    cause: 'What was invoked answered with an error of its own.',
    remedy: 'The answer says why; the logs of the agent or of the revision say more.',
    exit: 'error',
  },
} as const satisfies Record<string, ProblemInfo>;
