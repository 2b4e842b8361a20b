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
} as const satisfies Record<string, { readonly title: string; readonly why: string }>;

export type RiskId = keyof typeof risks;
