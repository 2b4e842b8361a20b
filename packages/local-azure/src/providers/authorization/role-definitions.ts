import { getResource, viewOf } from '../../arm/read.ts';
import { pageReply } from '../../arm/paging.ts';
import { render } from '../../arm/render.ts';
import { putResource } from '../../arm/write.ts';
import { ArmError } from '../../arm/arm-error.ts';
import type { Call, Engine, ResourceType } from '../../arm/contract.ts';
import { sameText, textAt, type JsonObject } from '../../engine/json.ts';
import { json, type Reply } from '../../http/reply.ts';
import { AUTHORIZATION_VERSIONS } from './api-versions.ts';
import { BUILT_IN_ROLES, type BuiltInRole } from './built-in-roles.ts';

const ROLE_TYPE = 'Microsoft.Authorization/roleDefinitions';

/** Microsoft.Authorization/roleDefinitions: the built-in roles, and custom ones on any scope. */
export const roleDefinitions: ResourceType = {
  type: ROLE_TYPE,
  apiVersions: AUTHORIZATION_VERSIONS,
  placement: 'extension',
  hasSystemData: false,
  body: {
    'properties!': {
      'roleName!': 'string',
      description: 'string',
      type: 'string = CustomRole',
      permissions: [
        {
          actions: ['string'],
          notActions: ['string'],
          dataActions: ['string'],
          notDataActions: ['string'],
          condition: 'readonly',
          conditionVersion: 'readonly',
        },
      ],
      assignableScopes: ['string'],
      createdOn: 'readonly',
      createdBy: 'readonly',
      updatedOn: 'readonly',
      updatedBy: 'readonly',
    },
  },
  codes: { notFound: 'RoleDefinitionDoesNotExist' },
  statuses: { create: 201, update: 201, delete: 200 },
  handlers: { GET: getRole, LIST: listRoles, PUT: putRole },
};

/** The role that an id ends with the GUID of, built in or custom. Only the last segment counts. */
export function findRoleDefinition(engine: Engine, id: string): JsonObject | undefined {
  const guid = id.split('/').at(-1) ?? '';
  const builtIn = BUILT_IN_ROLES.find((role) => sameText(role.guid, guid));
  if (builtIn) return describe(builtIn, '');
  return engine.resources.list({ type: ROLE_TYPE }).find((role) => sameText(role.name, guid))?.writable;
}

function describe(
  { guid, roleName, actions, notActions = [], dataActions = [] }: BuiltInRole,
  scope: string,
): JsonObject {
  return {
    id: `${scope}/providers/${ROLE_TYPE}/${guid}`,
    type: ROLE_TYPE,
    name: guid,
    properties: {
      roleName,
      type: 'BuiltInRole',
      description: `Built-in role ${roleName}.`,
      assignableScopes: ['/'],
      permissions: [{ actions, notActions, dataActions, notDataActions: [] }],
      createdOn: '2015-02-02T21:55:09.8806423Z',
      updatedOn: '2025-02-02T21:55:09.8806423Z',
      createdBy: null,
      updatedBy: null,
    },
  };
}

function subscriptionOf({ target }: Call): string {
  return target.subscription === '' ? '' : `/subscriptions/${target.subscription}`;
}

function getRole(call: Call): Reply {
  const builtIn = BUILT_IN_ROLES.find((role) => sameText(role.guid, call.target.names.at(-1) ?? ''));
  return builtIn ? json(200, describe(builtIn, subscriptionOf(call))) : getResource(call);
}

function putRole(call: Call): Reply {
  const name = call.target.names.at(-1) ?? '';
  if (!BUILT_IN_ROLES.some((role) => sameText(role.guid, name))) return putResource(call);
  throw new ArmError(
    403,
    'RoleDefinitionIsBuiltIn',
    `The role definition '${name}' is built in and cannot be changed.`,
  );
}

/** `$filter`: `roleName eq '…'`, `type eq 'BuiltInRole'` or `type eq 'CustomRole'`. */
function listRoles(call: Call): Reply {
  const filter = call.request.query.get('$filter') ?? '';
  const wanted = (field: string): string | undefined =>
    new RegExp(`\\b${field}\\s+eq\\s+'(?<value>[^']*)'`, 'iu').exec(filter)?.groups?.['value'];
  const builtIn = BUILT_IN_ROLES.map((role) => describe(role, subscriptionOf(call)));
  const custom = call.reader.list({ type: ROLE_TYPE }).map((role) => render(role, viewOf(call)));
  const matches = (role: JsonObject): boolean =>
    ['roleName', 'type'].every((field) => {
      const value = wanted(field);
      return value === undefined || sameText(textAt(role, `properties.${field}`) ?? '', value);
    });
  const placed = [...builtIn, ...custom]
    .map((role, index) => ({ role, sequence: index + 1 }))
    .filter(({ role }) => matches(role));
  return pageReply(call, placed, ({ role }) => role);
}
