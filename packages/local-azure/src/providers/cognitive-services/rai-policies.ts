import { ArmError } from '../../arm/arm-error.ts';
import type { Call, ResourceType } from '../../arm/contract.ts';
import { sameText, textAt } from '../../engine/json.ts';
import type { StoredResource } from '../../engine/resources.ts';
import { ACCOUNT_TYPE, COGNITIVE_VERSIONS, OPERATION_PATHS } from './shared.ts';

/** The policies that every account has from the start. */
export const SYSTEM_POLICIES: readonly string[] = ['Microsoft.Default', 'Microsoft.DefaultV2'];

const source = 'Prompt|Completion|PreToolCall|PostToolCall|PreRun|PostRun|*';

/** Microsoft.CognitiveServices/accounts/raiPolicies: content filters. */
export const raiPolicies: ResourceType = {
  type: 'Microsoft.CognitiveServices/accounts/raiPolicies',
  apiVersions: COGNITIVE_VERSIONS,
  placement: 'child',
  etag: 'body',
  body: {
    tags: { '*': 'string' },
    'properties!': {
      type: 'readonly',
      mode: 'Default|Deferred|Blocking|Asynchronous_filter = Default',
      basePolicyName: 'string',
      contentFilters: [
        {
          'name!': 'string',
          enabled: 'boolean',
          severityThreshold: 'Low|Medium|High',
          blocking: 'boolean',
          source,
          action: 'None|BLOCKING|ANNOTATING|HITL|RETRY',
        },
      ],
      customBlocklists: [{ blocklistName: 'string', blocking: 'boolean', source }],
      safetyProviders: [{ safetyProviderName: 'string', blocking: 'boolean', source }],
    },
  },
  immutable: ['properties.basePolicyName'],
  statuses: { create: 201, update: 200, delete: 202 },
  longRunning: { delete: ['location'], ...OPERATION_PATHS },
  serialisedUnder: ACCOUNT_TYPE,
  check: ({ existing, name }) => {
    if (existing && isSystem(name)) throw managedBySystem(name);
  },
  complete: ({ name }) => ({ readOnly: { properties: { type: isSystem(name) ? 'SystemManaged' : 'UserManaged' } } }),
  beforeDelete: requireUnused,
};

function isSystem(name: string): boolean {
  return SYSTEM_POLICIES.some((policy) => sameText(policy, name));
}

function managedBySystem(name: string): ArmError {
  return new ArmError(400, 'BadRequest', `The RAI policy '${name}' is managed by the system and cannot be changed.`);
}

function requireUnused({ engine }: Pick<Call, 'engine'>, policy: StoredResource): void {
  if (isSystem(policy.name)) throw managedBySystem(policy.name);
  const user = engine.resources
    .list({ type: 'Microsoft.CognitiveServices/accounts/deployments', parent: policy.parent })
    .find(({ writable }) => sameText(textAt(writable, 'properties.raiPolicyName') ?? '', policy.name));
  if (!user) return;
  throw new ArmError(409, 'RaiPolicyInUse', `The RAI policy '${policy.name}' is used by deployment '${user.name}'.`);
}
