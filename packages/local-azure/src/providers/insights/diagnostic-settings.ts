import { ArmError } from '../../arm/arm-error.ts';
import type { Engine, ResourceType, View, Write } from '../../arm/contract.ts';
import {
  arrayAt,
  isObject,
  sameText,
  textAt,
  valueAt,
  withValue,
  type Json,
  type JsonObject,
} from '../../engine/json.ts';
import type { StoredResource } from '../../engine/resources.ts';
import { categoriesOf } from './log-categories.ts';

const RETENTION = { 'enabled!': 'boolean', 'days!': 'integer(0..)' } as const;

const NO_RETENTION = { days: 0, enabled: false };

/**
 * Microsoft.Insights/diagnosticSettings, an extension of any resource. PUT is always 200. The reply lists every
 * category and group of the target, most of them switched off, each with a retention policy.
 */
export const diagnosticSettings: ResourceType = {
  type: 'Microsoft.Insights/diagnosticSettings',
  apiVersions: ['2017-05-01-preview', '2021-05-01-preview'],
  placement: 'extension',
  tracked: false,
  hasSystemData: false,
  dialect: 'bare',
  body: {
    'properties!': {
      storageAccountId: 'string',
      serviceBusRuleId: 'string',
      eventHubAuthorizationRuleId: 'string',
      eventHubName: 'string',
      workspaceId: 'string',
      marketplacePartnerId: 'string',
      logAnalyticsDestinationType: 'string',
      logs: [{ category: 'string', categoryGroup: 'string', 'enabled!': 'boolean', retentionPolicy: RETENTION }],
      metrics: [{ timeGrain: 'string', category: 'string', 'enabled!': 'boolean', retentionPolicy: RETENTION }],
    },
  },
  names: { pattern: /^[^*#&+:<>?@%{}\\/]{1,260}$/u, code: 'BadRequest', message: "The name '{name}' is invalid." },
  statuses: { create: 200, update: 200, delete: 200 },
  codes: { invalid: 'BadRequest' },
  check: requireSink,
  present,
};

const SINKS = ['workspaceId', 'storageAccountId', 'eventHubAuthorizationRuleId', 'marketplacePartnerId'];

function requireSink({ engine, body }: Write): void {
  const named = SINKS.filter((name) => textAt(body, `properties.${name}`) !== undefined);
  if (named.length === 0) throw new ArmError(400, 'BadRequest', 'At least one data sink needs to be specified.');
  const workspace = textAt(body, 'properties.workspaceId');
  if (workspace !== undefined && !engine.resources.get(workspace))
    throw new ArmError(404, 'ResourceNotFound', `The workspace '${workspace}' could not be found.`);
}

function present(body: JsonObject, setting: StoredResource, { engine }: View): JsonObject {
  const known = categoriesOf(targetType(engine, setting.parent));
  const logs = arrayAt(body, 'properties.logs').map(withRetention);
  const named = (key: string, name: string): boolean => logs.some((log) => sameText(textAt(log, key) ?? '', name));
  const off = (key: string, names: readonly string[]): Json[] =>
    names
      .filter((name) => !named(key, name))
      .map((name) => ({ [key]: name, enabled: false, retentionPolicy: NO_RETENTION }));
  const all = [...logs, ...off('category', known?.logs ?? []), ...off('categoryGroup', known?.groups ?? [])];
  const metrics = arrayAt(body, 'properties.metrics').map(withRetention);
  return withValue(withValue(body, 'properties.logs', all), 'properties.metrics', metrics);
}

function withRetention(item: Json): Json {
  return isObject(item) && valueAt(item, 'retentionPolicy') === undefined
    ? { ...item, retentionPolicy: NO_RETENTION }
    : item;
}

/** Type of the resource that a setting is for, in lower case. */
export function targetType(engine: Engine, id: string): string {
  const stored = engine.resources.get(id);
  return (stored?.type ?? '').toLowerCase();
}
