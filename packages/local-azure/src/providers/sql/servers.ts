import { ArmError } from '../../arm/arm-error.ts';
import { createChild } from '../../arm/build.ts';
import { IDENTITY } from '../../arm/identity.ts';
import type { Completed, ResourceType, View, Write } from '../../arm/contract.ts';
import {
  defined,
  isObject,
  objectAt,
  sameText,
  textAt,
  valueAt,
  withValue,
  type JsonObject,
} from '../../engine/json.ts';
import type { Resource, StoredResource } from '../../engine/resources.ts';
import { administrators, entraOnly } from './administrators.ts';
import { databases } from './databases.ts';
import { invalidParameter, SERVER_TYPE, sqlOperation, SQL_VERSIONS } from './shared.ts';

/** Microsoft.Sql/servers. The master database comes with it; what a PUT does not send stays. */
export const servers: ResourceType = {
  type: SERVER_TYPE,
  apiVersions: SQL_VERSIONS,
  placement: 'resource-group',
  hasSystemData: false,
  putKeepsOmitted: true,
  body: {
    kind: 'readonly',
    identity: IDENTITY,
    properties: {
      administratorLogin: 'string',
      administratorLoginPassword: 'secret',
      version: 'string',
      minimalTlsVersion: 'None|1.0|1.1|1.2|1.3',
      publicNetworkAccess: 'Enabled|Disabled|SecuredByPerimeter',
      restrictOutboundNetworkAccess: 'Enabled|Disabled|SecuredByPerimeter',
      isIPv6Enabled: 'Enabled|Disabled|SecuredByPerimeter',
      primaryUserAssignedIdentityId: 'string',
      federatedClientId: 'string',
      keyId: 'string',
      retentionDays: 'integer',
      createMode: 'transient',
      administrators: {
        administratorType: 'ActiveDirectory',
        principalType: 'User|Group|Application',
        login: 'string',
        sid: 'string',
        tenantId: 'string',
        azureADOnlyAuthentication: 'boolean',
      },
      state: 'readonly',
      fullyQualifiedDomainName: 'readonly',
      workspaceFeature: 'readonly',
      externalGovernanceStatus: 'readonly',
      privateEndpointConnections: 'readonly',
    },
  },
  immutable: ['properties.version', 'properties.administratorLogin'],
  codes: {
    invalid: 'InvalidRequestContent',
    immutable: 'InvalidParameterValue',
    immutableStatus: 400,
    busy: 'ConflictingServerOperation',
  },
  names: {
    pattern: /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/u,
    code: 'InvalidServerName',
    message:
      "Invalid server name '{name}': 1 to 63 lower-case letters, digits and hyphens, the first and last a letter or digit.",
  },
  statuses: { create: 202, update: 202, patch: 202, delete: 202 },
  longRunning: sqlOperation('server', {
    create: 'UpsertLogicalServer',
    update: 'UpsertLogicalServer',
    delete: 'DropLogicalServer',
  }),
  check: (write) => {
    requireFreeName(write);
    requireLogin(write);
  },
  complete,
  afterWrite,
  present,
};

/** Server names are unique in all of Azure, because they are host names. */
function requireFreeName({ engine, existing, name }: Write): void {
  const taken = !existing && engine.resources.list({ type: SERVER_TYPE }).some((server) => sameText(server.name, name));
  if (taken)
    throw new ArmError(409, 'NameAlreadyExists', `The name '${name}' already exists. Choose a different name.`);
}

const CLASSES = [/[a-z]/u, /[A-Z]/u, /[0-9]/u, /[^a-zA-Z0-9]/u];

/** A login and a password are needed, unless only Entra ID may log in. */
function requireLogin({ body, existing }: Write): void {
  const password = textAt(body, 'properties.administratorLoginPassword');
  if (password !== undefined) requirePassword(password);
  const onlyEntra = valueAt(body, 'properties.administrators.azureADOnlyAuthentication') === true;
  if (existing || onlyEntra) return;
  if (textAt(body, 'properties.administratorLogin') === undefined) throw invalidParameter('Login');
  if (password === undefined) throw invalidParameter('Password');
}

function requirePassword(password: string): void {
  const [code, reason] =
    password.length < 8
      ? ['PasswordTooShort', 'it is too short']
      : password.length > 128
        ? ['PasswordTooLong', 'it is too long']
        : CLASSES.filter((each) => each.test(password)).length < 3
          ? ['PasswordNotComplex', 'it is not complex enough']
          : [];
  if (code === undefined) return;
  const message = `Password validation failed. The password does not meet policy requirements because ${reason}.`;
  throw new ArmError(400, code, message, { target: 'properties.administratorLoginPassword' });
}

function complete({ engine, id, name }: Write): Completed {
  return {
    defaults: {
      properties: {
        administratorLogin: `CloudSA${engine.ids.guidOf(`${id}/login`).slice(0, 8)}`,
        version: '12.0',
        minimalTlsVersion: '1.2',
        publicNetworkAccess: 'Enabled',
        restrictOutboundNetworkAccess: 'Disabled',
      },
    },
    readOnly: {
      kind: 'v12.0',
      properties: {
        state: 'Ready',
        fullyQualifiedDomainName: `${name.toLowerCase()}.database.windows.net`,
        privateEndpointConnections: [],
        externalGovernanceStatus: 'Disabled',
      },
    },
  };
}

function afterWrite({ call, existing, body }: Write, server: Resource): void {
  const location = textAt(server.writable, 'location') ?? '';
  // Afterwards administrators are changed through their own resources only.
  if (existing) return;
  createChild(call, server, databases, 'master', { location });
  const sent = valueAt(body, 'properties.administrators');
  if (!isObject(sent) || textAt(sent, 'sid') === undefined) return;
  const { login = '', sid = '', tenantId = call.engine.tenantId, azureADOnlyAuthentication = false } = sent;
  const properties = { administratorType: 'ActiveDirectory', login, sid, tenantId };
  createChild(call, server, administrators, 'ActiveDirectory', { properties });
  createChild(call, server, entraOnly, 'Default', { properties: { azureADOnlyAuthentication } });
}

/** `administrators` returns the values of the children with the same meaning. */
function present(body: JsonObject, server: StoredResource, { engine }: View): JsonObject {
  const admin = engine.resources.get(`${server.id}/administrators/ActiveDirectory`);
  if (!admin) return withValue(body, 'properties.administrators', undefined);
  const only = engine.resources.get(`${server.id}/azureADOnlyAuthentications/Default`);
  const created = objectAt(body, 'properties.administrators');
  const isFirst = sameText(textAt(created, 'sid') ?? '', textAt(admin.writable, 'properties.sid') ?? '');
  const shown = defined({
    // Known only of the administrator that the server was created with: azure-cli issue 19228.
    principalType: isFirst ? textAt(created, 'principalType') : undefined,
    ...objectAt(admin.writable, 'properties'),
    azureADOnlyAuthentication: valueAt(only?.writable, 'properties.azureADOnlyAuthentication') ?? false,
  });
  return withValue(body, 'properties.administrators', shown);
}
