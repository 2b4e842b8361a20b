import { createHash } from 'node:crypto';
import { textAt, textOf, member, valueAt, type Json, type JsonObject } from '../../model/json.ts';
import type { Location, Reconciler, Site } from '../../model/kind.ts';
import { isResourceId } from '../../model/resource-id.ts';
import { isValueFrom } from '../../model/manifest.ts';
import { markFromText, markText, withoutMarkText } from '../shared/marks.ts';
import { roleGuid, roleName } from './roles.ts';
import schema from './schema.json' with { type: 'json' };

const TYPE = 'Microsoft.Authorization/roleAssignments';
const apiVersion = '2022-04-01';

/** Namespace of our name-based UUIDs (version 5). Changing it would rename every assignment. */
const NAMESPACE = '6f1d9a52-0c1e-5f0e-9d57-6c0f5b0a7a11';

/**
 * Microsoft.Authorization/roleAssignments. The name is derived from scope, principal and role, because Azure refuses a
 * second assignment of the same three under another name.
 */
export const roleAssignment: Reconciler = {
  kind: 'RoleAssignment',
  schema,
  azureType: TYPE,
  apiVersion,
  nameRule: { scope: 'parent', pattern: /^.+$/, maxLength: 260, style: 'as-is' },
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
  async write({ azure, signal, report }, site) {
    const { address } = locate(site);
    if (!address) throw new Error(`Scope or principal of ${site.id} is not known although they were applied`);
    return azure.put(address, bodyOf(site), { signal, report });
  },
  remove: ({ azure, signal, report }, live) => azure.delete(live.address, { signal, report }),
};

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
  const name = assignmentName(scope, principal, textOf(site.spec as JsonObject, 'role'));
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
      description: typeof description === 'string' ? `${description} ${markText(site)}` : markText(site),
    },
  };
}

function known(value: Json | undefined): Json {
  if (value === undefined || isValueFrom(value))
    throw new Error('The principal of the role assignment is not known although it was applied');
  return value;
}

/** A version 5 UUID over scope, principal and role, without regard to case. */
function assignmentName(scope: string, principal: string, role: string): string {
  const namespace = Buffer.from(NAMESPACE.replaceAll('-', ''), 'hex');
  const text = [scope, principal, roleGuid(role)].join('|').toLowerCase();
  const hash = createHash('sha1').update(namespace).update(text).digest().subarray(0, 16);
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
