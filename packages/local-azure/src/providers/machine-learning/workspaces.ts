import { ArmError } from '../../arm/arm-error.ts';
import { deleteResource } from '../../arm/delete.ts';
import { IDENTITY } from '../../arm/identity.ts';
import { forgetDeleted } from '../../arm/removal.ts';
import type { Call, Completed, Engine, ResourceType, Write } from '../../arm/contract.ts';
import { collectionOf } from '../../engine/documents.ts';
import { sameText, textAt, valueAt } from '../../engine/json.ts';
import type { StoredResource } from '../../engine/resources.ts';
import type { Reply } from '../../http/reply.ts';
import { ML_VERSIONS, mlOperation, SKU, WORKSPACE_TYPE } from './shared.ts';

const DAY = 24 * 3600 * 1000;

/** Microsoft.MachineLearningServices/workspaces. A deleted one keeps its name for 14 days, unless it is purged at once. */
export const workspaces: ResourceType = {
  type: WORKSPACE_TYPE,
  apiVersions: ML_VERSIONS,
  placement: 'resource-group',
  body: {
    identity: IDENTITY,
    kind: 'Default|Hub|Project|FeatureStore|*',
    sku: SKU,
    'properties!': {
      allowPublicAccessWhenBehindVnet: 'boolean',
      applicationInsights: 'string',
      associatedWorkspaces: ['string'],
      containerRegistry: 'string',
      description: 'string',
      discoveryUrl: 'readonly',
      enableDataIsolation: 'boolean = false',
      enableServiceSideCMKEncryption: 'boolean',
      encryption: {
        'status!': 'Enabled|Disabled',
        'keyVaultProperties!': {
          'keyVaultArmId!': 'string',
          'keyIdentifier!': 'string',
          identityClientId: 'string',
        },
        identity: { userAssignedIdentity: 'string' },
        cosmosDbResourceId: 'string',
        searchAccountResourceId: 'string',
        storageAccountResourceId: 'string',
      },
      featureStoreSettings: 'object',
      friendlyName: 'string',
      hbiWorkspace: 'boolean',
      hubResourceId: 'string',
      imageBuildCompute: 'string',
      keyVault: 'string',
      managedNetwork: {
        isolationMode: 'Disabled|AllowInternetOutbound|AllowOnlyApprovedOutbound',
        enableNetworkMonitor: 'boolean',
        firewallSku: 'Standard|Basic',
        managedNetworkKind: 'V1|V2',
        outboundRules: { '*': 'any' },
        status: 'readonly',
        networkId: 'readonly',
        firewallPublicIpAddress: 'readonly',
      },
      primaryUserAssignedIdentity: 'string',
      provisionNetworkNow: 'boolean',
      publicNetworkAccess: 'Enabled|Disabled = Enabled',
      serverlessComputeSettings: { serverlessComputeCustomSubnet: 'string', serverlessComputeNoPublicIP: 'boolean' },
      serviceManagedResourcesSettings: { cosmosDb: { collectionsThroughput: 'integer' } },
      sharedPrivateLinkResources: 'any',
      storageAccount: 'string',
      systemDatastoresAuthMode: 'AccessKey|Identity|UserDelegationSAS = AccessKey',
      v1LegacyMode: 'boolean = false',
      workspaceHubConfig: {
        additionalWorkspaceStorageAccounts: ['string'],
        defaultWorkspaceResourceGroup: 'string',
      },
      mlFlowTrackingUri: 'readonly',
      notebookInfo: 'readonly',
      privateEndpointConnections: 'readonly',
      privateLinkCount: 'readonly',
      provisioningState: 'readonly',
      serviceProvisionedResourceGroup: 'readonly',
      storageHnsEnabled: 'readonly',
      tenantId: 'readonly',
      workspaceId: 'readonly',
    },
  },
  immutable: [
    'kind',
    'properties.keyVault',
    'properties.storageAccount',
    'properties.applicationInsights',
    'properties.hbiWorkspace',
    'properties.encryption',
    'properties.hubResourceId',
  ],
  codes: { invalid: 'BadRequest', immutable: 'BadRequest', immutableStatus: 400 },
  names: {
    pattern: /^[a-zA-Z0-9][a-zA-Z0-9_-]{2,32}$/u,
    code: 'BadRequest',
    message:
      "The workspace name '{name}' is invalid: 3 to 33 letters, digits, '_' and '-', the first a letter or digit.",
  },
  statuses: { create: 202, update: 202, patch: 200, delete: 202 },
  longRunning: mlOperation('workspace'),
  softDelete: {
    retention: 14 * DAY,
    recreate: 'refused-unless-restored',
    isRestore: () => false,
    refusal: {
      code: 'Conflict',
      message: "Soft-deleted workspace exists at '{id}'. Please purge or recover it. https://aka.ms/wsoftdelete",
    },
  },
  check: (write) => {
    requireIdentity(write);
    requireDependencies(write);
  },
  complete,
  afterDelete: forgetIfPurged,
  handlers: { DELETE: deleteWorkspace },
};

