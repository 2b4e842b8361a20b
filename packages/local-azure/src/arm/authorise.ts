import type { Engine, ResourceType } from './contract.ts';
import { gatewayError } from './arm-error.ts';
import type { Caller } from './caller.ts';
import type { Target } from './path.ts';

const VERBS: Readonly<Record<string, string>> = {
  GET: 'read',
  HEAD: 'read',
  PUT: 'write',
  PATCH: 'write',
  DELETE: 'delete',
};

/** 403 where access control is on and the caller holds no role that allows the request. */
export function requireAuthorised(
  engine: Engine,
  caller: Caller,
  target: Target,
  method: string,
  type: ResourceType,
): void {
  const verb = target.kind === 'action' ? `${target.action}/action` : (VERBS[method] ?? 'action');
  const action = `${type.type}/${verb}`;
  const scope = target.id === '' ? '/' : target.id;
  if (!engine.isAllowed || engine.isAllowed({ caller, scope, action, isData: false })) return;
  const message = `The client '${caller.name}' with object id '${caller.objectId}' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`;
  throw gatewayError(403, 'AuthorizationFailed', message);
}
