/** What a reviewer must see first. Ids are permanent; `ingate explain RISK001` prints the entry. */
export const risks = {
  RISK001: {
    title: 'Destroys a resource',
    why: 'The resource is deleted, or deleted and created anew: whatever used it fails meanwhile.',
  },
  RISK002: {
    title: 'Destroys data',
    why: 'The resource holds data that goes with it and that Azure does not keep.',
  },
  RISK003: {
    title: 'Widens privileges',
    why: 'Somebody or something gets a role, or another one. Check that it needs it, and at this scope.',
  },
  RISK004: {
    title: 'Opens to the public network',
    why: 'The resource can be reached from outside of its network afterwards.',
  },
  RISK005: {
    title: 'Cuts capacity',
    why: 'Less of it is there afterwards; what needs it now may be throttled or wait.',
  },
  RISK006: {
    title: 'Changes a guardrail',
    why: 'What models may answer and take in is filtered in another way afterwards.',
  },
  RISK007: {
    title: 'Changes or retires a model',
    why: 'Answers change with the model. Evaluate what uses it.',
  },
  RISK008: {
    title: 'Changes a prompt',
    why: 'Instructions decide what an agent does. Read the difference word by word.',
  },
} as const satisfies Record<string, { readonly title: string; readonly why: string }>;

export type RiskId = keyof typeof risks;
