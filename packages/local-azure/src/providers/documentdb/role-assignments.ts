import type { Completed, ResourceType, Write } from '../../arm/contract.ts';
import { textAt } from '../../engine/json.ts';
import {
  badRequest,
  COSMOS_CODES,
  COSMOS_OPERATION,
  DOCUMENTDB_VERSIONS,
  GUID_NAME,
  requireAccountReady,
} from './shared.ts';

const PRINCIPAL = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/iu;

/** Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments: who may do what with the data. */
export const sqlRoleAssignments: ResourceType = {
  type: 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments',
  apiVersions: DOCUMENTDB_VERSIONS,
  placement: 'child',
  hasSystemData: false,
  body: { 'properties!': { roleDefinitionId: 'string', scope: 'string', principalId: 'string' } },
  immutable: ['properties.principalId', 'properties.scope'],
  codes: COSMOS_CODES,
  names: GUID_NAME,
  statuses: { create: 202, update: 202, delete: 202 },
  longRunning: COSMOS_OPERATION,
  check: (write) => {
    requireRole(write);
    requirePrincipal(write);
    requireScope(write);
    requireAccountReady(write);
  },
  complete: ({ body, engine }): Completed => {
    const role = engine.resources.get(textAt(body, 'properties.roleDefinitionId') ?? '');
    return role ? { body: { properties: { roleDefinitionId: role.id } } } : {};
  },
};

function requireRole({ engine, body, parent }: Write): void {
  const wanted = textAt(body, 'properties.roleDefinitionId') ?? '';
  if (!parent || engine.resources.get(wanted)?.parent === parent.id) return;
  throw badRequest(`The role definition '${wanted}' was not found.`, 'properties.roleDefinitionId');
}

function requirePrincipal({ body }: Write): void {
  const principal = textAt(body, 'properties.principalId') ?? '';
  if (PRINCIPAL.test(principal)) return;
  throw badRequest(`The principal id '${principal}' must be a GUID.`, 'properties.principalId');
}

/** The account, `…/dbs/{database}` or `…/dbs/{database}/colls/{container}`. */
function requireScope({ body, parent }: Write): void {
  const scope = (textAt(body, 'properties.scope') ?? '').toLowerCase();
  const account = parent?.id.toLowerCase() ?? '';
  const below = scope.startsWith(account) ? scope.slice(account.length) : undefined;
  if (!parent || (below !== undefined && /^(?:\/dbs\/[^/]+(?:\/colls\/[^/]+)?)?\/?$/u.test(below))) return;
  throw badRequest(`The scope '${scope}' must be the account, or a database or container in it.`, 'properties.scope');
}
