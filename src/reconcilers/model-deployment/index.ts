import { valueAt } from '../../model/json.ts';
import { armKind } from '../shared/arm-kind.ts';
import { checkModels } from './preflight.ts';
import schema from './schema.json' with { type: 'json' };

/** Microsoft.CognitiveServices answers 409 RequestConflict to writes below one account that run at once. */
export const modelDeployment = armKind({
  kind: 'ModelDeployment',
  schema,
  type: 'Microsoft.CognitiveServices/accounts/deployments',
  apiVersion: '2026-07-01',
  nameRule: { scope: 'parent', pattern: /^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,63}$/, maxLength: 64, style: 'as-is' },
  oneAtATime: 'accounts',
  preflight: checkModels,
  outputs: { modelVersion: ['/properties/model/version', 'Version that is served.'] },
  readOnly: [
    '/sku/tier',
    '/properties/callRateLimit',
    '/properties/capabilities',
    '/properties/currentCapacity',
    '/properties/dynamicThrottlingEnabled',
    '/properties/model/callRateLimit',
    '/properties/rateLimits',
    '/properties/scaleSettings',
    '/properties/routing/models/*/callRateLimit',
  ],
  // Azure moves the version by itself where it was allowed to.
  tolerate: (desired) => (valueAt(desired, '/versionUpgradeOption') === 'NoAutoUpgrade' ? [] : ['/model/version']),
});
