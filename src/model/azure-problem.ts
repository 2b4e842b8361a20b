import type { AzureError } from './azure.ts';
import { problem, type Diagnostic } from './diagnostic.ts';
import type { ProblemCode } from './problems.ts';
import type { ResourceId } from './resource-id.ts';

/** A failed call as a problem: Azure's own words, the call, and the ids that Azure support asks for. */
export function describeAzureError(error: AzureError, resource?: ResourceId): Diagnostic {
  const { code, message, method, url, status, requestId, correlationId } = error.details;
  const ids = [requestId && `request id ${requestId}`, correlationId && `correlation id ${correlationId}`]
    .filter(Boolean)
    .join(', ');
  const call = `${method} ${withoutQuery(url)}${status === undefined ? '' : ` answered ${status}`}`;
  const asked = ids === '' ? call : `${call} (${ids})`;
  const found = codeFor(error);
  return problem(found, `${code}: ${message}`, {
    resource,
    hint: found === 'ING4002' ? `${SIGN_IN} ${asked}` : asked,
  });
}

const SIGN_IN = 'Sign in with `az login`, or give the pipeline a federated identity; `ingate doctor` shows who asks.';

/** The same failure of many requests, such as nobody being signed in, told once with their number. */
export function foldRepeated(problems: readonly Diagnostic[]): Diagnostic[] {
  const groups = Map.groupBy(problems, (one) => (one.code.startsWith('ING4') && !one.at ? keyOf(one) : one));
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const more = others.length === 1 ? 'one more request' : `${others.length} more requests`;
    return others.length === 0 ? [first] : [{ ...first, hint: `${first.hint ?? ''}; so did ${more}` }];
  });
}

function keyOf({ code, severity, resource, message }: Diagnostic): string {
  return `${code} ${severity} ${resource ?? ''} ${message}`;
}

function codeFor({ details }: AzureError): ProblemCode {
  const { code, status } = details;
  if (code === 'Network') return 'ING4001';
  if (code === 'ForeignHost') return 'ING4007';
  if (code === 'Credential' || status === 401) return 'ING4002';
  if (status === 403) return 'ING4003';
  if (code === 'Throttled' || status === 429) return 'ING4004';
  if (code === 'Timeout') return 'ING5006';
  return code === 'BadResponse' ? 'ING4006' : 'ING4005';
}

/** A query may hold signatures. */
function withoutQuery(url: string): string {
  return url.split('?', 1)[0] ?? url;
}
