import { isAzureError } from '../../model/azure.ts';
import { mergePatch, textAt, textOf, valueAt, withValueAt, type JsonObject } from '../../model/json.ts';
import type { Site, WriteContext } from '../../model/kind.ts';
import { armKind } from '../shared/arm-kind.ts';
import { NETWORK_ITEMS, networkAcls, networkRulesOf } from '../shared/network-rules.ts';
import { withSoftDelete } from '../shared/soft-delete.ts';
import schema from './schema.json' with { type: 'json' };
import type { KeyVaultSpec } from './spec.ts';

const TYPE = 'Microsoft.KeyVault/vaults';
const apiVersion = '2026-02-01';

const vault = armKind<KeyVaultSpec>({
  kind: 'KeyVault',
  globalName: { action: 'Microsoft.KeyVault/checkNameAvailability', type: 'Microsoft.KeyVault/vaults' },
  schema,
  type: TYPE,
  apiVersion,
  nameRule: { scope: 'global', pattern: /^[a-zA-Z](?:-?[a-zA-Z0-9]){2,23}$/, maxLength: 24, style: 'lower-kebab' },
  stateful: true,
  outputs: { vaultUri: ['/properties/vaultUri', 'URL of its secrets and keys.'] },
  readOnly: ['/properties/vaultUri', '/properties/hsmPoolResourceId', '/properties/privateEndpointConnections'],
  targets: { network: ['/properties/networkAcls'] },
  itemKeys: NETWORK_ITEMS,
  toArm(body, { spec: { network, enablePurgeProtection } }) {
    const acls = network ? { networkAcls: networkAcls(network, { bypass: network.bypass ?? 'AzureServices' }) } : {};
    const sent = mergePatch(body, { properties: { sku: { family: 'A' }, accessPolicies: [], ...acls } }) as JsonObject;
    // Azure takes true or nothing.
    return enablePurgeProtection === true
      ? sent
      : (withValueAt(sent, '/properties/enablePurgeProtection', undefined) as JsonObject);
  },
  async complete(body, site, context) {
    if (textAt(body, '/properties/tenantId') !== '') return body;
    return withValueAt(body, '/properties/tenantId', await tenantOf(site, context)) as JsonObject;
  },
  fromArm(spec, body, site) {
    const network = networkRulesOf(valueAt(body, '/properties/networkAcls'));
    const bypass = textAt(body, '/properties/networkAcls/bypass');
    return {
      ...spec,
      onSoftDeleted: site.spec.onSoftDeleted ?? 'fail',
      ...(network ? { network: { ...network, ...(bypass === '' ? {} : { bypass }) } } : {}),
    };
  },
});

/** Every vault names its tenant; a subscription knows it. */
async function tenantOf({ environment }: Site, { azure }: WriteContext): Promise<string> {
  if (environment.tenantId !== undefined) return environment.tenantId;
  const path = `/subscriptions/${environment.subscriptionId}`;
  return textOf((await azure.get({ path, apiVersion: '2022-12-01' })) ?? {}, 'tenantId');
}

function locationOf({ spec, environment }: Site): string {
  return textOf(spec as JsonObject, 'location') || environment.location;
}

/** Microsoft.KeyVault/vaults@2026-02-01. A deleted vault holds its name until it is purged or its retention ends. */
export const keyVault = withSoftDelete(vault, {
  deleted: { provider: 'Microsoft.KeyVault', collection: 'deletedVaults', apiVersion },
  refused: (error) => isAzureError(error, 'ConflictError', 'VaultAlreadyExists'),
  restore: async (context, site, path) =>
    context.azure.put(
      { path, apiVersion },
      {
        location: locationOf(site),
        properties: {
          createMode: 'recover',
          tenantId: await tenantOf(site, context),
          sku: { family: 'A', name: 'standard' },
        },
      },
      { signal: context.signal },
    ),
  async purge({ azure, signal }, site) {
    const base = `/subscriptions/${site.environment.subscriptionId}/providers/Microsoft.KeyVault/locations`;
    const path = `${base}/${locationOf(site)}/deletedVaults/${site.azureName}/purge`;
    await azure.post({ path, apiVersion }, undefined, { signal });
  },
});
