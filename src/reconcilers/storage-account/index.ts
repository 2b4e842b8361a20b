import { isArray, isObject, member, valueAt, type Json, type JsonObject } from '../../model/json.ts';
import { armKind } from '../shared/arm-kind.ts';
import schema from './schema.json' with { type: 'json' };

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

export const storageAccount = armKind({
  kind: 'StorageAccount',
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
    '/identity/principalId',
    '/identity/tenantId',
    '/identity/userAssignedIdentities/*/principalId',
    '/identity/userAssignedIdentities/*/clientId',
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
  parts: { containers },
  toArm: (body, site) => withNetworkAcls(body, member(site.spec as JsonObject, 'network')),
  fromArm: (spec, body) => ({ ...spec, ...networkOf(valueAt(body, '/properties/networkAcls')) }),
});

/** ARM spells `bypass` as one text and rules as objects. */
function withNetworkAcls(body: JsonObject, network: Json | undefined): JsonObject {
  if (!isObject(network)) return body;
  const networkAcls: JsonObject = {
    defaultAction: member(network, 'defaultAction') ?? 'Allow',
    bypass: texts(member(network, 'bypass')).join(', ') || 'None',
    ipRules: texts(member(network, 'ipRules')).map((value) => ({ value, action: 'Allow' })),
    virtualNetworkRules: texts(member(network, 'subnets')).map((id) => ({ id, action: 'Allow' })),
  };
  const properties = member(body, 'properties');
  return { ...body, properties: { ...(isObject(properties) ? properties : {}), networkAcls } };
}

function networkOf(acls: Json | undefined): JsonObject {
  if (!isObject(acls)) return {};
  const bypass = member(acls, 'bypass');
  const names = typeof bypass === 'string' ? bypass.split(',').map((name) => name.trim()) : [];
  return {
    network: {
      defaultAction: member(acls, 'defaultAction') ?? 'Allow',
      bypass: names.filter((name) => name !== '' && name !== 'None'),
      ipRules: items(member(acls, 'ipRules')).flatMap((rule) => member(rule, 'value') ?? []),
      subnets: items(member(acls, 'virtualNetworkRules')).flatMap((rule) => member(rule, 'id') ?? []),
    },
  };
}

function items(value: Json | undefined): readonly Json[] {
  return isArray(value) ? value : [];
}

function texts(value: Json | undefined): string[] {
  return items(value).filter((item) => typeof item === 'string');
}
