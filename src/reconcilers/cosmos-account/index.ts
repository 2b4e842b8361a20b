import { isArray, member, mergePatch, textAt, textOf, valueAt, type Json, type JsonObject } from '../../model/json.ts';
import { armKind } from '../shared/arm-kind.ts';
import schema from './schema.json' with { type: 'json' };
import type { CosmosAccountSpec } from './spec.ts';

const apiVersion = '2026-03-15';
const TYPE = 'Microsoft.DocumentDB/databaseAccounts';

/** Built-in data roles by the last segment of their ids. */
const ROLES: Readonly<Record<string, string>> = {
  'Data Reader': '00000000-0000-0000-0000-000000000001',
  'Data Contributor': '00000000-0000-0000-0000-000000000002',
};

/** Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2026-03-15, over the whole account. Names are GUIDs. */
const dataRoles = armKind<{ role: string; principalId: unknown }>({
  kind: 'CosmosDataRole',
  schema: schema.properties.dataRoles.items,
  type: `${TYPE}/sqlRoleAssignments`,
  apiVersion,
  nameRule: { scope: 'parent', pattern: /^[0-9a-f-]{36}$/, maxLength: 36, style: 'uuid' },
  ownership: 'none',
  oneAtATime: 'databaseAccounts',
  targets: { role: ['/properties/roleDefinitionId'] },
  toArm(body, { spec, owner, pathOf }) {
    const account = owner === undefined ? undefined : pathOf(owner);
    const roleDefinitionId = `${account}/sqlRoleDefinitions/${ROLES[spec.role] ?? spec.role}`;
    return mergePatch(body, { properties: { scope: account ?? '', roleDefinitionId } }) as JsonObject;
  },
  fromArm(spec, body) {
    const id = textAt(body, '/properties/roleDefinitionId');
    const guid = id.slice(id.lastIndexOf('/') + 1).toLowerCase();
    return { ...spec, role: Object.entries(ROLES).find(([, known]) => known === guid)?.[0] ?? guid };
  },
});

/** Microsoft.DocumentDB/databaseAccounts@2026-03-15 of kind GlobalDocumentDB. */
export const cosmosAccount = armKind<CosmosAccountSpec>({
  kind: 'CosmosAccount',
  schema,
  type: TYPE,
  apiVersion,
  nameRule: {
    scope: 'global',
    pattern: /^[a-z0-9](?:[a-z0-9-]{1,42}[a-z0-9])$/,
    maxLength: 44,
    style: 'lower-kebab',
  },
  fixed: { kind: 'GlobalDocumentDB' },
  stateful: true,
  deadlineMinutes: 90,
  outputs: { documentEndpoint: ['/properties/documentEndpoint', 'URL that clients connect to.'] },
  readOnly: [
    '/properties/locations/*/id',
    '/properties/locations/*/documentEndpoint',
    '/properties/locations/*/provisioningState',
    '/properties/keysMetadata',
    '/properties/documentEndpoint',
    '/properties/writeLocations',
    '/properties/readLocations',
    '/properties/failoverPolicies',
    '/properties/instanceId',
    '/properties/keyVaultKeyUriVersion',
    '/properties/privateEndpointConnections',
  ],
  targets: {
    locations: ['/properties/locations'],
    serverless: ['/properties/capabilities'],
    vectorSearch: ['/properties/capabilities'],
    ipRules: ['/properties/ipRules'],
  },
  itemKeys: {
    '/properties/locations': ['/locationName'],
    '/properties/capabilities': ['/name'],
    '/properties/ipRules': ['/ipAddressOrRange'],
  },
  parts: { dataRoles },
  toArm(body, { spec, environment }) {
    const regions = spec.locations ?? [{ name: textOf(body, 'location') || environment.location }];
    const capabilities = [
      ...(spec.serverless === true ? [{ name: 'EnableServerless' }] : []),
      ...(spec.vectorSearch === true ? [{ name: 'EnableNoSQLVectorSearch' }] : []),
    ];
    const properties = {
      databaseAccountOfferType: 'Standard',
      locations: regions.map(({ name, zoneRedundant = false }, failoverPriority) => ({
        locationName: name,
        failoverPriority,
        isZoneRedundant: zoneRedundant,
      })),
      capabilities,
      ipRules: (spec.ipRules ?? []).map((ipAddressOrRange) => ({ ipAddressOrRange })),
    };
    return mergePatch(body, { properties }) as JsonObject;
  },
  fromArm(spec, body) {
    const capabilities = new Set(
      items(body, 'capabilities').map((one) => textOf(one as JsonObject, 'name').toLowerCase()),
    );
    return {
      ...spec,
      locations: regionsOf(body),
      serverless: capabilities.has('enableserverless'),
      vectorSearch: capabilities.has('enablenosqlvectorsearch'),
      ipRules: items(body, 'ipRules').map((rule) => member(rule, 'ipAddressOrRange') ?? null),
    };
  },
});

function items(body: JsonObject, name: string): readonly Json[] {
  const value = valueAt(body, `/properties/${name}`);
  return isArray(value) ? value : [];
}

/** Azure lists regions in any order and says the order of failover in each. */
function regionsOf(body: JsonObject): Json[] {
  return items(body, 'locations')
    .toSorted((a, b) => Number(member(a, 'failoverPriority') ?? 0) - Number(member(b, 'failoverPriority') ?? 0))
    .map((one) => ({
      name: member(one, 'locationName') ?? '',
      zoneRedundant: member(one, 'isZoneRedundant') === true,
    }));
}
