import type { Engine } from '../arm/contract.ts';
import { objectAt, sameText, textAt } from '../engine/json.ts';
import type { StoredResource } from '../engine/resources.ts';
import type { Principal } from './access-token.ts';
import { EntraError } from './entra-error.ts';

export const IDENTITY_TYPE = 'Microsoft.ManagedIdentity/userAssignedIdentities';
const CREDENTIAL_TYPE = `${IDENTITY_TYPE}/federatedIdentityCredentials`;

/** Which of the ids of a user-assigned identity a client names it by. */
export interface IdentityKey {
  readonly clientId?: string;
  readonly objectId?: string;
  readonly resourceId?: string;
}

/** A user-assigned identity of this server. */
export function findIdentity(engine: Engine, key: IdentityKey): StoredResource | undefined {
  if (key.resourceId !== undefined) {
    const found = engine.resources.get(key.resourceId);
    return found && sameText(found.type, IDENTITY_TYPE) ? found : undefined;
  }
  return engine.resources.list({ type: IDENTITY_TYPE }).find((identity) => {
    const [member, wanted] =
      key.clientId === undefined ? ['principalId', key.objectId ?? ''] : ['clientId', key.clientId];
    return sameText(textAt(identity.readOnly, `properties.${member}`) ?? '', wanted);
  });
}

/** The principal of a managed identity; that of the machine itself when `identity` is undefined. */
export function managedPrincipal(engine: Engine, identity: StoredResource | undefined): Principal {
  const properties = objectAt(identity?.readOnly, 'properties');
  return {
    objectId: textAt(properties, 'principalId') ?? engine.ids.guidOf('machine principal'),
    clientId: textAt(properties, 'clientId') ?? engine.ids.guidOf('machine client'),
    managedIdentity: identity?.id ?? MACHINE,
    clientAuthentication: '2',
  };
}

/** The machine that the server runs on, as claims name it. */
const MACHINE = '/subscriptions/local/resourcegroups/local/providers/Microsoft.Compute/virtualMachines/local';

/** An application that proved itself; every client id stands for one, and those of identities of this server for these. */
export function applicationPrincipal(engine: Engine, clientId: string, clientAuthentication: '1' | '2'): Principal {
  const identity = findIdentity(engine, { clientId });
  const objectId = textAt(identity?.readOnly, 'properties.principalId') ?? engine.ids.guidOf(`application ${clientId}`);
  return { objectId, clientId, clientAuthentication };
}

export function userPrincipal(engine: Engine, userName: string, clientId: string): Principal {
  return { objectId: engine.ids.guidOf(`user ${userName}`), clientId, userName, clientAuthentication: '0' };
}

/**
 * Accepts an assertion of another issuer. An identity of this server takes only those that one of its federated credentials
 * names, by issuer, subject and audience; applications from elsewhere take any JWT.
 */
export function acceptAssertion(engine: Engine, clientId: string, assertion: string): void {
  const claims = claimsOf(assertion);
  if (!claims) throw new EntraError(401, 'invalid_client', 50_027, 'JWT token is invalid or malformed.');
  const identity = findIdentity(engine, { clientId });
  if (!identity) return;
  const { iss, sub, aud } = claims;
  const known = engine.resources.list({ type: CREDENTIAL_TYPE, parent: identity.id }).some(({ writable }) => {
    const { issuer, subject, audiences } = objectAt(writable, 'properties');
    return issuer === iss && subject === sub && Array.isArray(audiences) && audiences.includes(aud ?? '');
  });
  if (known) return;
  const message = `No matching federated identity record found for presented assertion subject '${String(sub)}'. Check your federated identity credential Subject, Audience and Issuer against the presented assertion.`;
  throw new EntraError(401, 'invalid_client', 700_213, message);
}

function claimsOf(token: string): Readonly<Record<string, unknown>> | undefined {
  const [, payload, signature, ...rest] = token.split('.');
  if (payload === undefined || signature === undefined || rest.length > 0) return undefined;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return typeof claims === 'object' && claims !== null ? (claims as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
