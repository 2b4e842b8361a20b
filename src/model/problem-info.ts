/**
 * How a command ends that reports a problem, strongest first: of several problems the first class in this order decides.
 * `src/cli/exit-codes.ts` gives each class its number.
 */
export const problemExits = [
  'interrupted',
  'lostOutput',
  'stale',
  'locked',
  'permission',
  'gateFailed',
  'refused',
  'declined',
  'usage',
  'incomplete',
  'error',
] as const;

export type ProblemExit = (typeof problemExits)[number];

/**
 * The entry of a code: `cause` says why it is a problem, `remedy` what to do, `exit` how the command ends. All are
 * required, so a new code cannot fall back to a general exit code unnoticed. Codes are permanent.
 */
export interface ProblemInfo {
  readonly title: string;
  readonly cause: string;
  readonly remedy: string;
  readonly exit: ProblemExit;
}
