import { IDENTITY } from '../../arm/identity.ts';
import type { Completed, ResourceType, Write } from '../../arm/contract.ts';
import { sameText, textAt, valueAt } from '../../engine/json.ts';
import { COMPUTE_TYPE, DEPLOYMENT_TYPE, ML_CODES, ML_VERSIONS, mlOperation, SKU, userError } from './shared.ts';

/** Microsoft.MachineLearningServices/workspaces/batchEndpoints/deployments: a model or a pipeline on a cluster. */
export const batchDeployments: ResourceType = {
  type: DEPLOYMENT_TYPE,
  apiVersions: ML_VERSIONS,
  placement: 'child',
  tracked: true,
  body: {
    identity: IDENTITY,
    kind: 'string',
    sku: SKU,
    'properties!': {
      compute: 'string',
      deploymentConfiguration: {
        'deploymentConfigurationType!': 'PipelineComponent',
        componentId: { 'assetId!': 'string', 'referenceType!': 'Id|DataPath|OutputPath' },
        description: 'string',
        settings: { '*': 'string' },
        tags: { '*': 'string' },
      },
      model: {
        'referenceType!': 'Id|DataPath|OutputPath',
        '?referenceType': {
          Id: { 'assetId!': 'string' },
          DataPath: { datastoreId: 'string', path: 'string' },
          OutputPath: { jobId: 'string', path: 'string' },
        },
      },
      codeConfiguration: { codeId: 'string', 'scoringScript!': 'string' },
      description: 'string',
      environmentId: 'string',
      environmentVariables: { '*': 'string' },
      errorThreshold: 'integer(-1..) = -1',
      loggingLevel: 'Info|Warning|Debug = Info',
      maxConcurrencyPerInstance: 'integer(1..) = 1',
      miniBatchSize: 'integer(1..) = 10',
      outputAction: 'SummaryOnly|AppendRow = AppendRow',
      outputFileName: 'string = predictions.csv',
      properties: { '*': 'string' },
      resources: { instanceCount: 'integer(1..)', instanceType: 'string', properties: { '*': 'any' } },
      retrySettings: { maxRetries: 'integer', timeout: 'string' },
      provisioningState: 'readonly',
    },
  },
  immutable: ['properties.deploymentConfiguration.deploymentConfigurationType'],
  codes: ML_CODES,
  names: {
    pattern: /^[a-zA-Z0-9][a-zA-Z0-9_-]{0,254}$/u,
    code: 'UserError',
    message: "The deployment name '{name}' is invalid: letters, digits, '-' and '_', the first a letter or digit.",
  },
  statuses: { create: 201, update: 200, patch: 200, delete: 202 },
  longRunning: mlOperation('mfe'),
  check: (write) => {
    requireWork(write);
    requireCompute(write);
    requireAssets(write);
  },
  complete: (): Completed => ({
    defaults: {
      properties: {
        resources: { instanceCount: 1 },
        retrySettings: { maxRetries: 3, timeout: 'PT30S' },
      },
    },
  }),
};

function requireWork({ body }: Write): void {
  const hasModel = valueAt(body, 'properties.model') !== undefined;
  const hasPipeline = valueAt(body, 'properties.deploymentConfiguration') !== undefined;
  if (hasModel !== hasPipeline) return;
  throw userError('A deployment needs either a model or a deploymentConfiguration.', 'properties.model');
}

/** A cluster of the same workspace, or of any that the caller names; what is not an id of this server is not looked up. */
function requireCompute({ engine, body }: Write): void {
  const id = textAt(body, 'properties.compute');
  const target = 'properties.compute';
  const hasModel = valueAt(body, 'properties.model') !== undefined;
  if (id === undefined && hasModel) throw userError('A deployment of a model needs a compute.', target);
  if (id === undefined) return;
  const found = engine.resources.get(id);
  if (!found || !sameText(found.type, COMPUTE_TYPE)) throw userError(`The compute '${id}' was not found.`, target);
}

/** Assets of a workspace must exist; those of a registry (`azureml://registries/…`) are taken as they are. */
function requireAssets({ engine, body }: Write): void {
  for (const target of ['properties.model.assetId', 'properties.environmentId']) {
    const id = textAt(body, target);
    if (id === undefined || !id.startsWith('/') || engine.resources.get(id)) continue;
    throw userError(`The asset '${id}' was not found.`, target);
  }
}
