import type { Sample } from '../support/samples.ts';

const location = 'swedencentral';
const REGISTRY = 'Microsoft.ContainerRegistry/registries';
const registry = '{g}/Microsoft.ContainerRegistry/registries/ingateimages';
const ML = 'Microsoft.MachineLearningServices/workspaces';
const workspace = `{g}/${ML}/scoring`;
const cluster = `${workspace}/computes/cluster`;
const model = `${workspace}/models/classifier/versions/1`;
const environment = `${workspace}/environments/sklearn/versions/1`;
const endpoint = `${workspace}/batchEndpoints/nightly-scores`;

/** Samples of the registry and of machine learning. */
export const SCORING: readonly Sample[] = [
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
