import { ArmError } from '../arm/arm-error.ts';
import { registerPrincipal } from '../arm/principals.ts';
import type { Provider, ResourceType, Write } from '../arm/contract.ts';
import { objectAt, textAt } from '../engine/json.ts';

const apiVersions = ['2018-11-30', '2022-01-31-preview', '2023-01-31', '2024-11-30'];

/** Microsoft.ManagedIdentity/userAssignedIdentities. Its principal lives exactly as long as it does. */
const userAssignedIdentities: ResourceType = {
  type: 'Microsoft.ManagedIdentity/userAssignedIdentities',
  apiVersions,
  placement: 'resource-group',
  body: {
    properties: {
      isolationScope: 'None|Regional',
      principalId: 'readonly',
      clientId: 'readonly',
      tenantId: 'readonly',
    },
  },
  immutable: ['properties.isolationScope'],
  names: {
    pattern: /^[a-zA-Z0-9][a-zA-Z0-9_-]{2,127}$/u,
    message:
      "The identity name '{name}' is invalid: 3 to 128 letters, digits, hyphens and underscores, the first a letter or digit.",
  },
  statuses: { create: 201, update: 200, patch: 200, delete: 200 },
  complete: ({ engine, existing }) => {
    const known = objectAt(existing?.readOnly, 'properties');
    const principalId = textAt(known, 'principalId') ?? registerPrincipal(engine);
    const clientId = textAt(known, 'clientId') ?? engine.ids.guid();
    return { readOnly: { properties: { principalId, clientId, tenantId: engine.tenantId } } };
  },
};

/** Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials: trust in tokens of another issuer. */
const federatedIdentityCredentials: ResourceType = {
  type: 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials',
  apiVersions,
  placement: 'child',
  body: { 'properties!': { 'issuer!': 'string', 'subject!': 'string', 'audiences!': ['string'] } },
  names: {
    pattern: /^[a-zA-Z0-9][a-zA-Z0-9_-]{2,119}$/u,
    message:
      "The credential name '{name}' is invalid: 3 to 120 letters, digits, hyphens and underscores, the first a letter or digit.",
  },
  statuses: { create: 201, update: 200, delete: 200 },
  serialisedUnder: 'Microsoft.ManagedIdentity/userAssignedIdentities',
  check: requireOneOfAKind,
};

const MOST_CREDENTIALS = 20;

/** Issuer and subject are unique within an identity, which takes 20 credentials at most. */
function requireOneOfAKind({ engine, body, call, existing, name }: Write): void {
  const all = engine.resources.list({ type: federatedIdentityCredentials.type, parent: call.target.parent });
  const others = all.filter((other) => other.name.toLowerCase() !== name.toLowerCase());
  if (!existing && others.length >= MOST_CREDENTIALS) {
    throw new ArmError(
      400,
      'BadRequest',
      `Too many federated identity credentials: at most ${MOST_CREDENTIALS} are possible.`,
    );
  }
  const same = others.some(({ writable }) =>
    ['properties.issuer', 'properties.subject'].every((path) => textAt(writable, path) === textAt(body, path)),
  );
  if (same)
    throw new ArmError(409, 'Conflict', 'Issuer and subject combination already exists for this Managed Identity.');
}

export const managedIdentity: Provider = {
  namespace: 'Microsoft.ManagedIdentity',
  types: [userAssignedIdentities, federatedIdentityCredentials],
};
