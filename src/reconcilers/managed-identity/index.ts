import { armKind } from '../shared/arm-kind.ts';
import schema from './schema.json' with { type: 'json' };

const apiVersion = '2024-11-30';

/** Writes below one identity must not run at once: Azure answers 409. */
const federatedCredentials = armKind({
  kind: 'FederatedCredential',
  schema: schema.properties.federatedCredentials.items,
  type: 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials',
  apiVersion,
  nameRule: { scope: 'parent', pattern: /^[A-Za-z0-9][A-Za-z0-9_-]{2,119}$/, maxLength: 120, style: 'as-is' },
  ownership: 'none',
  oneAtATime: 'userAssignedIdentities',
});

export const managedIdentity = armKind({
  kind: 'ManagedIdentity',
  schema,
  type: 'Microsoft.ManagedIdentity/userAssignedIdentities',
  apiVersion,
  nameRule: { scope: 'group', pattern: /^[A-Za-z0-9][A-Za-z0-9_-]{2,127}$/, maxLength: 128, style: 'kebab' },
  outputs: {
    principalId: ['/properties/principalId', 'Object id of the identity, for role assignments.'],
    clientId: ['/properties/clientId', 'Client id, for signing in.'],
    tenantId: ['/properties/tenantId', 'Tenant of the identity.'],
  },
  readOnly: ['/properties/principalId', '/properties/clientId', '/properties/tenantId'],
  parts: { federatedCredentials },
});
