import { isObject, member, objectAt, textAt, type Json, type JsonObject } from '../engine/json.ts';
import { ArmError } from './arm-error.ts';
import { registerPrincipal } from './principals.ts';
import type { Write } from './contract.ts';

/** The `identity` member of every type that has one. */
export const IDENTITY = {
  'type!': 'None|SystemAssigned|UserAssigned|SystemAssigned,UserAssigned|SystemAssigned, UserAssigned',
  userAssignedIdentities: { '*': { principalId: 'readonly', clientId: 'readonly' } },
  principalId: 'readonly',
  tenantId: 'readonly',
} as const;

/**
 * The `identity` that only the server sets, for a body that asks for one. A system-assigned principal stays the same for
 * as long as the resource lives.
 */
export function identityPrincipals(write: Write, body: JsonObject): JsonObject {
  const identity = member(body, 'identity');
  if (!isObject(identity)) return {};
  const system = textAt(identity, 'type')?.includes('SystemAssigned') ?? false;
  const assigned = Object.keys(objectAt(identity, 'userAssignedIdentities'));
  const users = assigned.map((id): [string, Json] => [id, userAssigned(write, id)]);
  return {
    identity: {
      ...(system ? { principalId: systemPrincipal(write), tenantId: write.engine.tenantId } : {}),
      ...(users.length > 0 ? { userAssignedIdentities: Object.fromEntries(users) } : {}),
    },
  };
}

function systemPrincipal({ engine, previous }: Write): string {
  const known = textAt(previous?.readOnly, 'identity.principalId');
  return known ?? registerPrincipal(engine);
}

function userAssigned(write: Write, id: string): JsonObject {
  const found = write.engine.resources.get(id);
  if (!found) {
    const message = `Failed to perform resource identity operation. Status: 'BadRequest'. Response: 'Resource '${id}' was not found.'.`;
    throw new ArmError(400, 'FailedIdentityOperation', message, { target: 'identity' });
  }
  const { principalId = '', clientId = '' } = objectAt(found.readOnly, 'properties');
  return { principalId, clientId };
}
