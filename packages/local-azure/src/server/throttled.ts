import { gatewayError, errorReply } from '../arm/arm-error.ts';
import { authenticate } from '../arm/caller.ts';
import type { Engine } from '../arm/contract.ts';
import type { Reply } from '../http/reply.ts';
import type { LocalRequest } from '../http/request.ts';
import { budgetOf, scopeOf, TENANT_SCOPE, type Allowance, type Budget, type Throttle } from '../http/throttle.ts';

/** Counts a request to the control plane. Undefined without a valid token, which is refused for that reason. */
export function countRequest(engine: Engine, throttle: Throttle, request: LocalRequest): Allowance | undefined {
  const principal = principalOf(engine, request);
  if (principal === undefined) return undefined;
  return throttle.take(scopeOf(request.segments), principal, budgetOf(request.method));
}

function principalOf({ tenantId }: Engine, request: LocalRequest): string | undefined {
  try {
    return authenticate(request, tenantId).objectId;
  } catch {
    return undefined;
  }
}

const SINGULAR: Readonly<Record<Budget, string>> = { reads: 'read', writes: 'write', deletes: 'delete' };

/** 429 with Retry-After, as Azure Resource Manager answers when a bucket is empty. */
export function throttledReply(engine: Engine, request: LocalRequest, retryAfter: number): Reply {
  const scope = scopeOf(request.segments);
  const kind = SINGULAR[budgetOf(request.method)];
  const place = scope === TENANT_SCOPE ? `tenant '${engine.tenantId}'` : `subscription '${scope}'`;
  const actor = principalOf(engine, request) ?? '';
  const message = `Number of '${kind}' requests for ${place} actor '${actor}' exceeded. Please try again after '${retryAfter}' seconds.`;
  const code = scope === TENANT_SCOPE ? 'TenantRequestsThrottled' : 'SubscriptionRequestsThrottled';
  return errorReply(gatewayError(429, code, message, { 'retry-after': String(retryAfter) }));
}
