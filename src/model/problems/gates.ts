import type { ProblemInfo } from '../problem-info.ts';

/** Evaluation gates and other evaluations: ING7xxx. */
export const gatesProblems = {
  ING7001: {
    title: 'Gate failed',
    cause:
      'The evaluation shows that the candidate does not meet a criterion. What the gate guards was left as it was.',
    remedy:
      'Improve the candidate; the report names the items. The same content is not evaluated again until the verdict expires.',
    exit: 'gateFailed',
  },
  ING7002: {
    title: 'Gate inconclusive',
    cause: 'The items do not show whether the candidate meets a criterion. That is no pass.',
    remedy: 'Use more items, accept a larger margin, or look at the items without a grade.',
    exit: 'gateFailed',
  },
  ING7003: {
    title: 'Gate not evaluated',
    cause: 'The evaluation could not be carried out as the gate says, so there is no verdict.',
    remedy: 'Correct the cause and apply again.',
    exit: 'error',
  },
  ING7004: {
    title: 'Gate that cannot pass',
    cause: 'Whatever the candidate answers, the gate could not pass.',
    remedy: 'Use more items, or correct the criteria.',
    exit: 'error',
  },
  ING7005: {
    title: 'Gate not well defined',
    cause: 'Items or graders of the gate do not fit together.',
    remedy: 'Correct the dataset or the grader.',
    exit: 'error',
  },
  ING7006: {
    title: 'Evaluation not carried out',
    cause: 'Foundry did not run the evaluation, or there are no results of it yet. Nothing waits for an evaluation.',
    remedy: 'Apply again; runs that have ended are not repeated.',
    exit: 'error',
  },
  ING7007: {
    title: 'Evaluation not well defined',
    cause: 'Candidates, items or graders of the evaluation do not fit together.',
    remedy: 'Correct the field that the message names.',
    exit: 'error',
  },
  ING7008: {
    title: 'Judge that cannot be relied on',
    cause:
      'The deployment that grades may move to another version, is not the model that the gate asks for, or would grade answers of its own model. Nothing was asked.',
    remedy:
      'Pin the judge with versionUpgradeOption NoAutoUpgrade, correct judgeModel and judgeVersion, or use another model as the judge. forbidSameModelAsTarget: false lets a model grade itself.',
    exit: 'error',
  },
} as const satisfies Record<string, ProblemInfo>;
