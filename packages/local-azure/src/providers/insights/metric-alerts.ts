import { ArmError } from '../../arm/arm-error.ts';
import { IDENTITY } from '../../arm/identity.ts';
import type { ResourceType, Write } from '../../arm/contract.ts';
import { arrayAt, textAt } from '../../engine/json.ts';

const dimensions = [{ 'name!': 'string', 'operator!': 'Include|Exclude|*', 'values!': ['string'] }] as const;
const metric = {
  'name!': 'string',
  'metricName!': 'string',
  metricNamespace: 'string',
  'timeAggregation!': 'Average|Count|Minimum|Maximum|Total',
  dimensions,
  skipMetricValidation: 'boolean',
} as const;
const staticThreshold = {
  'operator!': 'Equals|GreaterThan|GreaterThanOrEqual|LessThan|LessThanOrEqual',
  'threshold!': 'number',
} as const;
const dynamicThreshold = {
  'operator!': 'GreaterThan|LessThan|GreaterOrLessThan',
  'alertSensitivity!': 'Low|Medium|High',
  'failingPeriods!': { 'numberOfEvaluationPeriods!': 'number', 'minFailingPeriodsToAlert!': 'number' },
  ignoreDataBefore: 'string',
} as const;

const criteria = {
  'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria': {
    'allOf!': [{ ...metric, ...staticThreshold, criterionType: 'StaticThresholdCriterion = StaticThresholdCriterion' }],
  },
  'Microsoft.Azure.Monitor.MultipleResourceMultipleMetricCriteria': {
    'allOf!': [
      {
        ...metric,
        'criterionType!': 'StaticThresholdCriterion|DynamicThresholdCriterion',
        '?criterionType': { StaticThresholdCriterion: staticThreshold, DynamicThresholdCriterion: dynamicThreshold },
      },
    ],
  },
  'Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria': {
    'webTestId!': 'string',
    'componentId!': 'string',
    'failedLocationCount!': 'number',
  },
  'Microsoft.Azure.Monitor.PromQLCriteria': {
    'allOf!': [
      {
        'name!': 'string',
        'query!': 'string',
        'criterionType!': 'StaticThresholdCriterion|DynamicThresholdCriterion',
        operator: 'string',
        alertSensitivity: 'string',
        ignoreDataBefore: 'string',
      },
    ],
    failingPeriods: { 'for!': 'string' },
  },
} as const;

/** Microsoft.Insights/metricAlerts. PUT is 200 whether or not there was one. */
export const metricAlerts: ResourceType = {
  type: 'Microsoft.Insights/metricAlerts',
  apiVersions: ['2018-03-01', '2024-03-01-preview', '2026-01-01'],
  placement: 'resource-group',
  location: 'echoed',
  hasSystemData: false,
  dialect: 'bare',
  body: {
    identity: IDENTITY,
    'properties!': {
      description: 'string',
      'severity!': 'integer(0..4)',
      'enabled!': 'boolean',
      'scopes!': ['string'],
      'evaluationFrequency!': 'PT1M|PT5M|PT15M|PT30M|PT1H|PT6H|PT12H|P1D',
      windowSize: 'PT1M|PT5M|PT15M|PT30M|PT1H|PT6H|PT12H|P1D',
      targetResourceType: 'string',
      targetResourceRegion: 'string',
      'criteria!': { 'odata.type!': Object.keys(criteria).join('|'), '?odata.type': criteria },
      autoMitigate: 'boolean = true',
      resolveConfiguration: { 'autoResolved!': 'boolean', timeToResolve: 'string' },
      actions: [{ actionGroupId: 'string', webHookProperties: { '*': 'string' } }],
      actionProperties: { '*': 'string' },
      customProperties: { '*': 'string' },
      lastUpdatedTime: 'readonly',
      isMigrated: 'readonly',
    },
  },
  codes: { invalid: 'BadRequest' },
  names: {
    pattern: /^[^*#&+:<>?@%{}\\/]{1,260}$/u,
    code: 'BadRequest',
    message: "The alert rule name '{name}' is invalid.",
  },
  statuses: { create: 200, update: 200, patch: 200, delete: 200 },
  check: requireActionGroups,
  complete: () => ({ defaults: { properties: { actions: [] } } }),
};

/** Action groups come before the alerts that name them. */
function requireActionGroups({ engine, body }: Write): void {
  for (const action of arrayAt(body, 'properties.actions')) {
    const id = textAt(action, 'actionGroupId') ?? '';
    if (!engine.resources.get(id)) throw new ArmError(400, 'BadRequest', `The action group '${id}' does not exist.`);
  }
}
