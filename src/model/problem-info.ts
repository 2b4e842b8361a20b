/** What stands behind a code: `cause` says why it is a problem, `remedy` what to do. Codes are permanent. */
export interface ProblemInfo {
  readonly title: string;
  readonly cause: string;
  readonly remedy: string;
}
