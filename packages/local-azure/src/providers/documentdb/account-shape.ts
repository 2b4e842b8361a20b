import { IDENTITY } from '../../arm/identity.ts';
import type { ObjectShape } from '../../shape/notation.ts';

const switchable = 'Enabled|Disabled|SecuredByPerimeter';

/** Body of Microsoft.DocumentDB/databaseAccounts, api-version 2026-03-15. */
export const ACCOUNT_SHAPE: ObjectShape = {
  kind: 'GlobalDocumentDB|MongoDB|Parse',
  identity: IDENTITY,
  'properties!': {
    'databaseAccountOfferType!': 'Standard',
    'locations!': [
      {
        locationName: 'string',
        failoverPriority: 'integer(0..)',
        isZoneRedundant: 'boolean = false',
        id: 'readonly',
        documentEndpoint: 'readonly',
        provisioningState: 'readonly',
      },
    ],
    consistencyPolicy: {
      'defaultConsistencyLevel!': 'Eventual|Session|BoundedStaleness|Strong|ConsistentPrefix',
      maxStalenessPrefix: 'integer(1..2147483647) = 100',
      maxIntervalInSeconds: 'integer(5..86400) = 5',
    },
    ipRules: [{ ipAddressOrRange: 'string' }],
    isVirtualNetworkFilterEnabled: 'boolean = false',
    enableAutomaticFailover: 'boolean = false',
    capabilities: [{ name: 'string' }],
    virtualNetworkRules: [{ id: 'string', ignoreMissingVNetServiceEndpoint: 'boolean' }],
    enableMultipleWriteLocations: 'boolean = false',
    enableCassandraConnector: 'boolean',
    connectorOffer: 'Small',
    disableKeyBasedMetadataWriteAccess: 'boolean = false',
    keyVaultKeyUri: 'string',
    defaultIdentity: 'string = FirstPartyIdentity',
    publicNetworkAccess: `${switchable} = Enabled`,
    enableFreeTier: 'boolean',
    apiProperties: { serverVersion: '3.2|3.6|4.0|4.2|5.0|6.0|7.0|*' },
    enableAnalyticalStorage: 'boolean',
    analyticalStorageConfiguration: { schemaType: 'WellDefined|FullFidelity' },
    createMode: 'transient',
    backupPolicy: {
      'type!': 'Periodic|Continuous',
      migrationState: 'readonly',
      '?type': {
        Periodic: {
          periodicModeProperties: {
            backupIntervalInMinutes: 'integer(60..1440)',
            backupRetentionIntervalInHours: 'integer(8..720)',
            backupStorageRedundancy: 'Geo|Local|Zone',
          },
        },
        Continuous: { continuousModeProperties: { tier: 'Continuous7Days|Continuous30Days' } },
      },
    },
    cors: [
      {
        'allowedOrigins!': 'string',
        allowedMethods: 'string',
        allowedHeaders: 'string',
        exposedHeaders: 'string',
        maxAgeInSeconds: 'integer(1..2147483647)',
      },
    ],
    networkAclBypass: 'None|AzureServices = None',
    networkAclBypassResourceIds: ['string'],
    disableLocalAuth: 'boolean = false',
    restoreParameters: 'transient',
    capacity: { totalThroughputLimit: 'integer(-1..)' },
    enablePartitionMerge: 'boolean = false',
    enableBurstCapacity: 'boolean = false',
    minimalTlsVersion: 'Tls|Tls11|Tls12 = Tls12',
    customerManagedKeyStatus: 'string',
    enablePriorityBasedExecution: 'boolean',
    defaultPriorityLevel: 'High|Low',
    enablePerRegionPerPartitionAutoscale: 'boolean',
    enforceHierarchicalPartitionKeyIdLastLevel: 'boolean',
    keysMetadata: 'readonly',
    provisioningState: 'readonly',
    documentEndpoint: 'readonly',
    writeLocations: 'readonly',
    readLocations: 'readonly',
    failoverPolicies: 'readonly',
    instanceId: 'readonly',
    keyVaultKeyUriVersion: 'readonly',
    privateEndpointConnections: 'readonly',
  },
};
