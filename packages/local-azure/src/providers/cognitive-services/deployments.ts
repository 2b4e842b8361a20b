import { ArmError } from '../../arm/arm-error.ts';
import { locationOf } from '../../arm/place.ts';
import type { Completed, ResourceType, Write } from '../../arm/contract.ts';
import { sameText, textAt, valueAt, type JsonObject } from '../../engine/json.ts';
import { findModel, findSku, isFineTuned, usedCapacity } from './catalogue.ts';
import { QUOTA } from './models.ts';
import { raiPolicies } from './rai-policies.ts';
import { ACCOUNT_TYPE, COGNITIVE_VERSIONS, OPERATION_PATHS, SKU } from './shared.ts';

const model = {
  publisher: 'string',
  format: 'string',
  name: 'string',
  version: 'string',
  source: 'string',
  sourceAccount: 'string',
  callRateLimit: 'readonly',
};

/** Microsoft.CognitiveServices/accounts/deployments: a model that answers, one write at a time per account. */
export const deployments: ResourceType = {
  type: 'Microsoft.CognitiveServices/accounts/deployments',
  apiVersions: COGNITIVE_VERSIONS,
  placement: 'child',
  etag: 'body-and-header',
  conditional: true,
  patchable: ['sku', 'tags'],
  body: {
    'sku!': SKU,
    tags: { '*': 'string' },
    'properties!': {
      'model!': { ...model, 'format!': 'string', 'name!': 'string' },
      capacitySettings: { designatedCapacity: 'integer(0..)', priority: 'integer(0..)' },
      deploymentState: 'Running|Paused',
      parentDeploymentName: 'string',
      raiPolicyName: 'string = Microsoft.DefaultV2',
      routing: { mode: 'cost|balanced|quality', models: [model] },
      scaleSettings: { scaleType: 'Standard|Manual', capacity: 'integer', activeCapacity: 'readonly' },
      serviceTier: 'Default|Priority',
      spilloverDeploymentName: 'string',
      versionUpgradeOption:
        'OnceNewDefaultVersionAvailable|OnceCurrentVersionExpired|NoAutoUpgrade = OnceNewDefaultVersionAvailable',
      callRateLimit: 'readonly',
      capabilities: 'readonly',
      currentCapacity: 'readonly',
      dynamicThrottlingEnabled: 'readonly',
      provisioningState: 'readonly',
      rateLimits: 'readonly',
    },
  },
  immutable: ['properties.model.name', 'properties.model.format'],
  codes: { immutable: 'InvalidResourceProperties', immutableStatus: 400 },
  names: {
    pattern: /^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,63}$/u,
    message:
      "The deployment name '{name}' is invalid: 2 to 64 letters, digits, '_', '.' and '-', the first a letter or digit.",
  },
  statuses: { create: 201, update: 200, patch: 200, delete: 202 },
  longRunning: {
    create: ['azure-async-operation'],
    update: ['azure-async-operation'],
    patch: ['azure-async-operation'],
    delete: ['azure-async-operation', 'location'],
    ...OPERATION_PATHS,
  },
  serialisedUnder: ACCOUNT_TYPE,
  check: (write) => {
    requireModel(write);
    requireSku(write);
    requirePolicy(write);
    requireQuota(write);
  },
  complete,
};

function requireModel({ body }: Write): void {
  const { format, name, version } = modelOf(body);
  if (format !== 'OpenAI' || isFineTuned(name) || findModel(name, version)) return;
  const message = `The model 'Format: ${format}, Name: ${name}, Version: ${version ?? ''}' of account deployment is not supported.`;
  throw new ArmError(400, 'DeploymentModelNotSupported', message);
}

function requireSku({ body }: Write): void {
  const { name, version } = modelOf(body);
  const found = findModel(name, version);
  const sku = textAt(body, 'sku.name') ?? '';
  if (!found || findSku(found, sku)) return;
  const message = `The specified SKU '${sku}' of account deployment is not supported by the model '${name}'.`;
  throw new ArmError(400, 'InvalidResourceProperties', message);
}

function requirePolicy({ engine, body, parent }: Write): void {
  const policy = textAt(body, 'properties.raiPolicyName') ?? '';
  if (!parent || engine.resources.get(`${parent.id}/${raiPolicies.type.split('/').at(-1) ?? ''}/${policy}`)) return;
  throw new ArmError(400, 'InvalidResourceProperties', `The RAI policy '${policy}' does not exist.`);
}

/** Capacity is shared by all deployments of a subscription in a region that count against the same quota. */
function requireQuota({ engine, call, body, parent, id }: Write): void {
  const { name, version } = modelOf(body);
  const sku = findSku(findModel(name, version), textAt(body, 'sku.name') ?? '');
  if (!sku || !parent) return;
  const used = usedCapacity(engine, call.target.subscription, locationOf(engine, parent), sku.usageName, id);
  const wanted = capacityOf(body);
  if (used + wanted <= QUOTA) return;
  const message = `This operation require ${wanted} new capacity in quota ${sku.usageName}, which is bigger than the current available capacity ${QUOTA - used}. The current quota usage is ${used} and the quota limit is ${QUOTA} for quota ${sku.usageName}.`;
  throw new ArmError(400, 'InsufficientQuota', message);
}

function modelOf(body: JsonObject): {
  readonly format: string;
  readonly name: string;
  readonly version: string | undefined;
} {
  const format = textAt(body, 'properties.model.format') ?? '';
  const name = textAt(body, 'properties.model.name') ?? '';
  return {
    format: sameText(format, 'OpenAI') ? 'OpenAI' : format,
    name,
    version: textAt(body, 'properties.model.version'),
  };
}

function capacityOf(body: JsonObject): number {
  const capacity = valueAt(body, 'sku.capacity');
  return typeof capacity === 'number' ? capacity : 1;
}

function complete({ body }: Write): Completed {
  const { name, version } = modelOf(body);
  const found = findModel(name, version);
  const capacity = capacityOf(body);
  return {
    defaults: { sku: { capacity: 1 }, properties: { model: found ? { version: found.version } : {} } },
    readOnly: {
      properties: {
        capabilities: Object.fromEntries((found?.capabilities ?? []).map((capability) => [capability, 'true'])),
        currentCapacity: capacity,
        rateLimits: [
          { key: 'request', renewalPeriod: 60, count: capacity },
          { key: 'token', renewalPeriod: 60, count: capacity * 1000 },
        ],
      },
    },
  };
}
