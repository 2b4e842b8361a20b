import { ArmError } from '../../arm/arm-error.ts';
import { createChild } from '../../arm/build.ts';
import { IDENTITY } from '../../arm/identity.ts';
import type { Completed, ResourceType, Write } from '../../arm/contract.ts';
import { timestamp } from '../../engine/clock.ts';
import { textAt, valueAt, type JsonObject } from '../../engine/json.ts';
import type { Resource } from '../../engine/resources.ts';
import { credentialActions } from './credentials.ts';
import { forgetImages } from './image-store.ts';
import { importImage } from './import-image.ts';
import { replications } from './replications.ts';
import { scheduleRun } from './schedule-run.ts';
import { findRegistry, loginServer, NAME, REGISTRY_TYPE, REGISTRY_VERSIONS } from './shared.ts';
import { listBuildSourceUploadUrl } from './uploads.ts';

const policy = { status: 'enabled|disabled' };

/** Microsoft.ContainerRegistry/registries. Long-running by `provisioningState` only, but for DELETE. */
export const registries: ResourceType = {
  type: REGISTRY_TYPE,
  apiVersions: REGISTRY_VERSIONS,
  placement: 'resource-group',
  body: {
    'sku!': { 'name!': 'Basic|Standard|Premium|Classic', tier: 'readonly' },
    identity: IDENTITY,
    properties: {
      loginServer: 'readonly',
      creationDate: 'readonly',
      provisioningState: 'readonly',
      status: 'readonly',
      privateEndpointConnections: 'readonly',
      dataEndpointHostNames: 'readonly',
      adminUserEnabled: 'boolean = false',
      networkRuleSet: {
        'defaultAction!': 'Allow|Deny',
        ipRules: [{ action: 'Allow = Allow', 'value!': 'string' }],
      },
      policies: {
        quarantinePolicy: policy,
        trustPolicy: { type: 'Notary', ...policy },
        retentionPolicy: { days: 'integer(0..365)', lastUpdatedTime: 'readonly', ...policy },
        exportPolicy: policy,
        azureADAuthenticationAsArmPolicy: policy,
      },
      encryption: {
        ...policy,
        keyVaultProperties: {
          keyIdentifier: 'string',
          identity: 'string',
          versionedKeyIdentifier: 'readonly',
          keyRotationEnabled: 'readonly',
          lastKeyRotationTimestamp: 'readonly',
        },
      },
      dataEndpointEnabled: 'boolean = false',
      publicNetworkAccess: 'Enabled|Disabled = Enabled',
      networkRuleBypassOptions: 'AzureServices|None = AzureServices',
      networkRuleBypassAllowedForTasks: 'boolean',
      zoneRedundancy: 'Enabled|Disabled',
      anonymousPullEnabled: 'boolean = false',
      roleAssignmentMode: 'AbacRepositoryPermissions|LegacyRegistryPermissions = LegacyRegistryPermissions',
    },
  },
  immutable: ['properties.zoneRedundancy'],
  codes: { immutable: 'PropertyChangeNotAllowed', immutableStatus: 400 },
  names: {
    pattern: NAME,
    code: 'InvalidResourceName',
    message: "The registry name '{name}' is invalid: 5 to 50 letters and digits.",
  },
  statuses: { create: 201, update: 200, patch: 200, delete: 202 },
  longRunning: {
    create: [],
    update: [],
    patch: [],
    delete: ['location'],
    statusPath: 'locations/{location}/operationResults/registries-{id}',
  },
  check: (write) => {
    requireFreeName(write);
    requirePremium(write);
  },
  complete,
  afterWrite: ({ call }, registry) => createHomeReplication(call, registry),
  afterDelete: forgetImages,
  actions: { ...credentialActions, importImage, scheduleRun, listBuildSourceUploadUrl },
};

function requireFreeName({ engine, existing, name }: Write): void {
  if (existing || !findRegistry(engine, name)) return;
  const message = `The registry DNS name ${loginServer({ name })} is already in use. You can check if the name is already claimed using following API: https://docs.microsoft.com/en-us/rest/api/containerregistry/registries/checknameavailability`;
  throw new ArmError(409, 'AlreadyInUse', message);
}

/** Features of Premium registries only. */
function requirePremium({ body }: Write): void {
  if (textAt(body, 'sku.name') === 'Premium') return;
  const wanted: readonly (readonly [string, unknown])[] = [
    ['properties.networkRuleSet.defaultAction', 'Deny'],
    ['properties.dataEndpointEnabled', true],
    ['properties.zoneRedundancy', 'Enabled'],
    ['properties.encryption.status', 'enabled'],
    ['properties.policies.retentionPolicy.status', 'enabled'],
    ['properties.policies.trustPolicy.status', 'enabled'],
    ['properties.publicNetworkAccess', 'Disabled'],
  ];
  const refused = wanted.find(([path, value]) => valueAt(body, path) === value)?.[0];
  if (refused === undefined) return;
  const message = `The property '${refused}' needs a registry of the Premium sku.`;
  throw new ArmError(400, 'SkuNotSupported', message, { target: refused });
}

function complete({ body, existing, now, name }: Write): Completed {
  const tier = textAt(body, 'sku.name') ?? 'Basic';
  const updated = textAt(existing?.readOnly, 'properties.policies.retentionPolicy.lastUpdatedTime') ?? timestamp(now);
  const hasDataEndpoints = valueAt(body, 'properties.dataEndpointEnabled') === true;
  const region = textAt(body, 'location') ?? '';
  return {
    defaults: {
      properties: {
        ...(tier === 'Premium' ? { networkRuleSet: { defaultAction: 'Allow', ipRules: [] } } : {}),
        policies: POLICIES,
        encryption: { status: 'disabled' },
        zoneRedundancy: 'Disabled',
      },
    },
    readOnly: {
      sku: { tier },
      properties: {
        loginServer: loginServer({ name }),
        creationDate: timestamp(existing?.created.at ?? now),
        privateEndpointConnections: [],
        dataEndpointHostNames: hasDataEndpoints ? [`${name.toLowerCase()}.${region}.data.azurecr.io`] : [],
        policies: { retentionPolicy: { lastUpdatedTime: updated } },
      },
    },
  };
}

const POLICIES: JsonObject = {
  quarantinePolicy: { status: 'disabled' },
  trustPolicy: { type: 'Notary', status: 'disabled' },
  retentionPolicy: { days: 7, status: 'disabled' },
  exportPolicy: { status: 'enabled' },
  azureADAuthenticationAsArmPolicy: { status: 'enabled' },
};

/** A Premium registry is listed among its own replications. */
function createHomeReplication(call: Write['call'], registry: Resource): void {
  const location = textAt(registry.writable, 'location') ?? '';
  const isPremium = textAt(registry.writable, 'sku.name') === 'Premium';
  if (!isPremium || call.engine.resources.get(`${registry.id}/replications/${location}`)) return;
  createChild(call, registry, replications, location, { location });
}
