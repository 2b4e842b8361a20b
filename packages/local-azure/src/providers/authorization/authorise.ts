import type { Caller, Intent } from '../../arm/caller.ts';
import type { Engine } from '../../arm/contract.ts';
import { arrayAt, sameText, textAt, type JsonObject } from '../../engine/json.ts';
import { findRoleDefinition } from './role-definitions.ts';
import { roleAssignments } from './role-assignments.ts';

/** True when a role that the caller holds at the scope or above allows the action. New assignments take their time to count. */
export function isAllowed(engine: Engine, { caller, scope, action, isData }: Intent): boolean {
  return grantedAt(engine, caller, scope).some((permission) => permits(permission, action, isData));
}

/** The permissions of every role that the caller holds at the scope or above, as role definitions write them. */
export function grantedAt(engine: Engine, caller: Caller, scope: string): JsonObject[] {
  const wanted = scope.toLowerCase();
  return engine.resources
    .list({ type: roleAssignments.type })
    .filter(({ writable }) => sameText(textAt(writable, 'properties.principalId') ?? '', caller.objectId))
    .filter(({ parent }) => wanted === parent.toLowerCase() || wanted.startsWith(`${parent.toLowerCase()}/`))
    .filter(({ created }) => engine.clock.now() >= created.at + engine.timing.rolePropagationMs)
    .flatMap(({ writable }) => {
      const role = findRoleDefinition(engine, textAt(writable, 'properties.roleDefinitionId') ?? '');
      return arrayAt(role, 'properties.permissions').map((each) => each as JsonObject);
    });
}

function permits(permission: JsonObject, action: string, isData: boolean): boolean {
  const [granted, denied] = isData ? ['dataActions', 'notDataActions'] : ['actions', 'notActions'];
  const matches = (list: string): boolean =>
    arrayAt(permission, list).some((pattern) => typeof pattern === 'string' && covers(pattern, action));
  return matches(granted ?? '') && !matches(denied ?? '');
}

/** `*` stands for anything, slashes included. */
function covers(pattern: string, action: string): boolean {
  const escaped = pattern.replaceAll(/[.+?^${}()|[\]\\]/gu, String.raw`\$&`).replaceAll('*', '.*');
  return new RegExp(`^${escaped}$`, 'iu').test(action);
}
