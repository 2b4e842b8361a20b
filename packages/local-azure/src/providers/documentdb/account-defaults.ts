import { arrayAt, defined, textAt, type JsonObject } from '../../engine/json.ts';

const PERIODIC: JsonObject = {
  type: 'Periodic',
  periodicModeProperties: {
    backupIntervalInMinutes: 240,
    backupRetentionIntervalInHours: 8,
    backupStorageRedundancy: 'Geo',
  },
};
const CONTINUOUS: JsonObject = { type: 'Continuous', continuousModeProperties: { tier: 'Continuous30Days' } };

/** Defaults of an account. `before` are its properties so far: some of them are immutable. */
export function accountDefaults(body: JsonObject, before: JsonObject): JsonObject {
  const capabilities = before['capabilities'] ?? [];
  const said = arrayAt(body, 'properties.capabilities');
  const isServerless = [...said, ...arrayAt({ capabilities }, 'capabilities')].some(
    (each) => textAt(each, 'name') === 'EnableServerless',
  );
  return {
    kind: 'GlobalDocumentDB',
    identity: { type: 'None' },
    properties: defined({
      ipRules: [],
      capabilities: said.length > 0 ? [] : capabilities,
      virtualNetworkRules: [],
      cors: [],
      networkAclBypassResourceIds: [],
      enableFreeTier: false,
      enableAnalyticalStorage: before['enableAnalyticalStorage'] ?? false,
      keyVaultKeyUri: before['keyVaultKeyUri'],
      analyticalStorageConfiguration: { schemaType: 'WellDefined' },
      consistencyPolicy: { defaultConsistencyLevel: 'Session', maxIntervalInSeconds: 5, maxStalenessPrefix: 100 },
      backupPolicy: backupOf(body, before),
      capacity: isServerless ? { totalThroughputLimit: 4000 } : undefined,
    }),
  };
}

function backupOf(body: JsonObject, before: JsonObject): JsonObject {
  const type = textAt(body, 'properties.backupPolicy.type') ?? textAt(before, 'backupPolicy.type');
  return type === 'Continuous' ? CONTINUOUS : PERIODIC;
}
