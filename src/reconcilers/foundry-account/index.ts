import { isAzureError } from '../../model/azure.ts';
import { mergePatch, textAt, textOf, valueAt, type JsonObject } from '../../model/json.ts';
import type { Reconciler, Site, WriteContext } from '../../model/kind.ts';
import { armKind } from '../shared/arm-kind.ts';
import { networkAcls, networkRulesOf } from '../shared/network-rules.ts';
import schema from './schema.json' with { type: 'json' };
import type { FoundryAccountSpec } from './spec.ts';

const apiVersion = '2026-07-01';

const account = armKind<FoundryAccountSpec>({
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
  toArm(body, { spec, azureName }) {
    const { customSubDomainName = azureName, network, agentSubnet } = spec;
    const properties: JsonObject = {
      customSubDomainName,
      ...(network ? { networkAcls: networkAcls(network, network.bypass ? { bypass: network.bypass } : {}) } : {}),
      ...(agentSubnet
        ? { networkInjections: [{ scenario: 'agent', subnetArmId: agentSubnet, useMicrosoftManagedNetwork: false }] }
        : {}),
    };
    return mergePatch(body, { properties }) as JsonObject;
  },
  fromArm(spec, body, site) {
    const network = networkRulesOf(valueAt(body, '/properties/networkAcls'));
    const bypass = textAt(body, '/properties/networkAcls/bypass');
    const agentSubnet = textAt(body, '/properties/networkInjections/0/subnetArmId');
    return {
      ...spec,
      onSoftDeleted: site.spec.onSoftDeleted ?? 'fail',
      ...(network ? { network: { ...network, ...(bypass === '' ? {} : { bypass }) } } : {}),
      ...(agentSubnet === '' ? {} : { agentSubnet }),
    };
  },
});

/** Microsoft.CognitiveServices/accounts of kind AIServices. A deleted account holds its name until it is purged. */
export const foundryAccount: Reconciler = {
  ...account,
  async write(context, site, live, removed) {
    try {
      return await account.write(context, site, live, removed);
    } catch (error) {
      if (live || !isAzureError(error, 'FlagMustBeSetForRestore')) throw error;
      const choice = textOf(site.spec as JsonObject, 'onSoftDeleted');
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
