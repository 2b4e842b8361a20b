import type { ProblemInfo } from '../problem-info.ts';

/** Evaluation gates and other evaluations: ING7xxx. */
export const gatesProblems = {
  ING7001: {
    title: 'Gate failed',
    cause:
      'The evaluation shows that the candidate does not meet a criterion. The resource that it guards was not changed.',
    remedy:
      'Improve the candidate; the report names the items. The same content is not evaluated again until the verdict expires.',
    exit: 'gateFailed',
  },
  ING7002: {
    title: 'Gate inconclusive',
    cause: 'The items do not show whether the candidate meets a criterion. It does not count as a pass.',
    remedy: 'Use more items, accept a larger margin, or look at the items without a grade.',
    exit: 'gateFailed',
  },
  ING7003: {
    title: 'Gate not evaluated',
    cause: 'The evaluation could not be carried out as the gate says, so there is no verdict.',
    remedy: 'Fix the cause and apply again.',
    exit: 'error',
  },
  ING7004: {
    title: 'Gate cannot pass',
    cause: 'The gate cannot pass, no matter how the candidate answers.',
    remedy: 'Use more items, or correct the criteria.',
    exit: 'error',
  },
  ING7005: {
    title: 'Invalid gate',
    cause: 'Items or graders of the gate are inconsistent.',
    remedy: 'Correct the dataset or the grader.',
    exit: 'error',
  },
  ING7006: {
    title: 'Evaluation not carried out',
    cause:
      'Foundry did not run the evaluation, or there are no results of it yet. Other resources do not wait for an evaluation.',
    remedy: 'Apply again; runs that have ended are not repeated.',
    exit: 'error',
  },
  ING7007: {
    title: 'Invalid evaluation',
    cause: 'Candidates, items or graders of the evaluation are inconsistent.',
    remedy: 'Correct the field that the message names.',
    exit: 'error',
  },
  ING7008: {
    title: 'Unreliable judge',
    cause:
      'The deployment that grades may move to another version, is not the model that the gate asks for, or would grade answers of its own model. No answers were graded.',
    remedy:
      'Pin the judge with versionUpgradeOption NoAutoUpgrade, correct judgeModel and judgeVersion, or use another model as the judge. forbidSameModelAsTarget: false lets a model grade itself.',
    exit: 'error',
  },
} as const satisfies Record<string, ProblemInfo>;
