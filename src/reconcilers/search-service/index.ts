import { isArray, member, mergePatch, valueAt, type JsonObject } from '../../model/json.ts';
import { armKind } from '../shared/arm-kind.ts';
import schema from './schema.json' with { type: 'json' };
import type { SearchServiceSpec } from './spec.ts';

/** Microsoft.Search/searchServices@2025-05-01. */
export const searchService = armKind<SearchServiceSpec>({
  kind: 'SearchService',
  globalName: { action: 'Microsoft.Search/checkNameAvailability', type: 'searchServices' },
  schema,
  type: 'Microsoft.Search/searchServices',
  apiVersion: '2025-05-01',
  nameRule: {
    scope: 'global',
    pattern: /^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])$/,
    maxLength: 60,
    style: 'lower-kebab',
  },
  stateful: true,
  deadlineMinutes: 60,
  outputs: {
    endpoint: ['/properties/endpoint', 'URL of its indexes.'],
    principalId: ['/identity/principalId', 'Object id of the system-assigned identity.'],
  },
  readOnly: [
    '/properties/status',
    '/properties/statusDetails',
    '/properties/eTag',
    '/properties/serviceUpgradedAt',
    '/properties/endpoint',
    '/properties/upgradeAvailable',
    '/properties/encryptionWithCmk/encryptionComplianceStatus',
    '/properties/privateEndpointConnections',
    '/properties/sharedPrivateLinkResources',
  ],
  withhold: ({ disableLocalAuth }) => (disableLocalAuth === true ? ['/properties/authOptions'] : []),
  targets: { ipRules: ['/properties/networkRuleSet/ipRules'] },
  itemKeys: { '/properties/networkRuleSet/ipRules': ['/value'] },
  toArm: (body, { spec: { ipRules = [] } }) =>
    mergePatch(body, {
      properties: { networkRuleSet: { ipRules: ipRules.map((value) => ({ value })) } },
    }) as JsonObject,
  fromArm(spec, body) {
    const rules = valueAt(body, '/properties/networkRuleSet/ipRules');
    return { ...spec, ipRules: isArray(rules) ? rules.map((rule) => member(rule, 'value') ?? null) : [] };
  },
});
