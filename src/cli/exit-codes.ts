import { LOST_OUTPUT } from './signals.ts';

/**
 * Exit codes of the command line, permanent and documented in docs/exit-codes.md. Every `ProblemExit` of the table of problems
 * has one here.
 */
export const exitCodes = {
  ok: 0,
  error: 1,
  /** `plan --detailed-exitcode`: changes are pending. Bits: with drift as well it is 6. */
  pending: 2,
  /** Live differs from what was last applied. */
  drift: 4,
  gateFailed: 10,
  /** A policy, a protection or a threshold refuses. */
  refused: 11,
  /** The plan is not what would be done now. */
  stale: 12,
  /** Some changes were not made. */
  incomplete: 13,
  locked: 14,
  /** Not signed in, or not permitted. */
  permission: 15,
  /** Somebody was asked and did not say yes, or nobody could be asked. Nothing was changed. */
  declined: 16,
  usage: 64,
  hungUp: 129,
  interrupted: 130,
  /** Nobody reads the output any more, or there is no room for it. */
  lostOutput: 141,
  terminated: 143,
} as const;

/** The exit code of a command that a signal stopped; `reason` is the signal's name, or that the output was lost. */
export function signalCode(reason: unknown): number {
  if (reason === LOST_OUTPUT) return exitCodes.lostOutput;
  if (reason === 'SIGTERM') return exitCodes.terminated;
  return reason === 'SIGHUP' ? exitCodes.hungUp : exitCodes.interrupted;
}
