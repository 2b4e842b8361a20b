import { ArmError } from '../../arm/arm-error.ts';
import type { Engine, ResourceType, View, Write } from '../../arm/contract.ts';
import { valueAt, withValue, type JsonObject } from '../../engine/json.ts';
import type { StoredResource } from '../../engine/resources.ts';
import { SERVER_TYPE, sqlOperation, SQL_VERSIONS } from './shared.ts';

/** Microsoft.Sql/servers/administrators: the Entra ID administrator of a server, `ActiveDirectory`. */
export const administrators: ResourceType = {
  type: 'Microsoft.Sql/servers/administrators',
  apiVersions: SQL_VERSIONS,
  placement: 'child',
  hasSystemData: false,
  serialisedUnder: SERVER_TYPE,
  body: {
    'properties!': {
      administratorType: 'ActiveDirectory = ActiveDirectory',
      'login!': 'string',
      'sid!': 'string',
      tenantId: 'string',
      azureADOnlyAuthentication: 'readonly',
    },
  },
  codes: { busy: 'ConflictingServerOperation' },
  names: {
    pattern: /^ActiveDirectory$/iu,
    message: "The administrator of a server is named 'ActiveDirectory', not '{name}'.",
  },
  statuses: { create: 202, update: 202, delete: 202 },
  longRunning: sqlOperation('administrator', {
    create: 'UpsertServerActiveDirectoryAdministrator',
    update: 'UpsertServerActiveDirectoryAdministrator',
    delete: 'DropServerActiveDirectoryAdministrator',
  }),
  complete: ({ engine }) => ({ defaults: { properties: { tenantId: engine.tenantId } } }),
  present: (body, admin, { engine }: View): JsonObject =>
    withValue(body, 'properties.azureADOnlyAuthentication', isEntraOnly(engine, admin.parent)),
  beforeDelete: ({ engine }, admin) => requireOtherLogins(engine, admin),
};

/** Microsoft.Sql/servers/azureADOnlyAuthentications: whether SQL logins are shut out, `Default`. */
export const entraOnly: ResourceType = {
  type: 'Microsoft.Sql/servers/azureADOnlyAuthentications',
  apiVersions: SQL_VERSIONS,
  placement: 'child',
  hasSystemData: false,
  serialisedUnder: SERVER_TYPE,
  body: { 'properties!': { 'azureADOnlyAuthentication!': 'boolean' } },
  codes: { busy: 'ConflictingServerOperation' },
  names: {
    pattern: /^Default$/iu,
    message: "The Entra-only setting of a server is named 'Default', not '{name}'.",
  },
  statuses: { create: 202, update: 202, delete: 202 },
  longRunning: sqlOperation('azureADOnlyAuthentication', {
    create: 'UpsertServerAzureADOnlyAuthentication',
    update: 'UpsertServerAzureADOnlyAuthentication',
    delete: 'DropServerAzureADOnlyAuthentication',
  }),
  check: requireAdministrator,
};

function isEntraOnly(engine: Engine, server: string): boolean {
  const found = engine.resources.get(`${server}/azureADOnlyAuthentications/Default`);
  return valueAt(found?.writable, 'properties.azureADOnlyAuthentication') === true;
}

function requireOtherLogins(engine: Engine, admin: StoredResource): void {
  if (!isEntraOnly(engine, admin.parent)) return;
  const message = 'The Entra ID administrator cannot be removed while Entra-only authentication is enabled.';
  throw new ArmError(400, 'AADOnlyAuthenticationIsEnabled', message);
}

function requireAdministrator({ engine, parent, body }: Write): void {
  const wanted = valueAt(body, 'properties.azureADOnlyAuthentication') === true;
  if (!wanted || !parent || engine.resources.get(`${parent.id}/administrators/ActiveDirectory`)) return;
  const message = 'Entra-only authentication needs an Entra ID administrator of the server.';
  throw new ArmError(400, 'AadAdminNotConfigured', message);
}
