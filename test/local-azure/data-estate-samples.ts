import type { Sample } from './samples.ts';

const location = 'swedencentral';
const SERVER = 'Microsoft.Sql/servers';
const server = '{g}/Microsoft.Sql/servers/ingate-sql';
const sqlStatuses = { create: 202, update: 202, patch: 202, delete: 202 };

const COSMOS = 'Microsoft.DocumentDB/databaseAccounts';
const cosmos = '{g}/Microsoft.DocumentDB/databaseAccounts/ingate-cosmos';
const cosmosDatabase = `${cosmos}/sqlDatabases/support`;
const cosmosRole = `${cosmos}/sqlRoleDefinitions/6a1e5a52-6c3c-4a2b-8d0e-1f0f7b8f5a11`;
const cosmosStatuses = { create: 202, update: 202, patch: undefined, delete: 202 };

const REGISTRY = 'Microsoft.ContainerRegistry/registries';
const registry = '{g}/Microsoft.ContainerRegistry/registries/ingateimages';

const ML = 'Microsoft.MachineLearningServices/workspaces';
const workspace = `{g}/${ML}/scoring`;
const cluster = `${workspace}/computes/cluster`;
const model = `${workspace}/models/classifier/versions/1`;
const environment = `${workspace}/environments/sklearn/versions/1`;
const endpoint = `${workspace}/batchEndpoints/nightly-scores`;

const sid = '9f0c0a3e-52c2-4d5c-8a4f-0b8c3a6f7d21';

