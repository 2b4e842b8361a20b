import type { ProblemInfo } from '../problem-info.ts';

/** References: ING2xxx. */
export const referencesProblems = {
  ING2001: {
    title: 'Unknown reference',
    cause: 'The field names a resource that this environment does not declare.',
    remedy: 'Correct the name, or declare the resource.',
    exit: 'error',
  },
  ING2002: {
    title: 'Ambiguous reference',
    cause: 'Several resources of different kinds have that name.',
    remedy: 'Write `Kind/name`.',
    exit: 'error',
  },
  ING2003: {
    title: 'Dependency cycle',
    cause: 'Resources that wait for each other cannot be created.',
    remedy: 'Remove one of the references that the message shows.',
    exit: 'error',
  },
  ING2004: {
    title: 'Unknown output',
    cause: 'The resource does not produce an output of that name.',
    remedy: 'Use one of the outputs that the message lists.',
    exit: 'error',
  },
  ING2005: {
    title: 'Same Azure resource declared twice',
    cause: 'Two resources would be the same resource in Azure and overwrite each other on every apply.',
    remedy: 'Give one of them another name or azureName.',
    exit: 'error',
  },
} as const satisfies Record<string, ProblemInfo>;
