import { IDENTITY } from '../../arm/identity.ts';
import { CONTAINERS_SHAPE, IDENTITY_SETTINGS_SHAPE, REGISTRIES_SHAPE, SECRETS_SHAPE } from './container-shape.ts';

const replicas = { replicaCompletionCount: 'integer(1..) = 1', parallelism: 'integer(1..) = 1' } as const;

/** The body of Microsoft.App/jobs@2026-01-01; `extendedLocation` is missing in the published type. */
export const JOB_SHAPE = {
  identity: IDENTITY,
  extendedLocation: { 'name!': 'string', 'type!': 'CustomLocation' },
  'properties!': {
    'environmentId!': 'string',
    workloadProfileName: 'string',
    'configuration!': {
      'triggerType!': 'Schedule|Event|Manual',
      'replicaTimeout!': 'integer(1..)',
      replicaRetryLimit: 'integer(0..) = 0',
      manualTriggerConfig: replicas,
      scheduleTriggerConfig: { ...replicas, 'cronExpression!': 'string' },
      eventTriggerConfig: {
        ...replicas,
        scale: {
          pollingInterval: 'integer(1..) = 30',
          minExecutions: 'integer(0..) = 0',
          maxExecutions: 'integer(1..) = 100',
          rules: [
            {
              name: 'string',
              type: 'string',
              metadata: 'object',
              auth: [{ secretRef: 'string', triggerParameter: 'string' }],
              identity: 'string',
            },
          ],
        },
      },
      identitySettings: IDENTITY_SETTINGS_SHAPE,
      registries: REGISTRIES_SHAPE,
      secrets: SECRETS_SHAPE,
    },
    'template!': CONTAINERS_SHAPE,
    eventStreamEndpoint: 'readonly',
    outboundIpAddresses: 'readonly',
    provisioningState: 'readonly',
    runningState: 'readonly',
  },
} as const;

const { containers, initContainers } = CONTAINERS_SHAPE;

/** The body of `start`: what this execution runs instead of the job's template. */
export const EXECUTION_TEMPLATE_SHAPE = { containers, initContainers } as const;
