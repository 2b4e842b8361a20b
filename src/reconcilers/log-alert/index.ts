import { mergePatch, textAt, type JsonObject } from '../../model/json.ts';
import type { Site } from '../../model/kind.ts';
import { isResourceId, kindOf } from '../../model/resource-id.ts';
import { armKind } from '../shared/arm-kind.ts';
import schema from './schema.json' with { type: 'json' };
import type { LogAlertSpec } from './spec.ts';

/** Kinds that a scope is named by; any other resource is one by its id. */
const SCOPES: ReadonlySet<string> = new Set(schema.properties.scope['x-ref']);

/** Microsoft.Insights/scheduledQueryRules@2026-03-01 of kind LogAlert, in the region of the workspace. */
export const logAlert = armKind<LogAlertSpec>({
  kind: 'LogAlert',
  schema,
  type: 'Microsoft.Insights/scheduledQueryRules',
  apiVersion: '2026-03-01',
  nameRule: {
    scope: 'group',
    pattern: /^[^*#&+:<>?@%{}\\/]{0,259}[^*#&+:<>?@%{}\\/. ]$/,
    maxLength: 260,
    style: 'kebab',
  },
  fixed: { kind: 'LogAlert' },
  readOnly: [
    '/properties/createdWithApiVersion',
    '/properties/isLegacyLogAnalyticsRule',
    '/properties/isWorkspaceAlertsStorageConfigured',
  ],
  targets: { scope: ['/properties/scopes'] },
  toArm: (body, site) => mergePatch(body, { properties: { scopes: [scopeOf(site) ?? ''] } }) as JsonObject,
  fromArm(spec, body, site) {
    const live = textAt(body, '/properties/scopes/0');
    const same = live.toLowerCase() === scopeOf(site)?.toLowerCase();
    const found = site.resourceAt(live);
    const named = found !== undefined && SCOPES.has(kindOf(found)) ? found : live;
    return { ...spec, scope: same ? site.spec.scope : named };
  },
});

function scopeOf({ spec: { scope }, pathOf }: Site<LogAlertSpec>): string | undefined {
  return isResourceId(scope) ? pathOf(scope) : scope;
}
