import { isAzureError } from '../../model/azure.ts';
import { mergePatch, textAt, valueAt, type JsonObject } from '../../model/json.ts';
import type { NameCheck } from '../../model/kind.ts';
import { armKind } from '../shared/arm-kind.ts';
import { NETWORK_ITEMS, networkAcls, networkRulesOf } from '../shared/network-rules.ts';
import { withSoftDelete } from '../shared/soft-delete.ts';
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
    location: ['/location', 'Region of the account and its projects.'],
    endpoint: ['/properties/endpoint', 'URL of its AI services.'],
    openAiEndpoint: ['/properties/endpoints/OpenAI Language Model Instance API', 'URL of its OpenAI-compatible API.'],
    principalId: ['/identity/principalId', 'Object id of the system-assigned identity.'],
  },
  readOnly: [
    '/sku/tier',
    '/properties/abusePenalty',
    '/properties/callRateLimit',
    '/properties/capabilities',
    '/properties/commitmentPlanAssociations',
    '/properties/dateCreated',
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
  targets: { network: ['/properties/networkAcls'], agentSubnet: ['/properties/networkInjections'] },
  itemKeys: NETWORK_ITEMS,
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

/** The name is the host name of the account unless customSubDomainName says otherwise. */
const domainCheck: NameCheck = {
  path: 'Microsoft.CognitiveServices/checkDomainAvailability',
  apiVersion,
  body: (subdomainName) => ({ subdomainName, type: 'Microsoft.CognitiveServices/accounts', kind: 'AIServices' }),
};

/** Microsoft.CognitiveServices/accounts of kind AIServices. A deleted account holds its name until it is purged. */
export const foundryAccount = withSoftDelete(
  { ...account, nameCheck: domainCheck },
  {
    deleted: { provider: 'Microsoft.CognitiveServices', collection: 'deletedAccounts', apiVersion },
    refused: (error) => isAzureError(error, 'FlagMustBeSetForRestore'),
    restore: ({ azure, signal }, { environment: { location } }, path) =>
      azure.put({ path, apiVersion }, { location, kind: 'AIServices', properties: { restore: true } }, { signal }),
    async purge({ azure, signal }, { azureName, environment: { subscriptionId, resourceGroup, location } }) {
      const base = `/subscriptions/${subscriptionId}/providers/Microsoft.CognitiveServices/locations/${location}`;
      const path = `${base}/resourceGroups/${resourceGroup}/deletedAccounts/${azureName}`;
      await azure.delete({ path, apiVersion }, { signal });
    },
  },
);
