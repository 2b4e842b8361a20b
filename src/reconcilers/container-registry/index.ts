import { isArray, member, mergePatch, textAt, valueAt, type JsonObject } from '../../model/json.ts';
import { armKind } from '../shared/arm-kind.ts';
import schema from './schema.json' with { type: 'json' };
import type { ContainerRegistrySpec } from './spec.ts';

/** Microsoft.ContainerRegistry/registries@2025-11-01. The login server is never computed: Azure may put a hash into it. */
export const containerRegistry = armKind<ContainerRegistrySpec>({
  kind: 'ContainerRegistry',
  globalName: {
    action: 'Microsoft.ContainerRegistry/checkNameAvailability',
    type: 'Microsoft.ContainerRegistry/registries',
  },
  schema,
  type: 'Microsoft.ContainerRegistry/registries',
  apiVersion: '2025-11-01',
  nameRule: { scope: 'global', pattern: /^[a-zA-Z0-9]{5,50}$/, maxLength: 50, style: 'alphanumeric' },
  stateful: true,
  outputs: {
    loginServer: ['/properties/loginServer', 'Host name that images are pulled from.'],
    principalId: ['/identity/principalId', 'Object id of the system-assigned identity.'],
  },
  readOnly: [
    '/sku/tier',
    '/properties/loginServer',
    '/properties/creationDate',
    '/properties/status',
    '/properties/dataEndpointHostNames',
    '/properties/policies/retentionPolicy/lastUpdatedTime',
    '/properties/encryption/keyVaultProperties/versionedKeyIdentifier',
    '/properties/encryption/keyVaultProperties/keyRotationEnabled',
    '/properties/encryption/keyVaultProperties/lastKeyRotationTimestamp',
    '/properties/privateEndpointConnections',
  ],
  targets: { ipRules: ['/properties/networkRuleSet'], untaggedRetentionDays: ['/properties/policies/retentionPolicy'] },
  itemKeys: { '/properties/networkRuleSet/ipRules': ['/value'] },
  toArm(body, { spec: { ipRules, untaggedRetentionDays } }) {
    const rules = ipRules?.map((value) => ({ action: 'Allow', value }));
    const properties: JsonObject = {
      ...(rules ? { networkRuleSet: { defaultAction: rules.length > 0 ? 'Deny' : 'Allow', ipRules: rules } } : {}),
      ...(untaggedRetentionDays === undefined
        ? {}
        : { policies: { retentionPolicy: { days: untaggedRetentionDays, status: 'enabled' } } }),
    };
    return mergePatch(body, { properties }) as JsonObject;
  },
  fromArm(spec, body) {
    const rules = valueAt(body, '/properties/networkRuleSet/ipRules');
    const days = valueAt(body, '/properties/policies/retentionPolicy/days');
    const retained = textAt(body, '/properties/policies/retentionPolicy/status').toLowerCase() === 'enabled';
    return {
      ...spec,
      ...(isArray(rules) ? { ipRules: rules.map((rule) => member(rule, 'value') ?? null) } : {}),
      ...(retained && days !== undefined ? { untaggedRetentionDays: days } : {}),
    };
  },
});
