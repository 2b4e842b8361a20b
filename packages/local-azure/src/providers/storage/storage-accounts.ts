import { ArmError } from '../../arm/arm-error.ts';
import { createChild } from '../../arm/build.ts';
import { IDENTITY } from '../../arm/identity.ts';
import { requireResource } from '../../arm/read.ts';
import type { Completed, ResourceType, Write } from '../../arm/contract.ts';
import { timestamp } from '../../engine/clock.ts';
import type { Ids } from '../../engine/ids.ts';
import { sameText, textAt, type JsonObject } from '../../engine/json.ts';
import { json } from '../../http/reply.ts';
import { blobServices } from './blob-services.ts';
import { STORAGE_VERSIONS } from './api-versions.ts';

const service = { enabled: 'boolean', keyType: 'Service|Account|*', lastEnabledTime: 'readonly' };
const addresses = [{ 'value!': 'string', action: 'Allow' }] as const;
const switchable = { enabled: 'boolean' };

/** Microsoft.Storage/storageAccounts. A PUT on an existing account updates it: what is not sent stays. */
export const storageAccounts: ResourceType = {
  type: 'Microsoft.Storage/storageAccounts',
  apiVersions: STORAGE_VERSIONS,
  placement: 'resource-group',
  putKeepsOmitted: true,
  body: {
    'kind!': 'Storage|StorageV2|BlobStorage|FileStorage|BlockBlobStorage',
    'sku!': {
      'name!':
        'Standard_LRS|Standard_GRS|Standard_RAGRS|Standard_ZRS|Premium_LRS|Premium_ZRS|Standard_GZRS|Standard_RAGZRS|StandardV2_LRS|StandardV2_GRS|StandardV2_ZRS|StandardV2_GZRS|PremiumV2_LRS|PremiumV2_ZRS',
      tier: 'readonly',
    },
    identity: IDENTITY,
    extendedLocation: { name: 'string', type: 'EdgeZone' },
    zones: ['string'],
    placement: { zonePlacementPolicy: 'Any|None' },
    properties: {
      provisioningState: 'readonly',
      accessTier: 'Hot|Cool|Premium|Cold|Smart',
      allowBlobPublicAccess: 'boolean = false',
      allowCrossTenantReplication: 'boolean = false',
      allowSharedKeyAccess: 'boolean',
      allowedCopyScope: 'PrivateLink|AAD|All',
      azureFilesIdentityBasedAuthentication: 'object',
      customDomain: { 'name!': 'string', useSubDomainName: 'boolean' },
      defaultToOAuthAuthentication: 'boolean',
      dnsEndpointType: 'Standard|AzureDnsZone',
      dualStackEndpointPreference: { publishIpv6Endpoint: 'boolean' },
      enableExtendedGroups: 'boolean',
      encryption: {
        services: { blob: service, file: service, table: service, queue: service },
        keySource: 'Microsoft.Storage|Microsoft.Keyvault = Microsoft.Storage',
        requireInfrastructureEncryption: 'boolean',
        keyvaultproperties: {
          keyname: 'string',
          keyversion: 'string',
          keyvaulturi: 'string',
          currentVersionedKeyIdentifier: 'readonly',
          lastKeyRotationTimestamp: 'readonly',
          currentVersionedKeyExpirationTimestamp: 'readonly',
        },
        identity: { userAssignedIdentity: 'string', federatedIdentityClientId: 'string' },
      },
      geoPriorityReplicationStatus: { isBlobEnabled: 'boolean' },
      allowSharedKeyAccessForServices: { blob: switchable, file: switchable, table: switchable, queue: switchable },
      dataCollaborationPolicyProperties: {
        allowStorageConnectors: 'boolean',
        allowStorageDataShares: 'boolean',
        allowCrossTenantDataSharing: 'boolean',
      },
      immutableStorageWithVersioning: {
        enabled: 'boolean',
        immutabilityPolicy: {
          immutabilityPeriodSinceCreationInDays: 'integer(1..146000)',
          state: 'Unlocked|Locked|Disabled',
          allowProtectedAppendWrites: 'boolean',
        },
      },
      isHnsEnabled: 'boolean',
      isLocalUserEnabled: 'boolean',
      isNfsV3Enabled: 'boolean',
      isSftpEnabled: 'boolean',
      keyPolicy: { 'keyExpirationPeriodInDays!': 'integer' },
      largeFileSharesState: 'Disabled|Enabled',
      minimumTlsVersion: 'TLS1_0|TLS1_1|TLS1_2|TLS1_3 = TLS1_2',
      networkAcls: {
        'defaultAction!': 'Allow|Deny',
        bypass: 'string = AzureServices',
        ipRules: addresses,
        ipv6Rules: addresses,
        virtualNetworkRules: [{ 'id!': 'string', action: 'Allow', state: 'readonly' }],
        resourceAccessRules: [{ tenantId: 'string', resourceId: 'string' }],
      },
      publicNetworkAccess: 'Enabled|Disabled|SecuredByPerimeter',
      routingPreference: {
        routingChoice: 'MicrosoftRouting|InternetRouting',
        publishMicrosoftEndpoints: 'boolean',
        publishInternetEndpoints: 'boolean',
      },
      sasPolicy: { 'sasExpirationPeriod!': 'string', 'expirationAction!': 'Log|Block' },
      supportsHttpsTrafficOnly: 'boolean = true',
      creationTime: 'readonly',
      keyCreationTime: 'readonly',
      primaryEndpoints: 'readonly',
      primaryLocation: 'readonly',
      secondaryEndpoints: 'readonly',
      secondaryLocation: 'readonly',
      statusOfPrimary: 'readonly',
      statusOfSecondary: 'readonly',
      privateEndpointConnections: 'readonly',
      lastGeoFailoverTime: 'readonly',
      geoReplicationStats: 'readonly',
      failoverInProgress: 'readonly',
      blobRestoreStatus: 'readonly',
      storageAccountSkuConversionStatus: 'readonly',
      isSkuConversionBlocked: 'readonly',
      accountMigrationInProgress: 'readonly',
    },
  },
  immutable: [
    'kind',
    'properties.isHnsEnabled',
    'properties.isNfsV3Enabled',
    'properties.dnsEndpointType',
    'properties.encryption.requireInfrastructureEncryption',
    'properties.immutableStorageWithVersioning',
  ],
  codes: { immutable: 'AccountPropertyCannotBeUpdated', immutableStatus: 400 },
  names: {
    pattern: /^[a-z0-9]{3,24}$/u,
    code: 'AccountNameInvalid',
    message:
      '{name} is not a valid storage account name. Storage account name must be between 3 and 24 characters in length and use numbers and lower-case letters only.',
  },
  statuses: { create: 202, update: 200, patch: 200, delete: 200 },
  longRunning: { create: ['location'], statusPath: 'locations/{location}/asyncoperations/{id}' },
  check: requireFreeName,
  complete,
  afterWrite: (write, account) => {
    if (!write.existing) createChild(write.call, account, blobServices, 'default', {});
  },
  actions: {
    listKeys: (call) => json(200, { keys: keysOf(requireResource(call).id, call.engine.ids) }),
  },
};

