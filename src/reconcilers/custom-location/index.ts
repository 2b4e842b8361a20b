import { mergePatch, type JsonObject } from '../../model/json.ts';
import { armKind } from '../shared/arm-kind.ts';
import schema from './schema.json' with { type: 'json' };

/** Microsoft.ExtendedLocation/customLocations@2021-08-15. */
export const customLocation = armKind({
  kind: 'CustomLocation',
  schema,
  type: 'Microsoft.ExtendedLocation/customLocations',
  apiVersion: '2021-08-15',
  nameRule: {
    scope: 'group',
    pattern: /^[a-zA-Z0-9]([a-zA-Z0-9-.]{0,61}[a-zA-Z0-9])?$/,
    maxLength: 63,
    style: 'kebab',
  },
  readOnly: ['/properties/authentication'],
  toArm: (body) => mergePatch(body, { properties: { hostType: 'Kubernetes' } }) as JsonObject,
});
