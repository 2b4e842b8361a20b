import { notKnown } from '../../model/diagnostic.ts';
import { textAt, textOf, member, valueAt, type Json, type JsonObject } from '../../model/json.ts';
import type { Location, NameRule, Reconciler, Site } from '../../model/kind.ts';
import { isResourceId } from '../../model/resource-id.ts';
import { isValueFrom } from '../../model/manifest.ts';
import { isUuid, nameBasedUuid } from '../../model/uuid.ts';
import { compileArmKind, writeArm } from '../shared/arm-kind.ts';
import { markFromText, withoutMarkText } from '../shared/marks.ts';
import { roleGuid, roleName } from './roles.ts';
import schema from './schema.json' with { type: 'json' };

const TYPE = 'Microsoft.Authorization/roleAssignments';
const apiVersion = '2022-04-01';

const nameRule: NameRule = { scope: 'parent', pattern: /^.+$/, maxLength: 260, style: 'as-is' };

/** What requests are made with. Azure changes the description and the condition of an assignment and nothing else. */
const compiled = compileArmKind({
  kind: 'RoleAssignment',
  schema,
  type: TYPE,
  apiVersion,
  nameRule,
  ownership: 'description',
  readOnly: [
    '/properties/scope',
    '/properties/createdOn',
    '/properties/createdBy',
    '/properties/updatedOn',
    '/properties/updatedBy',
  ],
  toArm: (_, site) => bodyOf(site),
});

/**
 * Microsoft.Authorization/roleAssignments. The name is derived from scope, principal and role, because Azure refuses a
 * second assignment of the same three under another name.
 */
export const roleAssignment: Reconciler = {
  kind: 'RoleAssignment',
  schema,
  azureType: TYPE,
  apiVersion,
  nameRule,
  ownership: 'description',
  stateful: false,
  outputs: { id: 'Resource id.', name: 'GUID that names it.' },
  parts: {},
  canonical: (spec) => ({ ...spec, role: roleName(roleGuid(textOf(spec, 'role'))) }),
  locate,
  identify: (item) => textOf(item, 'id'),
  observe(body, site) {
    const principal = {
      id: valueAt(body, '/properties/principalId') ?? null,
      type: valueAt(body, '/properties/principalType') ?? null,
    };
    const description = valueAt(body, '/properties/description');
    const text = typeof description === 'string' ? withoutMarkText(description) : '';
    const scope = textAt(body, '/properties/scope');
    const id = textOf(body, 'id');
    return {
      spec: {
        role: roleName(textAt(body, '/properties/roleDefinitionId')),
        principal,
        scope: site.resourceAt(scope) ?? scope,
        ...(text === '' ? {} : { description: text }),
      },
      outputs: { id, name: id.slice(id.lastIndexOf('/') + 1) },
      mark: markFromText(description),
    };
  },
  twin,
  async write(context, site, live, fields) {
    const address = live?.address ?? locate(site).address;
    if (!address) throw new Error(`Scope or principal of ${site.id} is not known although they were applied`);
    return writeArm(compiled, context, site, { path: address.path, live: live?.body, fields });
  },
  remove: ({ azure, signal, report }, live) => azure.delete(live.address, { signal, report }),
};

/** The assignment of the same role to the same principal at the same scope, which Azure has once only. */
function twin(items: readonly JsonObject[], site: Site): JsonObject | undefined {
  const scope = scopePath(site)?.toLowerCase();
  const principal = valueAt(site.spec as JsonObject, '/principal/id');
  const role = roleName(roleGuid(textOf(site.spec as JsonObject, 'role')));
  if (scope === undefined || typeof principal !== 'string') return undefined;
  return items.find(
    (item) =>
      textAt(item, '/properties/scope').toLowerCase() === scope &&
      textAt(item, '/properties/principalId').toLowerCase() === principal.toLowerCase() &&
      roleName(textAt(item, '/properties/roleDefinitionId')) === role,
  );
}

function scopePath(site: Site): string | undefined {
  const scope = member(site.spec as JsonObject, 'scope');
  if (typeof scope !== 'string') return undefined;
  return isResourceId(scope) ? site.pathOf(scope) : scope;
}

function locate(site: Site): Location {
  const group = site.environment.groupPath;
  const scope = scopePath(site);
  const outside = scope !== undefined && !`${scope}/`.toLowerCase().startsWith(`${group}/`.toLowerCase());
  const collection = outside
    ? { path: `${scope}/providers/${TYPE}`, apiVersion, query: { $filter: 'atScope()' } }
    : { path: `${group}/providers/${TYPE}`, apiVersion };
  const principal = valueAt(site.spec as JsonObject, '/principal/id');
  if (scope === undefined || typeof principal !== 'string') return { address: undefined, collection };
  // One that exists keeps its name: `azureName` says it.
  const name = isUuid(site.azureName)
    ? site.azureName
    : nameBasedUuid(scope, principal, roleGuid(textOf(site.spec as JsonObject, 'role')));
  return { address: { path: `${scope}/providers/${TYPE}/${name}`, apiVersion }, collection };
}

function bodyOf(site: Site): JsonObject {
  const spec = site.spec as JsonObject;
  const role = roleGuid(textOf(spec, 'role'));
  const description = member(spec, 'description');
  return {
    properties: {
      roleDefinitionId: `/subscriptions/${site.environment.subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
      principalId: known(valueAt(spec, '/principal/id')),
      principalType: valueAt(spec, '/principal/type') ?? 'ServicePrincipal',
      ...(typeof description === 'string' ? { description } : {}),
    },
  };
}

function known(value: Json | undefined): Json {
  if (value === undefined || isValueFrom(value))
    throw notKnown('The principal of the role assignment is not known although it was applied');
  return value;
}
