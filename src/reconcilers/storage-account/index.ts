import { isArray, textAt, valueAt, withValueAt, type JsonObject } from '../../model/json.ts';
import { armKind } from '../shared/arm-kind.ts';
import { NETWORK_ITEMS, networkAcls, networkRulesOf } from '../shared/network-rules.ts';
import schema from './schema.json' with { type: 'json' };
import type { StorageAccountSpec } from './spec.ts';

const apiVersion = '2026-04-01';

const containers = armKind({
  kind: 'BlobContainer',
  schema: schema.properties.containers.items,
  type: 'Microsoft.Storage/storageAccounts/blobServices/containers',
  apiVersion,
  below: '/blobServices/default',
  nameRule: { scope: 'parent', pattern: /^[a-z0-9](-?[a-z0-9]){2,62}$/, maxLength: 63, style: 'as-is' },
  ownership: 'metadata',
  stateful: true,
  readOnly: [
    '/properties/version',
    '/properties/deleted',
    '/properties/deletedTime',
    '/properties/remainingRetentionDays',
    '/properties/lastModifiedTime',
    '/properties/leaseStatus',
    '/properties/leaseState',
    '/properties/leaseDuration',
    '/properties/immutabilityPolicy',
    '/properties/legalHold',
    '/properties/hasLegalHold',
    '/properties/hasImmutabilityPolicy',
  ],
});

/** Microsoft.Storage/storageAccounts/managementPolicies: one per account, always called `default`. */
const dataLifecycle = armKind({
  kind: 'ManagementPolicy',
  schema: schema.properties.dataLifecycle,
  type: 'Microsoft.Storage/storageAccounts/managementPolicies',
  apiVersion,
  nameRule: { scope: 'parent', pattern: /^default$/, maxLength: 7, style: 'as-is', fixed: 'default' },
  ownership: 'none',
  noList: true,
  readOnly: ['/properties/lastModifiedTime'],
  toArm(body) {
    const rules = valueAt(body, '/properties/policy/rules');
    const typed = isArray(rules) ? rules.map((rule) => ({ type: 'Lifecycle', ...(rule as JsonObject) })) : [];
    return withValueAt(body, '/properties/policy/rules', typed) as JsonObject;
  },
});

export const storageAccount = armKind<StorageAccountSpec>({
  kind: 'StorageAccount',
  globalName: { action: 'Microsoft.Storage/checkNameAvailability', type: 'Microsoft.Storage/storageAccounts' },
  schema,
  type: 'Microsoft.Storage/storageAccounts',
  apiVersion,
  nameRule: { scope: 'global', pattern: /^[a-z0-9]{3,24}$/, maxLength: 24, style: 'alphanumeric' },
  fixed: { kind: 'StorageV2' },
  stateful: true,
  outputs: {
    blobEndpoint: ['/properties/primaryEndpoints/blob', 'URL of its blobs.'],
    dfsEndpoint: ['/properties/primaryEndpoints/dfs', 'URL of its Data Lake file systems.'],
  },
  readOnly: [
    '/sku/tier',
    '/properties/accountMigrationInProgress',
    '/properties/blobRestoreStatus',
    '/properties/creationTime',
    '/properties/encryption/services/*/lastEnabledTime',
    '/properties/failoverInProgress',
    '/properties/geoReplicationStats',
    '/properties/isSkuConversionBlocked',
    '/properties/keyCreationTime',
    '/properties/lastGeoFailoverTime',
    '/properties/networkAcls/virtualNetworkRules/*/state',
    '/properties/primaryEndpoints',
    '/properties/primaryLocation',
    '/properties/privateEndpointConnections',
    '/properties/secondaryEndpoints',
    '/properties/secondaryLocation',
    '/properties/statusOfPrimary',
    '/properties/statusOfSecondary',
    '/properties/storageAccountSkuConversionStatus',
  ],
  targets: { network: ['/properties/networkAcls'] },
  itemKeys: NETWORK_ITEMS,
  parts: { containers, dataLifecycle },
  toArm(body, { spec: { network } }) {
    if (!network) return body;
    const bypass = (network.bypass ?? []).join(', ') || 'None';
    return withValueAt(body, '/properties/networkAcls', networkAcls(network, { bypass })) as JsonObject;
  },
  fromArm(spec, body) {
    const network = networkRulesOf(valueAt(body, '/properties/networkAcls'));
    const told = textAt(body, '/properties/networkAcls/bypass');
    const names = told.split(',').map((name) => name.trim());
    if (!network) return spec;
    // Where nothing is said Azure's own services are let through; nobody is told as `None`.
    return told === ''
      ? { ...spec, network }
      : { ...spec, network: { ...network, bypass: names.filter((name) => name !== 'None') } };
  },
});
