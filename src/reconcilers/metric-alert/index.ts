import { isObject, member, mergePatch, textOf, valueAt, without, type JsonObject } from '../../model/json.ts';
import type { Site } from '../../model/kind.ts';
import { actionGroupName, actionGroupPath, itemsAt } from '../shared/alert-references.ts';
import { armKind } from '../shared/arm-kind.ts';
import schema from './schema.json' with { type: 'json' };
import type { MetricAlertSpec } from './spec.ts';

const STATIC = 'StaticThresholdCriterion';
const DYNAMIC = 'DynamicThresholdCriterion';

export const metricAlert = armKind<MetricAlertSpec>({
  kind: 'MetricAlert',
  schema,
  type: 'Microsoft.Insights/metricAlerts',
  apiVersion: '2026-01-01',
  nameRule: {
    scope: 'group',
    pattern: /^[^*#&+:<>?@%{}\\/]{0,259}[^*#&+:<>?@%{}\\/. ]$/,
    maxLength: 260,
    style: 'kebab',
  },
  fixed: { location: 'global' },
  readOnly: ['/properties/isMigrated', '/properties/lastUpdatedTime'],
  targets: {
    criteria: ['/properties/criteria'],
    scopes: ['/properties/criteria/odata.type'],
    actionGroups: ['/properties/actions'],
  },
  itemKeys: { '/properties/criteria/allOf': ['/name'], '/properties/actions': ['/actionGroupId'] },
  toArm: (body, site) =>
    mergePatch(body, { properties: { criteria: criteriaToArm(site.spec), actions: actionsOf(site) } }) as JsonObject,
  fromArm: (spec, body, site) => ({
    ...spec,
    criteria: itemsAt(body, '/properties/criteria/allOf').filter(isObject).map(criterionFromArm),
    actionGroups: itemsAt(body, '/properties/actions').map((action) =>
      actionGroupName(site, textOf(action, 'actionGroupId')),
    ),
  }),
});

type Criterion = MetricAlertSpec['criteria'][number];

/** One resource with fixed thresholds has a form of its own; everything else is the form for several. */
function criteriaToArm({ criteria, scopes }: MetricAlertSpec): JsonObject {
  const single = scopes.length === 1 && criteria.every((one) => one.dynamic === undefined);
  const form = single ? 'SingleResourceMultipleMetricCriteria' : 'MultipleResourceMultipleMetricCriteria';
  return { 'odata.type': `Microsoft.Azure.Monitor.${form}`, allOf: criteria.map(criterionToArm) };
}

function criterionToArm({ dynamic, dimensions = [], ...rest }: Criterion): JsonObject {
  const common = { ...rest, dimensions } as unknown as JsonObject;
  if (!dynamic) return { criterionType: STATIC, ...common };
  const { sensitivity, evaluationPeriods = 4, failingPeriods = 4 } = dynamic;
  const periods = { numberOfEvaluationPeriods: evaluationPeriods, minFailingPeriodsToAlert: failingPeriods };
  return { criterionType: DYNAMIC, ...common, alertSensitivity: sensitivity, failingPeriods: periods };
}

function criterionFromArm(live: JsonObject): JsonObject {
  const rest = without(live, 'criterionType', 'alertSensitivity', 'failingPeriods', 'ignoreDataBefore');
  if (member(live, 'criterionType') !== DYNAMIC) return rest;
  const dynamic = {
    sensitivity: textOf(live, 'alertSensitivity'),
    evaluationPeriods: valueAt(live, '/failingPeriods/numberOfEvaluationPeriods') ?? null,
    failingPeriods: valueAt(live, '/failingPeriods/minFailingPeriodsToAlert') ?? null,
  };
  return { ...rest, dynamic };
}

function actionsOf(site: Site<MetricAlertSpec>): JsonObject[] {
  return (site.spec.actionGroups ?? []).map((name) => ({ actionGroupId: actionGroupPath(site, name) }));
}
