import { isAzureError } from '../../model/azure.ts';
import { isObject, member, valueAt, withValueAt, type Json, type JsonObject } from '../../model/json.ts';
import type { Reconciler, Site, WriteContext } from '../../model/kind.ts';
import { armKind } from '../shared/arm-kind.ts';
import schema from './schema.json' with { type: 'json' };

const apiVersion = '2026-07-01';

const account = armKind({
  kind: 'FoundryAccount',
  schema,
  type: 'Microsoft.CognitiveServices/accounts',
  apiVersion,
  nameRule: {
    scope: 'global',
    pattern: /^[a-zA-Z0-9][a-zA-Z0-9-]{0,62}[a-zA-Z0-9]$/,
    maxLength: 64,
    style: 'lower-kebab',
  },
  fixed: { kind: 'AIServices' },
  stateful: true,
  outputs: {
    endpoint: ['/properties/endpoint', 'URL of its AI services.'],
    openAiEndpoint: ['/properties/endpoints/OpenAI Language Model Instance API', 'URL of its OpenAI-compatible API.'],
    principalId: ['/identity/principalId', 'Object id of the system-assigned identity.'],
  },
  readOnly: [
    '/sku/tier',
    '/identity/principalId',
    '/identity/tenantId',
    '/identity/userAssignedIdentities/*/principalId',
    '/identity/userAssignedIdentities/*/clientId',
    '/properties/abusePenalty',
    '/properties/apiProperties',
    '/properties/associatedProjects',
    '/properties/callRateLimit',
    '/properties/capabilities',
    '/properties/commitmentPlanAssociations',
    '/properties/dateCreated',
    '/properties/defaultProject',
    '/properties/deletionDate',
    '/properties/endpoint',
    '/properties/endpoints',
    '/properties/internalId',
    '/properties/isMigrated',
    '/properties/privateEndpointConnections',
    '/properties/quotaLimit',
    '/properties/scheduledPurgeDate',
    '/properties/skuChangeInfo',
  ],
  toArm: (body, site) => {
    const spec = site.spec as JsonObject;
    const named = withValueAt(
      body,
      '/properties/customSubDomainName',
      member(spec, 'customSubDomainName') ?? site.azureName,
    ) as JsonObject;
    return withNetworkRules(withAgentSubnet(named, member(spec, 'agentSubnet')), member(spec, 'network'));
  },
  fromArm: (spec, body, site) => ({
    ...spec,
    onSoftDeleted: member(site.spec as JsonObject, 'onSoftDeleted') ?? 'fail',
    ...networkOf(valueAt(body, '/properties/networkAcls')),
    ...agentSubnetOf(valueAt(body, '/properties/networkInjections/0/subnetArmId')),
  }),
});

/** Microsoft.CognitiveServices/accounts of kind AIServices. A deleted account holds its name until it is purged. */
export const foundryAccount: Reconciler = {
  ...account,
  async write(context, site, live, removed) {
    try {
      return await account.write(context, site, live, removed);
    } catch (error) {
      if (live || !isAzureError(error, 'FlagMustBeSetForRestore')) throw error;
      const choice = member(site.spec as JsonObject, 'onSoftDeleted');
      if (choice === 'fail') throw error;
      return choice === 'restore' ? restore(context, site) : purgeAndCreate(context, site);
    }
  },
};

/** Restoring brings the account back as it was, so the declared state is written once more afterwards. */
async function restore(context: WriteContext, site: Site): Promise<JsonObject> {
  const { address } = account.locate(site);
  if (!address) throw new Error(`The address of ${site.id} is not known`);
  context.report('restoring the deleted account');
  const { location } = site.environment;
  const body = await context.azure.put(
    address,
    { location, kind: 'AIServices', properties: { restore: true } },
    { signal: context.signal },
  );
  const live = { ...account.observe(body, site), address, body, fingerprint: '' };
  return account.write(context, site, live, []);
}

async function purgeAndCreate(context: WriteContext, site: Site): Promise<JsonObject> {
  const { subscriptionId, resourceGroup, location } = site.environment;
  const base = `/subscriptions/${subscriptionId}/providers/Microsoft.CognitiveServices/locations/${location}`;
  context.report('purging the deleted account');
  await context.azure.delete(
    { path: `${base}/resourceGroups/${resourceGroup}/deletedAccounts/${site.azureName}`, apiVersion },
    { signal: context.signal },
  );
  return account.write(context, site, undefined, []);
}

function withNetworkRules(body: JsonObject, network: Json | undefined): JsonObject {
  if (!isObject(network)) return body;
  const list = (name: string): readonly Json[] => (member(network, name) ?? []) as readonly Json[];
  const bypass = member(network, 'bypass');
  const networkAcls = {
    defaultAction: member(network, 'defaultAction') ?? 'Allow',
    ...(bypass === undefined ? {} : { bypass }),
    ipRules: list('ipRules').map((value) => ({ value })),
    virtualNetworkRules: list('subnets').map((id) => ({ id })),
  };
  return withValueAt(body, '/properties/networkAcls', networkAcls) as JsonObject;
}

function networkOf(acls: Json | undefined): JsonObject {
  if (!isObject(acls)) return {};
  const list = (name: string, key: string): Json[] =>
    ((member(acls, name) ?? []) as readonly Json[]).flatMap((rule) => member(rule, key) ?? []);
  const bypass = member(acls, 'bypass');
  return {
    network: {
      defaultAction: member(acls, 'defaultAction') ?? 'Allow',
      ...(bypass === undefined || bypass === null ? {} : { bypass }),
      ipRules: list('ipRules', 'value'),
      subnets: list('virtualNetworkRules', 'id'),
    },
  };
}

function withAgentSubnet(body: JsonObject, subnet: Json | undefined): JsonObject {
  if (subnet === undefined) return body;
  const networkInjections = [{ scenario: 'agent', subnetArmId: subnet, useMicrosoftManagedNetwork: false }];
  return withValueAt(body, '/properties/networkInjections', networkInjections) as JsonObject;
}

function agentSubnetOf(subnet: Json | undefined): JsonObject {
  return typeof subnet === 'string' ? { agentSubnet: subnet } : {};
}
