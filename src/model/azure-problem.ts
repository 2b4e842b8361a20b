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
  return problem(codeFor(error), `${code}: ${message}`, { resource, hint: ids === '' ? call : `${call} (${ids})` });
}

function codeFor({ details }: AzureError): ProblemCode {
  const { code, status } = details;
  if (code === 'Network') return 'ING4001';
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
