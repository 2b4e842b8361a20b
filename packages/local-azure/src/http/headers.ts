import type { Clock } from '../engine/clock.ts';
import type { Ids } from '../engine/ids.ts';
import type { Reply } from './reply.ts';
import type { LocalRequest } from './request.ts';
import { budgetOf, fullAllowance, scopeOf, TENANT_SCOPE, type Allowance } from './throttle.ts';

/** Where ids of requests and dates come from. */
interface Sources {
  readonly ids: Ids;
  readonly clock: Clock;
}

/** Remaining budgets, as Azure Resource Manager reports them: of the subscription, or of the tenant where none is named. */
function rateLimits({ method, segments }: LocalRequest, { remaining, globalRemaining }: Allowance): [string, string][] {
  const budget = budgetOf(method);
  if (scopeOf(segments) === TENANT_SCOPE) return [[`x-ms-ratelimit-remaining-tenant-${budget}`, String(remaining)]];
  return [
    [`x-ms-ratelimit-remaining-subscription-${budget}`, String(remaining)],
    [`x-ms-ratelimit-remaining-subscription-global-${budget}`, String(globalRemaining)],
  ];
}

/**
 * The reply with the headers that every answer of the control plane carries. Without an allowance those of a full
 * bucket.
 */
export function withArmHeaders(
  reply: Reply,
  request: LocalRequest,
  { ids, clock }: Sources,
  allowance: Allowance = fullAllowance(budgetOf(request.method)),
): Reply {
  const requestId = ids.guid();
  const correlationId = request.headers['x-ms-correlation-request-id'] ?? requestId;
  const time = new Date(clock.now()).toISOString().replace(/\.\d+/u, '').replaceAll(/[-:]/gu, '');
  return {
    ...reply,
    headers: {
      ...commonHeaders(request, clock),
      'x-ms-request-id': requestId,
      'x-ms-correlation-request-id': correlationId,
      'x-ms-routing-request-id': `EASTUS2:${time}:${requestId}`,
      ...Object.fromEntries(rateLimits(request, allowance)),
      ...reply.headers,
    },
  };
}

/** The reply with the headers that every answer of the Foundry data plane carries. */
export function withFoundryHeaders(reply: Reply, request: LocalRequest, { ids, clock }: Sources): Reply {
  const requestId = ids.guid();
  return {
    ...reply,
    headers: {
      ...commonHeaders(request, clock),
      'x-request-id': requestId,
      'x-ms-request-id': requestId,
      'apim-request-id': requestId,
      ...reply.headers,
    },
  };
}

/** The reply with the headers that tokens and discovery documents carry. */
export function withDiscoveryHeaders(reply: Reply, request: LocalRequest, { ids, clock }: Sources): Reply {
  return {
    ...reply,
    headers: { ...commonHeaders(request, clock), 'x-ms-request-id': ids.guid(), ...reply.headers },
  };
}

function commonHeaders(request: LocalRequest, clock: Clock): Record<string, string> {
  const clientId = request.headers['x-ms-client-request-id'];
  const echo = clientId !== undefined && request.headers['x-ms-return-client-request-id']?.toLowerCase() === 'true';
  return {
    'cache-control': 'no-cache',
    pragma: 'no-cache',
    expires: '-1',
    date: new Date(clock.now()).toUTCString(),
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'x-content-type-options': 'nosniff',
    ...(echo ? { 'x-ms-client-request-id': clientId } : {}),
  };
}
