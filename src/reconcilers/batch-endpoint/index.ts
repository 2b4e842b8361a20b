import { mergePatch, type JsonObject } from '../../model/json.ts';
import { armKind } from '../shared/arm-kind.ts';
import schema from './schema.json' with { type: 'json' };

/** Microsoft.MachineLearningServices/workspaces/batchEndpoints@2026-05-01. Callers sign in with Entra. */
export const batchEndpoint = armKind({
  kind: 'BatchEndpoint',
  schema,
  type: 'Microsoft.MachineLearningServices/workspaces/batchEndpoints',
  apiVersion: '2026-05-01',
  // Unique in the region.
  nameRule: { scope: 'global', pattern: /^[a-z][a-z0-9-]{1,30}[a-z0-9]$/, maxLength: 32, style: 'lower-kebab' },
  outputs: {
    scoringUri: ['/properties/scoringUri', 'URL that jobs are sent to.'],
    defaultDeployment: ['/properties/defaults/deploymentName', 'Deployment that is called when none is named.'],
    principalId: ['/identity/principalId', 'Object id of the system-assigned identity.'],
  },
  readOnly: ['/properties/scoringUri', '/properties/swaggerUri'],
  toArm: (body) => mergePatch(body, { properties: { authMode: 'AADToken' } }) as JsonObject,
});
