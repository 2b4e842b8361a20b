import { mergePatch, type JsonObject } from '../../model/json.ts';
import { armKind } from '../shared/arm-kind.ts';
import schema from './schema.json' with { type: 'json' };
import type { CapabilityHostSpec } from './spec.ts';

/**
 * Microsoft.CognitiveServices/accounts[/projects]/capabilityHosts@2026-07-01. There is one per scope and nothing about it
 * can change. Azure has no place for a mark: the one host of our own project is ours.
 */
export const capabilityHost = armKind<CapabilityHostSpec>({
  kind: 'CapabilityHost',
  schema,
  type: 'Microsoft.CognitiveServices/accounts/projects/capabilityHosts',
  apiVersion: '2026-07-01',
  nameRule: { scope: 'parent', pattern: /^[a-zA-Z0-9][a-zA-Z0-9_-]{1,63}$/, maxLength: 64, style: 'as-is' },
  ownership: 'none',
  oneAtATime: 'accounts',
  // Only the type below accounts says what it is a host of.
  toArm: (body, { spec }) =>
    spec.parent.startsWith('FoundryAccount/')
      ? (mergePatch(body, { properties: { capabilityHostKind: 'Agents' } }) as JsonObject)
      : body,
});