/** Account names are unique in all of Azure, here in all subscriptions. */
function requireFreeName({ engine, existing, name, id }: Write): void {
  const taken =
    !existing &&
    engine.resources
      .list({ type: storageAccounts.type })
      .some((other) => sameText(other.name, name) && !sameText(other.id, id));
  if (taken)
    throw new ArmError(409, 'StorageAccountAlreadyTaken', `The storage account named ${name} is already taken.`, {
      target: 'name',
    });
}

function complete({ name, body, existing, now }: Write): Completed {
  const created = timestamp(existing?.created.at ?? now);
  const tier = textAt(body, 'sku.name')?.startsWith('Premium') ? 'Premium' : 'Standard';
  const encrypted = { enabled: true, keyType: 'Account' };
  return {
    defaults: {
      properties: {
        accessTier: tier === 'Premium' ? 'Premium' : 'Hot',
        encryption: { keySource: 'Microsoft.Storage', services: { file: encrypted, blob: encrypted } },
        networkAcls: { bypass: 'AzureServices', defaultAction: 'Allow', ipRules: [], virtualNetworkRules: [] },
      },
    },
    readOnly: {
      sku: { tier },
      properties: {
        creationTime: created,
        keyCreationTime: { key1: created, key2: created },
        primaryEndpoints: endpoints(name),
        primaryLocation: textAt(body, 'location') ?? '',
        statusOfPrimary: 'available',
        privateEndpointConnections: [],
      },
    },
  };
}

function endpoints(name: string): JsonObject {
  const services = ['blob', 'dfs', 'file', 'queue', 'table', 'web'];
  return Object.fromEntries(
    services.map((each) => [each, `https://${name}.${each === 'web' ? 'z1.web' : each}.core.windows.net/`]),
  );
}

function keysOf(id: string, ids: Ids): JsonObject[] {
  return ['key1', 'key2'].map((keyName) => ({
    keyName,
    value: Buffer.from(`${ids.guidOf(`${id}/${keyName}`)}${ids.guidOf(`${id}/${keyName}/more`)}`).toString('base64'),
    permissions: 'FULL',
  }));
}
