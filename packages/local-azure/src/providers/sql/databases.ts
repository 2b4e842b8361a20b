import { ArmError } from '../../arm/arm-error.ts';
import { IDENTITY } from '../../arm/identity.ts';
import { normaliseLocation } from '../../arm/locations.ts';
import type { Completed, ResourceType, Write } from '../../arm/contract.ts';
import { timestamp } from '../../engine/clock.ts';
import { member, overlayObjects, sameText, textAt, type JsonObject } from '../../engine/json.ts';
import type { StoredResource } from '../../engine/resources.ts';
import { DATABASE_TYPE, OBJECT_NAME, sqlOperation, SQL_VERSIONS } from './shared.ts';
import { DEFAULT_SKU, defaultMaxSize, resolveSku, SYSTEM_SKU, type Sku } from './skus.ts';

const COLLATION = 'SQL_Latin1_General_CP1_CI_AS';

/** Microsoft.Sql/servers/databases. `master` comes with the server and cannot be written. */
export const databases: ResourceType = {
  type: DATABASE_TYPE,
  apiVersions: SQL_VERSIONS,
  placement: 'child',
  tracked: true,
  hasSystemData: false,
  putKeepsOmitted: true,
  replacedWhole: ['sku'],
  body: {
    kind: 'readonly',
    managedBy: 'readonly',
    identity: IDENTITY,
    sku: { 'name!': 'string', tier: 'string', size: 'string', family: 'string', capacity: 'integer' },
    properties: {
      createMode: 'transient',
      sampleName: 'transient',
      sourceDatabaseId: 'transient',
      sourceDatabaseDeletionDate: 'transient',
      sourceResourceId: 'transient',
      restorePointInTime: 'transient',
      recoveryServicesRecoveryPointId: 'transient',
      longTermRetentionBackupResourceId: 'transient',
      recoverableDatabaseId: 'transient',
      restorableDroppedDatabaseId: 'transient',
      manualCutover: 'transient',
      performCutover: 'transient',
      collation: 'string',
      catalogCollation: 'DATABASE_DEFAULT|SQL_Latin1_General_CP1_CI_AS',
      maxSizeBytes: 'integer',
      elasticPoolId: 'string',
      zoneRedundant: 'boolean',
      licenseType: 'LicenseIncluded|BasePrice',
      readScale: 'Enabled|Disabled',
      highAvailabilityReplicaCount: 'integer',
      secondaryType: 'Geo|Named|Standby',
      autoPauseDelay: 'integer',
      minCapacity: 'number',
      requestedBackupStorageRedundancy: 'Geo|Local|Zone|GeoZone',
      maintenanceConfigurationId: 'string',
      isLedgerOn: 'boolean',
      federatedClientId: 'string',
      keys: { '*': 'any' },
      encryptionProtector: 'string',
      encryptionProtectorAutoRotation: 'boolean',
      preferredEnclaveType: 'Default|VBS',
      useFreeLimit: 'boolean',
      freeLimitExhaustionBehavior: 'AutoPause|BillOverUsage',
      availabilityZone: 'NoPreference|1|2|3',
      status: 'readonly',
      databaseId: 'readonly',
      creationDate: 'readonly',
      currentServiceObjectiveName: 'readonly',
      requestedServiceObjectiveName: 'readonly',
      defaultSecondaryLocation: 'readonly',
      failoverGroupId: 'readonly',
      maxLogSizeBytes: 'readonly',
      earliestRestoreDate: 'readonly',
      currentSku: 'readonly',
      currentBackupStorageRedundancy: 'readonly',
      pausedDate: 'readonly',
      resumedDate: 'readonly',
      isInfraEncryptionEnabled: 'readonly',
    },
  },
  immutable: ['properties.collation', 'properties.catalogCollation', 'properties.isLedgerOn'],
  codes: { immutable: 'InvalidParameterValue', immutableStatus: 400, busy: 'ConflictingDatabaseOperation' },
  names: { pattern: OBJECT_NAME, code: 'InvalidDatabaseName', message: "Invalid database name '{name}'." },
  statuses: { create: 202, update: 202, patch: 202, delete: 202 },
  longRunning: sqlOperation('database', {
    create: 'CreateLogicalDatabase',
    update: 'UpdateLogicalDatabase',
    delete: 'DropLogicalDatabase',
  }),
  check: (write) => {
    requireNotMaster(write.name);
    requirePlainCreation(write);
    requireSku(write);
    requireServerLocation(write);
  },
  complete,
  present,
  beforeDelete: (_call, { name }) => requireNotMaster(name),
};

