import { ArmError } from '../../arm/arm-error.ts';
import type { Call, ResourceType, Write } from '../../arm/contract.ts';
import { arrayAt, sameText, textAt, type JsonObject } from '../../engine/json.ts';
import type { StoredResource } from '../../engine/resources.ts';
import {
  badRequest,
  COSMOS_CODES,
  COSMOS_OPERATION,
  DOCUMENTDB_VERSIONS,
  GUID_NAME,
  requireAccountReady,
} from './shared.ts';

const ROOT = 'Microsoft.DocumentDB/databaseAccounts';
const READ = [
  `${ROOT}/readMetadata`,
  `${ROOT}/sqlDatabases/containers/executeQuery`,
  `${ROOT}/sqlDatabases/containers/readChangeFeed`,
  `${ROOT}/sqlDatabases/containers/items/read`,
];
const WRITE = [`${ROOT}/readMetadata`, `${ROOT}/sqlDatabases/containers/*`, `${ROOT}/sqlDatabases/containers/items/*`];

function builtIn(roleName: string, dataActions: readonly string[]): JsonObject {
  return { roleName, type: 'BuiltInRole', permissions: [{ dataActions, notDataActions: [] }] };
}

/** Roles that every account has, by name. */
export const BUILT_IN_ROLES: Readonly<Record<string, JsonObject>> = {
  '00000000-0000-0000-0000-000000000001': builtIn('Cosmos DB Built-in Data Reader', READ),
  '00000000-0000-0000-0000-000000000002': builtIn('Cosmos DB Built-in Data Contributor', WRITE),
};

const ASSIGNMENT_TYPE = 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments';

/** Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions: roles on the data. Built-in ones cannot be changed. */
export const sqlRoleDefinitions: ResourceType = {
  type: 'Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions',
  apiVersions: DOCUMENTDB_VERSIONS,
  placement: 'child',
  hasSystemData: false,
  body: {
    'properties!': {
      roleName: 'string',
      type: 'BuiltInRole|CustomRole = CustomRole',
      assignableScopes: ['string'],
      permissions: [{ id: 'string', dataActions: ['string'], notDataActions: ['string'] }],
    },
  },
  codes: COSMOS_CODES,
  names: GUID_NAME,
  statuses: { create: 202, update: 202, delete: 202 },
  longRunning: COSMOS_OPERATION,
  check: (write) => {
    requireCustom(write.name);
    requireWhole(write);
    requireFreeRoleName(write);
    requireAccountReady(write);
  },
  complete: ({ parent }) => ({ defaults: { properties: { assignableScopes: [parent?.id ?? ''] } } }),
  beforeDelete: (call, definition) => {
    requireCustom(definition.name);
    requireUnassigned(call, definition);
  },
};

function requireCustom(name: string): void {
  if (!Object.hasOwn(BUILT_IN_ROLES, name.toLowerCase())) return;
  throw badRequest(`The built-in role definition '${name}' cannot be changed or deleted.`);
}

function requireWhole({ body, parent }: Write): void {
  if ((textAt(body, 'properties.roleName') ?? '') === '') throw badRequest('A role needs a roleName.');
  if (textAt(body, 'properties.type') !== 'CustomRole') throw badRequest('Only custom roles can be written.');
  const actions = arrayAt(body, 'properties.permissions').flatMap((each) => arrayAt(each, 'dataActions'));
  if (actions.length === 0) throw badRequest('A role needs permissions with dataActions.');
  const account = `${parent?.id ?? ''}/`.toLowerCase();
  const foreign = arrayAt(body, 'properties.assignableScopes').find(
    (scope) => typeof scope === 'string' && !`${scope.toLowerCase()}/`.startsWith(account),
  );
  if (parent && foreign !== undefined) throw badRequest('Assignable scopes must be at or below the account.');
}

function requireFreeRoleName({ engine, parent, body, name }: Write): void {
  const wanted = textAt(body, 'properties.roleName') ?? '';
  const holder = engine.resources
    .list({ type: sqlRoleDefinitions.type, parent: parent?.id ?? '' })
    .find((other) => sameText(textAt(other.writable, 'properties.roleName') ?? '', wanted));
  if (!holder || sameText(holder.name, name)) return;
  throw new ArmError(409, 'Conflict', `A role definition named '${wanted}' already exists.`);
}

function requireUnassigned({ engine }: Pick<Call, 'engine'>, definition: StoredResource): void {
  const used = engine.resources
    .list({ type: ASSIGNMENT_TYPE, parent: definition.parent })
    .some(({ writable }) => sameText(textAt(writable, 'properties.roleDefinitionId') ?? '', definition.id));
  if (used) throw new ArmError(409, 'Conflict', `The role definition '${definition.name}' is in use.`);
}
