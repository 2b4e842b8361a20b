import { sha256 } from '../../model/fingerprint.ts';
import { canonicalJson, isObject, valueAt, type JsonObject } from '../../model/json.ts';
import type { Nomination, Reconciler, Site } from '../../model/kind.ts';
import { armKind } from '../shared/arm-kind.ts';
import { checkModels } from './preflight.ts';
import schema from './schema.json' with { type: 'json' };

/** Microsoft.CognitiveServices answers 409 RequestConflict to writes below one account that run at once. */
const deployment = armKind({
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
    '/properties/routing/models/*/callRateLimit',
  ],
  // Azure moves the version by itself where it was allowed to.
  tolerate: (desired) => (valueAt(desired, '/versionUpgradeOption') === 'NoAutoUpgrade' ? [] : ['/model/version']),
});

/** A model deployment; gates evaluate it after it was written, since it has no versions side by side. */
export const modelDeployment: Reconciler = {
  ...deployment,
  contentDigest: digestOf,
  release: { members: ['model'], contents: releaseContents },
  nominate: (_, site): Promise<Nomination> =>
    Promise.resolve({
      candidate: {
        target: { type: 'azure_ai_model', model: site.azureName },
        label: `deployment ${site.azureName}`,
        digest: digestOf(site),
      },
      incumbent: undefined,
    }),
};

/** The version is the one that serves: Azure chooses it where the manifest does not, and may move it. */
function releaseContents({ model }: JsonObject, site: Site): JsonObject | undefined {
  const version = site.outputOf(site.id, 'modelVersion');
  if (!isObject(model)) return undefined;
  return { model: { ...model, ...(typeof version === 'string' && version !== '' ? { version } : {}) } };
}

/** What decides the answers of a deployment: model and guardrail, not its capacity. */
function digestOf({ azureName, spec }: Site): string {
  const { model, raiPolicyName } = spec as JsonObject;
  return sha256(canonicalJson({ azureName, model: model ?? null, guardrail: raiPolicyName ?? null }));
}