const purges = collectionOf<{ readonly id: string }>('workspaces-to-purge');

/** `forceToPurge=true` leaves nothing behind, of a workspace that was deleted before as well. */
function deleteWorkspace(call: Call): Reply {
  const { engine, target, request } = call;
  if (request.query.get('forceToPurge')?.toLowerCase() === 'true') {
    if (engine.resources.get(target.id)) purges.put(engine.documents, target.id, { id: target.id });
    else forgetDeleted(engine, target.id);
  }
  return deleteResource(call);
}

function forgetIfPurged(engine: Engine, { id }: StoredResource): void {
  if (purges.delete(engine.documents, id)) forgetDeleted(engine, id);
}

function requireIdentity({ body }: Write): void {
  if (textAt(body, 'identity.type')?.includes('Assigned')) return;
  throw new ArmError(400, 'BadRequest', 'A workspace needs a managed identity.', { target: 'identity' });
}

const DEPENDENCIES = [
  ['storageAccount', 'Microsoft.Storage/storageAccounts'],
  ['keyVault', 'Microsoft.KeyVault/vaults'],
  ['applicationInsights', 'Microsoft.Insights/components'],
] as const;

/** Storage, vault and insights must exist; a project takes those of its hub. */
function requireDependencies({ engine, body }: Write): void {
  const isProject = sameText(textAt(body, 'kind') ?? 'Default', 'Project');
  if (isProject) return requireHub(engine, textAt(body, 'properties.hubResourceId'));
  for (const [name, type] of DEPENDENCIES) {
    const id = textAt(body, `properties.${name}`);
    const target = `properties.${name}`;
    if (id === undefined)
      throw new ArmError(400, 'ValidationError', 'Missing dependent resources in workspace json', { target });
    const found = engine.resources.get(id);
    if (!found || !sameText(found.type, type))
      throw new ArmError(400, 'ValidationError', `The ${name} '${id}' was not found.`, { target });
    if (name === 'storageAccount' && valueAt(found.writable, 'properties.isHnsEnabled') === true)
      throw new ArmError(400, 'ValidationError', 'The storage account of a workspace cannot be hierarchical.', {
        target,
      });
  }
}

function requireHub(engine: Engine, id: string | undefined): void {
  if (sameText(textAt(engine.resources.get(id ?? '')?.writable, 'kind') ?? '', 'Hub')) return;
  throw new ArmError(400, 'ValidationError', `The hub '${id ?? ''}' was not found.`, {
    target: 'properties.hubResourceId',
  });
}

function complete({ engine, id, name, body, existing }: Write): Completed {
  const location = textAt(body, 'location') ?? '';
  return {
    defaults: {
      kind: 'Default',
      sku: { name: 'Basic', tier: 'Basic' },
      properties: {
        friendlyName: name,
        description: '',
        hbiWorkspace: false,
        managedNetwork: { isolationMode: 'Disabled' },
      },
    },
    readOnly: {
      properties: {
        workspaceId: textAt(existing?.readOnly, 'properties.workspaceId') ?? engine.ids.guid(),
        tenantId: engine.tenantId,
        discoveryUrl: `https://${location}.api.azureml.ms/discovery`,
        mlFlowTrackingUri: `azureml://${location}.api.azureml.ms/mlflow/v1.0${id}`,
        privateEndpointConnections: [],
        privateLinkCount: 0,
        storageHnsEnabled: false,
      },
    },
  };
}
