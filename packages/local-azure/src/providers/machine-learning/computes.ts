import { ArmError } from '../../arm/arm-error.ts';
import { IDENTITY } from '../../arm/identity.ts';
import type { Completed, ResourceType, Write } from '../../arm/contract.ts';
import { timestamp } from '../../engine/clock.ts';
import { defined, textAt, valueAt } from '../../engine/json.ts';
import { COMPUTE_TYPE, ML_CODES, ML_VERSIONS, mlOperation, SKU, userError } from './shared.ts';

/** Microsoft.MachineLearningServices/workspaces/computes: clusters (AmlCompute); other kinds are not imitated. */
export const computes: ResourceType = {
  type: COMPUTE_TYPE,
  apiVersions: ML_VERSIONS,
  placement: 'child',
  body: {
    location: 'string',
    tags: { '*': 'string' },
    sku: SKU,
    identity: IDENTITY,
    'properties!': {
      'computeType!': 'AmlCompute|*',
      computeLocation: 'string',
      description: 'string',
      disableLocalAuth: 'boolean',
      resourceId: 'string',
      provisioningState: 'readonly',
      provisioningErrors: 'readonly',
      createdOn: 'readonly',
      modifiedOn: 'readonly',
      isAttachedCompute: 'readonly',
      '?computeType': {
        AmlCompute: {
          properties: {
            osType: 'Linux|Windows = Linux',
            'vmSize!': 'string',
            vmPriority: 'Dedicated|LowPriority = Dedicated',
            virtualMachineImage: { 'id!': 'string' },
            isolatedNetwork: 'boolean',
            scaleSettings: {
              'maxNodeCount!': 'integer(0..)',
              minNodeCount: 'integer(0..) = 0',
              nodeIdleTimeBeforeScaleDown: 'string = PT120S',
            },
            userAccountCredentials: {
              'adminUserName!': 'string',
              adminUserSshPublicKey: 'string',
              adminUserPassword: 'secret',
            },
            subnet: { 'id!': 'string' },
            remoteLoginPortPublicAccess: 'Enabled|Disabled|NotSpecified = NotSpecified',
            enableNodePublicIp: 'boolean = true',
            propertyBag: 'any',
            allocationState: 'readonly',
            allocationStateTransitionTime: 'readonly',
            errors: 'readonly',
            currentNodeCount: 'readonly',
            targetNodeCount: 'readonly',
            nodeStateCounts: 'readonly',
          },
        },
        '*': { properties: 'any' },
      },
    },
  },
  immutable: [
    'properties.computeType',
    'properties.properties.vmSize',
    'properties.properties.vmPriority',
    'properties.properties.osType',
    'properties.properties.subnet.id',
    'properties.properties.userAccountCredentials.adminUserName',
  ],
  codes: ML_CODES,
  names: {
    pattern: /^[a-zA-Z](?:[a-zA-Z0-9-]{0,22}[a-zA-Z0-9])?$/u,
    code: 'UserError',
    message: "The compute name '{name}' is invalid: up to 24 letters, digits and hyphens, the first a letter.",
  },
  statuses: { create: 201, update: 200, patch: 200, delete: 202 },
  longRunning: mlOperation('compute'),
  check: (write) => {
    requireCluster(write);
    requireScale(write);
  },
  complete,
};

function requireCluster({ body }: Write): void {
  const kind = textAt(body, 'properties.computeType') ?? '';
  if (kind === 'AmlCompute') return;
  throw new ArmError(501, 'NotImplemented', `The embedded Azure does not imitate computes of the type '${kind}'.`);
}

function requireScale({ body }: Write): void {
  const path = 'properties.properties.scaleSettings';
  const [least, most] = [valueAt(body, `${path}.minNodeCount`) ?? 0, valueAt(body, `${path}.maxNodeCount`) ?? 0];
  if (Number(least) > Number(most)) throw userError('minNodeCount must not be greater than maxNodeCount.', path);
}

function complete({ body, parent, existing, now }: Write): Completed {
  const location = textAt(parent?.writable, 'location') ?? '';
  const nodes = Number(valueAt(body, 'properties.properties.scaleSettings.minNodeCount') ?? 0);
  return {
    defaults: {
      location,
      properties: {
        computeLocation: location,
        disableLocalAuth: false,
        properties: { scaleSettings: { maxNodeCount: 1, minNodeCount: 0, nodeIdleTimeBeforeScaleDown: 'PT120S' } },
      },
    },
    readOnly: {
      properties: defined({
        createdOn: timestamp(existing?.created.at ?? now),
        modifiedOn: timestamp(now),
        isAttachedCompute: false,
        properties: {
          allocationState: 'Steady',
          allocationStateTransitionTime: timestamp(now),
          currentNodeCount: nodes,
          targetNodeCount: nodes,
          nodeStateCounts: {
            preparingNodeCount: 0,
            runningNodeCount: 0,
            idleNodeCount: nodes,
            unusableNodeCount: 0,
            leavingNodeCount: 0,
            preemptedNodeCount: 0,
          },
        },
      }),
    },
  };
}
