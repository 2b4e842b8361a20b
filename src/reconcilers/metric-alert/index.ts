import {
  isArray,
  isObject,
  member,
  valueAt,
  withValueAt,
  without,
  type Json,
  type JsonObject,
} from '../../model/json.ts';
import type { Site } from '../../model/kind.ts';
import { nameOf, resourceId } from '../../model/resource-id.ts';
import { armKind } from '../shared/arm-kind.ts';
import schema from './schema.json' with { type: 'json' };

const STATIC = 'StaticThresholdCriterion';
const DYNAMIC = 'DynamicThresholdCriterion';

export const metricAlert = armKind({
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
  readOnly: [
    '/identity/principalId',
    '/identity/tenantId',
    '/identity/userAssignedIdentities/*/principalId',
    '/identity/userAssignedIdentities/*/clientId',
    '/properties/isMigrated',
    '/properties/lastUpdatedTime',
  ],
  toArm: (body, site) => {
    const withCriteria = withValueAt(
      body,
      '/properties/criteria',
      criteriaToArm(list(site.spec, 'criteria'), list(site.spec, 'scopes').length),
    );
    return withValueAt(withCriteria, '/properties/actions', actionsToArm(site)) as JsonObject;
  },
  fromArm: (spec, body, site) => ({
    ...spec,
    criteria: items(valueAt(body, '/properties/criteria/allOf')).map(criterionFromArm),
    actionGroups: items(valueAt(body, '/properties/actions')).flatMap((action) =>
      actionGroupName(member(action, 'actionGroupId'), site),
    ),
  }),
});

function list(spec: object, name: string): readonly Json[] {
  return items(member(spec as JsonObject, name));
}

function items(value: Json | undefined): readonly Json[] {
  return isArray(value) ? value : [];
}

/** One resource with fixed thresholds has a form of its own; everything else is the form for several. */
function criteriaToArm(criteria: readonly Json[], scopes: number): JsonObject {
  const single = scopes === 1 && criteria.every((one) => member(one, 'dynamic') === undefined);
  const form = single ? 'SingleResourceMultipleMetricCriteria' : 'MultipleResourceMultipleMetricCriteria';
  return { 'odata.type': `Microsoft.Azure.Monitor.${form}`, allOf: criteria.filter(isObject).map(criterionToArm) };
}

function criterionToArm(criterion: JsonObject): JsonObject {
  const dynamic = member(criterion, 'dynamic');
  const rest = { ...without(criterion, 'dynamic'), dimensions: member(criterion, 'dimensions') ?? [] };
  if (!isObject(dynamic)) return { criterionType: STATIC, ...rest };
  const failingPeriods = {
    numberOfEvaluationPeriods: member(dynamic, 'evaluationPeriods') ?? 4,
    minFailingPeriodsToAlert: member(dynamic, 'failingPeriods') ?? 4,
  };
  return {
    criterionType: DYNAMIC,
    ...rest,
    alertSensitivity: member(dynamic, 'sensitivity') ?? 'Medium',
    failingPeriods,
  };
}

function criterionFromArm(live: Json): JsonObject {
  if (!isObject(live)) return {};
  const rest = without(live, 'criterionType', 'alertSensitivity', 'failingPeriods', 'ignoreDataBefore');
  if (member(live, 'criterionType') !== DYNAMIC) return rest;
  const dynamic = {
    sensitivity: member(live, 'alertSensitivity') ?? null,
    evaluationPeriods: valueAt(live, '/failingPeriods/numberOfEvaluationPeriods') ?? null,
    failingPeriods: valueAt(live, '/failingPeriods/minFailingPeriodsToAlert') ?? null,
  };
  return { ...rest, dynamic };
}

function actionsToArm(site: Site): JsonObject[] {
  const names = list(site.spec, 'actionGroups').filter((name) => typeof name === 'string');
  return names.map((name) => ({
    actionGroupId: name.startsWith('/') ? name : (site.pathOf(resourceId('ActionGroup', name)) ?? name),
  }));
}

function actionGroupName(id: Json | undefined, site: Site): string[] {
  if (typeof id !== 'string') return [];
  const known = site.resourceAt(id);
  return [known === undefined ? id : nameOf(known)];
}
