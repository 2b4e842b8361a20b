import { isArray, member, mergePatch, textAt, textOf, valueAt, type Json, type JsonObject } from '../../model/json.ts';
import { isResourceId } from '../../model/resource-id.ts';
import { armKind } from '../shared/arm-kind.ts';
import schema from './schema.json' with { type: 'json' };
import type { DiagnosticSettingSpec } from './spec.ts';

/**
 * Microsoft.Insights/diagnosticSettings@2021-05-01-preview, an extension of the resource that it is about. Azure lists
 * every category, most of them switched off; only what is switched on counts. There is no place for a mark.
 */
export const diagnosticSetting = armKind<DiagnosticSettingSpec>({
  kind: 'DiagnosticSetting',
  schema,
  type: 'Microsoft.Insights/diagnosticSettings',
  apiVersion: '2021-05-01-preview',
  nameRule: { scope: 'group', pattern: /^[^*#&+:<>?@%{}\\/]{1,260}$/, maxLength: 260, style: 'kebab' },
  ownership: 'none',
  scope: ({ spec, pathOf }) => (isResourceId(spec.target) ? pathOf(spec.target) : spec.target),
  targets: {
    logGroups: ['/properties/logs'],
    logCategories: ['/properties/logs'],
    metrics: ['/properties/metrics'],
    dedicatedTables: ['/properties/logAnalyticsDestinationType'],
  },
  itemKeys: { '/properties/logs': ['/category', '/categoryGroup'], '/properties/metrics': ['/category'] },
  toArm(body, { spec }) {
    const on = (key: string, names: readonly string[] = []): JsonObject[] =>
      names.map((name) => ({ [key]: name, enabled: true }));
    const properties: JsonObject = {
      logs: [...on('categoryGroup', spec.logGroups), ...on('category', spec.logCategories)],
      metrics: on('category', spec.metrics),
      ...(spec.dedicatedTables === true ? { logAnalyticsDestinationType: 'Dedicated' } : {}),
    };
    return mergePatch(body, { properties }) as JsonObject;
  },
  withhold: ({ dedicatedTables }) => (dedicatedTables === true ? [] : ['/properties/logAnalyticsDestinationType']),
  fromArm: (spec, body, site) => ({
    ...spec,
    target: site.spec.target,
    logGroups: namesOf(body, 'logs', 'categoryGroup'),
    logCategories: namesOf(body, 'logs', 'category'),
    metrics: namesOf(body, 'metrics', 'category'),
    dedicatedTables: textAt(body, '/properties/logAnalyticsDestinationType').toLowerCase() === 'dedicated',
  }),
});

/** Names of what is switched on. */
function namesOf(body: JsonObject, list: string, key: string): Json[] {
  const items = valueAt(body, `/properties/${list}`);
  const on = isArray(items) ? items.filter((one) => member(one, 'enabled') === true) : [];
  return on.map((one) => textOf(one, key)).filter((name) => name !== '');
}
