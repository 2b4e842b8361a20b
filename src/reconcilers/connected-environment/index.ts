import { mergePatch, type JsonObject } from '../../model/json.ts';
import { armKind } from '../shared/arm-kind.ts';
import schema from './schema.json' with { type: 'json' };

/** Microsoft.App/connectedEnvironments@2026-01-01, in the region of its custom location. */
export const connectedEnvironment = armKind({
  kind: 'ConnectedEnvironment',
  schema,
  type: 'Microsoft.App/connectedEnvironments',
  apiVersion: '2026-01-01',
  nameRule: { scope: 'group', pattern: /^[a-z0-9][a-z0-9-]{0,58}[a-z0-9]$/, maxLength: 60, style: 'lower-kebab' },
  outputs: {
    customLocation: ['/extendedLocation/name', 'Resource id of its custom location.'],
    defaultDomain: ['/properties/defaultDomain', 'Domain of its apps.'],
  },
  readOnly: ['/properties/defaultDomain', '/properties/deploymentErrors'],
  toArm: (body) => mergePatch(body, { extendedLocation: { type: 'CustomLocation' } }) as JsonObject,
});
