import { ArmError, gatewayError } from '../../arm/arm-error.ts';
import { pageReply } from '../../arm/paging.ts';
import { isReplicated } from '../../arm/principals.ts';
import { viewOf } from '../../arm/read.ts';
import { render } from '../../arm/render.ts';
import type { Call, ResourceType, Write } from '../../arm/contract.ts';
import { timestamp } from '../../engine/clock.ts';
import { sameText, textAt } from '../../engine/json.ts';
import type { StoredResource } from '../../engine/resources.ts';
import type { Reply } from '../../http/reply.ts';
import { findRoleDefinition } from './role-definitions.ts';
import { AUTHORIZATION_VERSIONS } from './api-versions.ts';

/** Microsoft.Authorization/roleAssignments, on any scope. Nothing about one can change but its texts. */
export const roleAssignments: ResourceType = {
  type: 'Microsoft.Authorization/roleAssignments',
  apiVersions: AUTHORIZATION_VERSIONS,
  placement: 'extension',
  hasSystemData: false,
  body: {
    'properties!': {
      'roleDefinitionId!': 'string',
      'principalId!': 'string',
      principalType: 'User|Group|ServicePrincipal|ForeignGroup|Device|AgentUser|AgentServicePrincipal',
      description: 'string',
      condition: 'string',
      conditionVersion: 'string',
      delegatedManagedIdentityResourceId: 'string',
      scope: 'readonly',
      createdOn: 'readonly',
      createdBy: 'readonly',
      updatedOn: 'readonly',
      updatedBy: 'readonly',
    },
  },
  immutable: ['properties.roleDefinitionId', 'properties.principalId', 'properties.principalType'],
  codes: { immutable: 'RoleAssignmentUpdateNotPermitted', immutableStatus: 400, notFound: 'RoleAssignmentNotFound' },
  names: {
    pattern: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/iu,
    code: 'InvalidRoleAssignmentId',
    message: "The role assignment ID '{name}' is not valid. The role assignment ID must be a GUID.",
  },
  statuses: { create: 201, update: 200, delete: 200 },
  check: (write) => {
    requireRole(write);
    requirePrincipal(write);
    requireNew(write);
  },
  complete: ({ call, existing, now }) => ({
    defaults: { properties: { principalType: 'ServicePrincipal' } },
    readOnly: {
      properties: {
        scope: call.target.parent === '' ? '/' : call.target.parent,
        createdOn: timestamp(existing?.created.at ?? now),
        createdBy: existing?.created.by ?? call.caller.objectId,
        updatedOn: timestamp(now),
        updatedBy: call.caller.objectId,
      },
    },
  }),
  handlers: { LIST: listAssignments },
};

function requireRole({ engine, body }: Write): void {
  const id = textAt(body, 'properties.roleDefinitionId') ?? '';
  if (findRoleDefinition(engine, id)) return;
  throw new ArmError(
    400,
    'RoleDefinitionDoesNotExist',
    `The specified role definition with ID '${lastSegment(id)}' does not exist.`,
  );
}

/** A principal that is not known everywhere yet is refused, unless its type was given, which skips the lookup. */
function requirePrincipal({ engine, body }: Write): void {
  const id = textAt(body, 'properties.principalId') ?? '';
  if (textAt(body, 'properties.principalType') !== undefined || isReplicated(engine, id)) return;
  const message = `Principal ${id} does not exist in the directory ${engine.tenantId}. Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, this error might be related to a replication delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group.`;
  throw new ArmError(400, 'PrincipalNotFound', message);
}

/** The same role for the same principal at the same scope exists once, whatever its name. */
function requireNew({ engine, call, body, name }: Write): void {
  const wanted = tripleOf(call.target.parent, body);
  const twin = engine.resources
    .list({ type: roleAssignments.type, parent: call.target.parent })
    .find((other) => tripleOf(other.parent, other.writable) === wanted && !sameText(other.name, name));
  if (!twin) return;
  const message = `The role assignment already exists. The ID of the existing role assignment is ${twin.name.replaceAll('-', '')}.`;
  throw new ArmError(409, 'RoleAssignmentExists', message);
}

function tripleOf(scope: string, body: StoredResource['writable']): string {
  const role = lastSegment(textAt(body, 'properties.roleDefinitionId') ?? '');
  return `${scope}|${role}|${textAt(body, 'properties.principalId') ?? ''}`.toLowerCase();
}

function lastSegment(id: string): string {
  return id.split('/').at(-1) ?? id;
}

/**
 * Without a filter: at, above and below the scope. `atScope()`: at or above; `atScopeAndBelow()`: at or below;
 * `principalId eq '…'` and `assignedTo('…')`: of one principal, at, above and below.
 */
function listAssignments(call: Call): Reply {
  const filter = call.request.query.get('$filter') ?? '';
  const principal = /(?:principalId\s+eq\s+|assignedTo\(\s*)'(?<id>[^']*)'/iu.exec(filter)?.groups?.['id'];
  const scope = call.target.parent.toLowerCase();
  const near = nearness(filter, principal);
  const found = call.reader
    .list({ type: roleAssignments.type })
    .filter(({ parent }) => near(parent.toLowerCase(), scope))
    .filter(
      ({ writable }) =>
        principal === undefined || sameText(textAt(writable, 'properties.principalId') ?? '', principal),
    );
  return pageReply(call, found, (assignment) => render(assignment, viewOf(call)));
}

type Nearness = (assigned: string, scope: string) => boolean;

const above: Nearness = (assigned, scope) => scope === assigned || scope.startsWith(`${assigned}/`);
const below: Nearness = (assigned, scope) => above(scope, assigned);

function nearness(filter: string, principal: string | undefined): Nearness {
  if (/atScopeAndBelow\(\)/iu.test(filter)) return below;
  if (/atScope\(\)/iu.test(filter)) return above;
  if (filter !== '' && principal === undefined) {
    throw gatewayError(
      400,
      'UnsupportedQuery',
      `The filter '${filter}' is not supported. Supported filters are either 'atScope()' or 'principalId eq '{value}' or assignedTo('{value}')'.`,
    );
  }
  return (assigned, scope) => above(assigned, scope) || below(assigned, scope);
}
