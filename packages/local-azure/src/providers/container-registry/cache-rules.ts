import type { ResourceType } from '../../arm/contract.ts';
import { timestamp } from '../../engine/clock.ts';
import { REGISTRY_VERSIONS } from './shared.ts';

/** Microsoft.ContainerRegistry/registries/cacheRules: repositories that are copies of others. Nothing is pulled here. */
export const cacheRules: ResourceType = {
  type: 'Microsoft.ContainerRegistry/registries/cacheRules',
  apiVersions: REGISTRY_VERSIONS,
  placement: 'child',
  body: {
    properties: {
      credentialSetResourceId: 'string',
      sourceRepository: 'string',
      targetRepository: 'string',
      creationDate: 'readonly',
      provisioningState: 'readonly',
    },
  },
  immutable: ['properties.sourceRepository', 'properties.targetRepository'],
  codes: { immutable: 'PropertyChangeNotAllowed', immutableStatus: 400 },
  names: {
    pattern: /^[a-zA-Z0-9-]{5,50}$/u,
    code: 'InvalidResourceName',
    message: "The cache rule name '{name}' is invalid: 5 to 50 letters, digits and hyphens.",
  },
  statuses: { create: 201, update: 200, patch: 200, delete: 202 },
  longRunning: {
    create: ['azure-async-operation'],
    update: ['azure-async-operation'],
    patch: ['azure-async-operation'],
    delete: ['location'],
    statusPath: 'locations/{location}/operationResults/cacherules-{id}',
  },
  complete: ({ existing, now }) => ({
    readOnly: { properties: { creationDate: timestamp(existing?.created.at ?? now) } },
  }),
};
