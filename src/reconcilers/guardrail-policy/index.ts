import { textAt } from '../../model/json.ts';
import { armKind } from '../shared/arm-kind.ts';
import schema from './schema.json' with { type: 'json' };

/** Microsoft.CognitiveServices/accounts/raiPolicies@2026-07-01. Writes below one account must not run at once. */
export const guardrailPolicy = armKind({
  kind: 'GuardrailPolicy',
  schema,
  type: 'Microsoft.CognitiveServices/accounts/raiPolicies',
  apiVersion: '2026-07-01',
  nameRule: { scope: 'parent', pattern: /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,63}$/, maxLength: 64, style: 'as-is' },
  oneAtATime: 'accounts',
  readOnly: ['/properties/type'],
  // The policies that every account comes with.
  claims: (body) => (textAt(body, '/properties/type') === 'SystemManaged' ? 'azure' : 'yes'),
});
