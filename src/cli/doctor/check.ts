import type { AzureError } from '../../model/azure.ts';
import { describeAzureError } from '../../model/azure-problem.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';

/** `skip`: could not be asked, because something before it failed. */
export type Verdict = 'pass' | 'warn' | 'fail' | 'skip';

/** One thing that `ingate doctor` looked at. Texts are plain and may hold hostile input. */
export interface Check {
  /** Permanent, for programs: `node`, `permissions`. */
  readonly id: string;
  readonly verdict: Verdict;
  readonly message: string;
  /** What to do; absent where nothing is to be done. */
  readonly remedy?: string;
  /** The identity is not signed in or lacks a permission. */
  readonly permission?: true;
}

export function pass(id: string, message: string): Check {
  return { id, verdict: 'pass', message };
}

export function warn(id: string, message: string, remedy: string): Check {
  return { id, verdict: 'warn', message, remedy };
}

export function fail(id: string, message: string, remedy: string): Check {
  return { id, verdict: 'fail', message, remedy };
}

export function skip(id: string, message: string): Check {
  return { id, verdict: 'skip', message };
}

/** A call to Azure that failed: a refusal of the identity is told apart from everything else. */
export function failedCall(id: string, error: AzureError): Check {
  return failedAs(id, describeAzureError(error));
}

/** A problem that stopped a check. */
export function failedAs(id: string, { code, message, hint }: Diagnostic): Check {
  const remedy = [hint, `ingate explain ${code}`].filter((text) => text !== undefined).join('; ');
  const check = fail(id, message, remedy);
  return code === 'ING4002' || code === 'ING4003' ? { ...check, permission: true } : check;
}

/** What all checks together say: 15 is told apart because somebody else has to act. */
export function outcomeOf(checks: readonly Check[]): 'ok' | 'failed' | 'permission' {
  const failed = checks.filter((check) => check.verdict === 'fail');
  if (failed.some((check) => check.permission)) return 'permission';
  return failed.length > 0 ? 'failed' : 'ok';
}
