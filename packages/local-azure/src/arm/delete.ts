import { empty, type Reply } from '../http/reply.ts';
import { requireConditions } from './conditions.ts';
import { notFound, requireIdle, requireParent } from './existence.ts';
import { acceptedReply, beginOperation, pollHeaders, runningOperation } from './operations.ts';
import { locationOf } from './place.ts';
import { removeResource } from './removal.ts';
import { setState } from './state.ts';
import type { Call } from './contract.ts';

/** DELETE: 204 for what does not exist; else at once, or as a long-running operation where the type says so. */
export function deleteResource(call: Call): Reply {
  const { engine, target, type } = call;
  const existing = engine.resources.get(target.id);
  requireConditions(call, existing);
  if (!existing) return absent(call);
  type.beforeDelete?.(call, existing);
  const wanted = type.longRunning?.delete;
  const running = runningOperation(engine, target.id);
  if (wanted && running?.kind === 'delete') return empty(202, pollHeaders(call, running, wanted));
  requireIdle(call, target.id);
  if (!wanted) {
    removeResource(engine, existing, engine.clock.now());
    return empty(type.statuses?.delete ?? 200);
  }
  setState(engine, existing, type.longRunning?.states?.delete ?? 'Deleting');
  const operation = beginOperation(call, {
    resource: { ...existing, location: locationOf(engine, existing) },
    kind: 'delete',
  });
  const headers = pollHeaders(call, operation, wanted);
  return type.statuses?.delete === 200 ? empty(200, headers) : acceptedReply(call, operation, headers);
}

function absent(call: Call): Reply {
  if (call.type.placement === 'subscription') throw notFound(call.target, call.type);
  requireParent(call);
  return empty(204);
}
