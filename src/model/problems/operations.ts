import type { ProblemInfo } from '../problem-info.ts';

/** Help for operators (`init`, `doctor`, `history`): ING6300 to ING6349. */
export const operationsProblems = {
  ING6300: {
    title: 'Invalid environment names',
    cause:
      'Names become folders, GitHub environments and parts of Azure names; their order is the order in which they are applied.',
    remedy: 'Use small letters, digits and hyphens, such as `--environments dev,qa,prod`.',
    exit: 'usage',
  },
  ING6301: {
    title: 'File not written',
    cause: 'A file or folder on the way is a link or cannot be written, so `ingate init` did not write it.',
    remedy: 'Check the path that the message names, and run `ingate init` again.',
    exit: 'error',
  },
  ING6302: {
    title: 'Journal cannot be read',
    cause: 'A file of the journal below `.ingate/journal` was not written by ingate.',
    remedy: 'Move the file away; only `ingate history` reads it.',
    exit: 'error',
  },
  ING6340: {
    title: 'Conflicting options',
    cause: 'One option excludes another.',
    remedy: 'Leave one of them out; the message says which.',
    exit: 'usage',
  },
  ING6341: {
    title: 'Cannot be invoked',
    cause: 'The resource cannot answer, or no input was given.',
    remedy:
      'Name an Agent, a ContainerApp with ingress or a ModelDeployment that was applied, and give agents and models an input with `--input`, `--file` or `--file -`.',
    exit: 'error',
  },
  ING6342: {
    title: 'Call failed',
    cause: 'The agent, model or app answered with an error.',
    remedy: 'The answer says why; the logs of the agent or of the revision say more.',
    exit: 'error',
  },
} as const satisfies Record<string, ProblemInfo>;
