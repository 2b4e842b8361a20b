import { requireResource } from '../../arm/read.ts';
import type { ResourceType } from '../../arm/contract.ts';
import { objectAt, textAt } from '../../engine/json.ts';
import { json } from '../../http/reply.ts';
import { NAME, REGISTRY_VERSIONS } from './shared.ts';

/** Microsoft.ContainerRegistry/registries/webhooks. Address and headers are returned only by `getCallbackConfig`. */
export const webhooks: ResourceType = {
  type: 'Microsoft.ContainerRegistry/registries/webhooks',
  apiVersions: REGISTRY_VERSIONS,
  placement: 'child',
  tracked: true,
  body: {
    'properties!': {
      'serviceUri!': 'secret',
      customHeaders: { '*': 'secret' },
      status: 'enabled|disabled = enabled',
      scope: 'string',
      'actions!': ['push|delete|quarantine|chart_push|chart_delete'],
      provisioningState: 'readonly',
    },
  },
  names: {
    pattern: NAME,
    code: 'InvalidResourceName',
    message: "The webhook name '{name}' is invalid: 5 to 50 letters and digits.",
  },
  statuses: { create: 201, update: 200, patch: 200, delete: 200 },
  longRunning: {
    create: [],
    update: [],
    patch: [],
    statusPath: 'locations/{location}/operationResults/webhooks-{id}',
  },
  complete: () => ({ defaults: { properties: { scope: '' } } }),
  actions: {
    getCallbackConfig: (call) => {
      const { secret } = requireResource(call);
      return json(200, {
        serviceUri: textAt(secret, 'properties.serviceUri') ?? '',
        customHeaders: objectAt(secret, 'properties.customHeaders'),
      });
    },
    ping: (call) => {
      requireResource(call);
      return json(200, { id: call.engine.ids.guid() });
    },
    listEvents: (call) => {
      requireResource(call);
      return json(200, { value: [] });
    },
  },
};
