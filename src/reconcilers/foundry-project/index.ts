import { locationOfParent } from '../shared/arm-location.ts';
import { armKind } from '../shared/arm-kind.ts';
import schema from './schema.json' with { type: 'json' };

/** Microsoft.CognitiveServices answers 409 RequestConflict to writes below one account that run at once. */
export const foundryProject = armKind({
  kind: 'FoundryProject',
  schema,
  type: 'Microsoft.CognitiveServices/accounts/projects',
  apiVersion: '2026-07-01',
  nameRule: { scope: 'parent', pattern: /^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,63}$/, maxLength: 64, style: 'as-is' },
  oneAtATime: 'accounts',
  stateful: true,
  outputs: {
    endpoint: ['/properties/endpoints/AI Foundry API', 'URL of the data plane.'],
    principalId: ['/identity/principalId', 'Object id of the system-assigned identity.'],
  },
  readOnly: ['/kind', '/properties/endpoints', '/properties/internalId', '/properties/isDefault'],
  toArm: (body, site) => ({ ...body, location: locationOfParent(site, schema) }),
});