function requireNotMaster(name: string): void {
  if (!sameText(name, 'master')) return;
  throw new ArmError(400, 'InvalidDatabaseName', "The operation is not supported on the system database 'master'.");
}

/** Copies, restores and replicas are not imitated. */
function requirePlainCreation({ body }: Write): void {
  const mode = textAt(body, 'properties.createMode') ?? 'Default';
  if (sameText(mode, 'Default')) return;
  throw new ArmError(501, 'NotImplemented', `The embedded Azure does not imitate createMode '${mode}' of databases.`);
}

function requireSku({ body }: Write): void {
  const sku = member(body, 'sku');
  if (sku === undefined || resolveSku(sku)) return;
  throw new ArmError(400, 'InvalidSku', `The specified sku '${textAt(sku, 'name') ?? ''}' is invalid.`, {
    target: 'sku',
  });
}

function requireServerLocation({ body, parent }: Write): void {
  const wanted = textAt(parent?.writable, 'location');
  const location = textAt(body, 'location') ?? '';
  if (wanted === undefined || normaliseLocation(wanted) === normaliseLocation(location)) return;
  const message = `A database must be in the location of its server, '${wanted}'.`;
  throw new ArmError(400, 'MismatchingLocation', message, { target: 'location' });
}

function skuOf(name: string, body: JsonObject): Sku {
  if (sameText(name, 'master')) return SYSTEM_SKU;
  return resolveSku(member(body, 'sku') ?? DEFAULT_SKU) ?? SYSTEM_SKU;
}

function complete({ engine, body, name, id, existing, now, call }: Write): Completed {
  const created = existing?.created.at ?? now;
  return {
    defaults: { properties: defaultsOf(skuOf(name, body), call.target.subscription) },
    readOnly: {
      properties: {
        status: 'Online',
        databaseId: textAt(existing?.readOnly, 'properties.databaseId') ?? engine.ids.guidOf(`${id}/${created}`),
        creationDate: timestamp(created),
        isInfraEncryptionEnabled: false,
      },
    },
  };
}

/** The sku is returned in full, whichever form was requested. */
function present(body: JsonObject, { name }: StoredResource): JsonObject {
  const { kind, shown, objective } = skuOf(name, body);
  const properties = {
    currentServiceObjectiveName: objective,
    requestedServiceObjectiveName: objective,
    currentSku: shown,
    currentBackupStorageRedundancy: textAt(body, 'properties.requestedBackupStorageRedundancy') ?? 'Geo',
  };
  return { ...overlayObjects(body, { properties }), kind, sku: shown };
}

function defaultsOf({ tier, kind }: Sku, subscription: string): JsonObject {
  const maintenance = `/subscriptions/${subscription}/providers/Microsoft.Maintenance/publicMaintenanceConfigurations/SQL_Default`;
  const isServerless = kind.endsWith('serverless');
  return {
    collation: COLLATION,
    catalogCollation: COLLATION,
    maxSizeBytes: defaultMaxSize(tier),
    zoneRedundant: false,
    readScale: tier === 'Premium' || tier === 'BusinessCritical' ? 'Enabled' : 'Disabled',
    requestedBackupStorageRedundancy: 'Geo',
    maintenanceConfigurationId: maintenance,
    isLedgerOn: false,
    availabilityZone: 'NoPreference',
    ...(kind.includes('vcore') && !isServerless ? { licenseType: 'LicenseIncluded' } : {}),
    ...(isServerless ? { autoPauseDelay: 60, minCapacity: 0.5 } : {}),
  };
}
