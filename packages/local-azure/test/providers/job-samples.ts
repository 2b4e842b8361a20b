import type { Sample } from '../support/samples.ts';

/** Samples of container app jobs. */
export const JOBS: readonly Sample[] = [
  {
    type: 'Microsoft.App/jobs',
    path: '{g}/Microsoft.App/jobs/score',
    apiVersion: '2026-01-01',
    body: {
      location: 'swedencentral',
      properties: {
        environmentId: '{g}/Microsoft.App/managedEnvironments/env',
        configuration: {
          triggerType: 'Manual',
          replicaTimeout: 1800,
          secrets: [{ name: 'token', value: 'canary-secret' }],
        },
        template: {
          containers: [
            { name: 'score', image: 'contoso.azurecr.io/score:1', env: [{ name: 'TOKEN', secretRef: 'token' }] },
          ],
        },
      },
    },
    needs: ['Microsoft.App/managedEnvironments'],
    expected: { create: 201, update: 200, patch: 202, delete: 202 },
  },
];