/** Samples of the providers that hold data, secrets, images and batch scoring. */
export const DATA_ESTATE: readonly Sample[] = [
  {
    type: SERVER,
    path: server,
    apiVersion: '2025-01-01',
    body: {
      location,
      properties: {
        administratorLogin: 'owner',
        administratorLoginPassword: 'canary-Secret-1',
        minimalTlsVersion: '1.2',
      },
    },
    expected: sqlStatuses,
  },
  {
    type: 'Microsoft.Sql/servers/databases',
    path: `${server}/databases/tickets`,
    apiVersion: '2025-01-01',
    body: { location, sku: { name: 'GP_S_Gen5', capacity: 2 }, properties: { createMode: 'Default' } },
    needs: [SERVER],
    expected: sqlStatuses,
  },
  {
    type: 'Microsoft.Sql/servers/firewallRules',
    path: `${server}/firewallRules/azure`,
    apiVersion: '2025-01-01',
    body: { properties: { startIpAddress: '0.0.0.0', endIpAddress: '0.0.0.0' } },
    needs: [SERVER],
    expected: { create: 201, update: 200, patch: undefined, delete: 200 },
  },
  {
    type: 'Microsoft.Sql/servers/administrators',
    path: `${server}/administrators/ActiveDirectory`,
    apiVersion: '2025-01-01',
    body: { properties: { administratorType: 'ActiveDirectory', login: 'data-owners', sid } },
    needs: [SERVER],
    expected: { create: 202, update: 202, patch: undefined, delete: 202 },
  },
  {
    type: 'Microsoft.Sql/servers/azureADOnlyAuthentications',
    path: `${server}/azureADOnlyAuthentications/Default`,
    apiVersion: '2025-01-01',
    body: { properties: { azureADOnlyAuthentication: false } },
    needs: [SERVER],
    expected: { create: 202, update: 202, patch: undefined, delete: 202 },
  },
  {
    type: COSMOS,
    path: cosmos,
    apiVersion: '2026-03-15',
    body: {
      location,
      kind: 'GlobalDocumentDB',
      properties: {
        databaseAccountOfferType: 'Standard',
        locations: [{ locationName: location, failoverPriority: 0 }],
      },
    },
    expected: { create: 200, update: 200, patch: 200, delete: 202 },
  },
  {
    type: 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases',
    path: cosmosDatabase,
    apiVersion: '2026-03-15',
    body: { properties: { resource: { id: 'support' }, options: { throughput: 400 } } },
    needs: [COSMOS],
    expected: cosmosStatuses,
  },
  {
    type: 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers',
    path: `${cosmosDatabase}/containers/threads`,
    apiVersion: '2026-03-15',
    body: { properties: { resource: { id: 'threads', partitionKey: { paths: ['/user'], version: 2 } } } },
    needs: [COSMOS, 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases'],
    expected: cosmosStatuses,
  },
  {
    type: 'Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions',
    path: cosmosRole,
    apiVersion: '2026-03-15',
    body: {
      properties: {
        roleName: 'Thread reader',
        type: 'CustomRole',
        permissions: [{ dataActions: ['Microsoft.DocumentDB/databaseAccounts/readMetadata'] }],
      },
    },
    needs: [COSMOS],
    expected: cosmosStatuses,
  },
  {
    type: 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments',
    path: `${cosmos}/sqlRoleAssignments/3f6a1a52-6c3c-4a2b-8d0e-1f0f7b8f5a11`,
    apiVersion: '2026-03-15',
    body: {
      properties: {
        roleDefinitionId: `${cosmos}/sqlRoleDefinitions/00000000-0000-0000-0000-000000000002`,
        scope: cosmos,
        principalId: sid,
      },
    },
    needs: [COSMOS],
    expected: cosmosStatuses,
  },
  {
    type: 'Microsoft.Search/searchServices',
    path: '{g}/Microsoft.Search/searchServices/ingate-search',
    apiVersion: '2025-05-01',
    body: { location, sku: { name: 'basic' }, properties: { replicaCount: 1, disableLocalAuth: true } },
    expected: { create: 201, update: 200, patch: 200, delete: 200 },
  },
  {
    type: 'Microsoft.KeyVault/vaults',
    path: '{g}/Microsoft.KeyVault/vaults/ingate-vault',
    apiVersion: '2026-02-01',
    body: {
      location,
      properties: { tenantId: sid, sku: { family: 'A', name: 'standard' }, enableRbacAuthorization: true },
    },
    expected: { create: 201, update: 200, patch: 200, delete: 200 },
  },
  {
    type: REGISTRY,
    path: registry,
    apiVersion: '2025-11-01',
    body: { location, sku: { name: 'Premium' }, properties: { adminUserEnabled: true } },
    expected: { create: 201, update: 200, patch: 200, delete: 202 },
  },
  {
    type: 'Microsoft.ContainerRegistry/registries/replications',
    path: `${registry}/replications/westeurope`,
    apiVersion: '2025-11-01',
    body: { location: 'westeurope', properties: { zoneRedundancy: 'Disabled' } },
    needs: [REGISTRY],
    expected: { create: 201, update: 200, patch: 200, delete: 202 },
  },
  {
    type: 'Microsoft.ContainerRegistry/registries/webhooks',
    path: `${registry}/webhooks/deployhook`,
    apiVersion: '2025-11-01',
    body: { location, properties: { serviceUri: 'https://contoso.com/?token=canary', actions: ['push'] } },
    needs: [REGISTRY],
    expected: { create: 201, update: 200, patch: 200, delete: 200 },
  },
  {
    type: 'Microsoft.ContainerRegistry/registries/cacheRules',
    path: `${registry}/cacheRules/python`,
    apiVersion: '2025-11-01',
    body: { properties: { sourceRepository: 'mcr.microsoft.com/python', targetRepository: 'python' } },
    needs: [REGISTRY],
    expected: { create: 201, update: 200, patch: 200, delete: 202 },
  },
  {
    type: 'Microsoft.ContainerRegistry/registries/tasks',
    path: `${registry}/tasks/nightly`,
    apiVersion: '2019-04-01',
    body: {
      location,
      properties: {
        platform: { os: 'Linux', architecture: 'amd64' },
        step: { type: 'EncodedTask', encodedTaskContent: Buffer.from('steps:\n- cmd: echo').toString('base64') },
      },
    },
    needs: [REGISTRY],
    expected: { create: 201, update: 200, patch: 200, delete: 200 },
  },
  {
    type: 'Microsoft.ContainerRegistry/registries/taskRuns',
    path: `${registry}/taskRuns/release`,
    apiVersion: '2025-03-01-preview',
    body: {
      properties: {
        runRequest: {
          type: 'EncodedTaskRunRequest',
          encodedTaskContent: Buffer.from('steps:\n- cmd: echo').toString('base64'),
          platform: { os: 'Linux' },
        },
      },
    },
    needs: [REGISTRY],
    expected: { create: 201, update: 200, patch: 200, delete: 200 },
  },
  {
    type: ML,
    path: workspace,
    apiVersion: '2026-05-01',
    body: {
      location,
      identity: { type: 'SystemAssigned' },
      properties: {
        storageAccount: '{g}/Microsoft.Storage/storageAccounts/ingatedata',
        keyVault: '{g}/Microsoft.KeyVault/vaults/ingate-vault',
        applicationInsights: '{g}/Microsoft.Insights/components/insights',
      },
    },
    needs: ['Microsoft.Storage/storageAccounts', 'Microsoft.KeyVault/vaults', 'Microsoft.Insights/components'],
    expected: { create: 202, update: 202, patch: 200, delete: 202 },
  },
  {
    type: `${ML}/computes`,
    path: cluster,
    apiVersion: '2026-05-01',
    body: {
      properties: {
        computeType: 'AmlCompute',
        properties: { vmSize: 'Standard_DS3_v2', scaleSettings: { maxNodeCount: 4 } },
      },
    },
    needs: [ML],
    expected: { create: 201, update: 200, patch: 200, delete: 202 },
  },
  {
    type: `${ML}/environments/versions`,
    path: environment,
    apiVersion: '2026-05-01',
    body: { properties: { image: 'mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu20.04' } },
    needs: [ML],
    expected: { create: 201, update: 200, patch: undefined, delete: 200 },
  },
  {
    type: `${ML}/models/versions`,
    path: model,
    apiVersion: '2026-05-01',
    body: { properties: { modelType: 'custom_model', modelUri: 'azureml://datastores/workspaceblobstore/paths/m' } },
    needs: [ML],
    expected: { create: 201, update: 200, patch: undefined, delete: 200 },
  },
  {
    type: `${ML}/batchEndpoints`,
    path: endpoint,
    apiVersion: '2026-05-01',
    body: { location, identity: { type: 'SystemAssigned' }, properties: { authMode: 'AADToken' } },
    needs: [ML],
    expected: { create: 201, update: 200, patch: 200, delete: 202 },
  },
  {
    type: `${ML}/batchEndpoints/deployments`,
    path: `${endpoint}/deployments/blue`,
    apiVersion: '2026-05-01',
    body: {
      location,
      properties: { compute: cluster, model: { referenceType: 'Id', assetId: model }, environmentId: environment },
    },
    needs: [ML, `${ML}/computes`, `${ML}/environments/versions`, `${ML}/models/versions`, `${ML}/batchEndpoints`],
    expected: { create: 201, update: 200, patch: 200, delete: 202 },
  },
];
