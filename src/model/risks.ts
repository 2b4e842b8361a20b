/** What a reviewer must see first. Ids are permanent; `ingate explain RISK001` prints the entry. */
export const risks = {
  RISK001: {
    title: 'Destroys a resource',
    why: 'The resource is deleted, or deleted and created again: anything that uses it fails in the meantime.',
  },
  RISK002: {
    title: 'Destroys data',
    why: 'The resource holds data that is deleted with it and that Azure does not keep.',
  },
  RISK003: {
    title: 'Widens privileges',
    why: 'A principal gets a role, or a different one. Check that it needs the role, at this scope.',
  },
  RISK004: {
    title: 'Opens to the public network',
    why: 'The resource becomes reachable from outside its network.',
  },
  RISK005: {
    title: 'Cuts capacity',
    why: 'Less capacity remains; workloads that need it now may be throttled or have to wait.',
  },
  RISK006: {
    title: 'Changes a guardrail',
    why: 'Input and output of models will be filtered differently.',
  },
  RISK007: {
    title: 'Changes or retires a model',
    why: 'Answers change with the model. Evaluate the resources that use it.',
  },
  RISK008: {
    title: 'Changes a prompt',
    why: 'Instructions determine what an agent does. Review the difference word by word.',
  },
} as const satisfies Record<string, { readonly title: string; readonly why: string }>;

export type RiskId = keyof typeof risks;
