import { ArmError } from '../../arm/arm-error.ts';
import { IDENTITY } from '../../arm/identity.ts';
import type { ResourceType, Write } from '../../arm/contract.ts';
import { textAt, textsAt, valueAt } from '../../engine/json.ts';

const AGGREGATIONS = 'Count|Average|Minimum|Maximum|Total';
/** The type data says `Equals`, which the service refuses: bicep-types-az issues 2308 and 2643, azure-rest-api-specs 21794. */
const OPERATORS = 'Equal|GreaterThan|GreaterThanOrEqual|LessThan|LessThanOrEqual|GreaterOrLessThan';

/** Microsoft.Insights/scheduledQueryRules: alerts over logs, in the region of what they query. */
export const scheduledQueryRules: ResourceType = {
  type: 'Microsoft.Insights/scheduledQueryRules',
  apiVersions: ['2021-08-01', '2022-06-15', '2022-08-01-preview', '2023-12-01', '2025-01-01-preview', '2026-03-01'],
  placement: 'resource-group',
  etag: 'body',
  body: {
    kind: 'LogAlert|SimpleLogAlert|LogToMetric',
    identity: IDENTITY,
    'properties!': {
      description: 'string',
      displayName: 'string',
      severity: 'integer(0..4)',
      enabled: 'boolean = true',
      scopes: ['string'],
      evaluationFrequency: 'string',
      windowSize: 'string',
      overrideQueryTimeRange: 'string',
      targetResourceTypes: ['string'],
      criteria: {
        allOf: [
          {
            criterionType: 'StaticThresholdCriterion|DynamicThresholdCriterion',
            query: 'string',
            timeAggregation: AGGREGATIONS,
            metricMeasureColumn: 'string',
            resourceIdColumn: 'string',
            dimensions: [{ 'name!': 'string', 'operator!': 'Include|Exclude', 'values!': ['string'] }],
            operator: OPERATORS,
            threshold: 'number',
            alertSensitivity: 'string',
            ignoreDataBefore: 'string',
            failingPeriods: {
              numberOfEvaluationPeriods: 'integer(1..6) = 1',
              minFailingPeriodsToAlert: 'integer(1..6) = 1',
            },
            metricName: 'string',
            minRecurrenceCount: 'integer',
          },
        ],
      },
      muteActionsDuration: 'string',
      actions: { actionGroups: ['string'], customProperties: { '*': 'string' }, actionProperties: { '*': 'string' } },
      checkWorkspaceAlertsStorageConfigured: 'boolean = false',
      skipQueryValidation: 'boolean = false',
      autoMitigate: 'boolean = true',
      resolveConfiguration: { autoResolved: 'boolean', timeToResolve: 'string' },
      createdWithApiVersion: 'readonly',
      isLegacyLogAnalyticsRule: 'readonly',
      isWorkspaceAlertsStorageConfigured: 'readonly',
    },
  },
  immutable: ['properties.scopes'],
  names: { pattern: /^[^*#&+:<>?@%{}\\/]{1,260}$/u, code: 'BadRequest', message: "The rule name '{name}' is invalid." },
  codes: { invalid: 'BadRequest' },
  statuses: { create: 201, update: 200, patch: 200, delete: 200 },
  check: requireSense,
  complete: () => ({
    defaults: { kind: 'LogAlert', properties: { actions: {} } },
    readOnly: {
      properties: {
        createdWithApiVersion: '2026-03-01',
        isLegacyLogAnalyticsRule: false,
        isWorkspaceAlertsStorageConfigured: false,
      },
    },
  }),
};

function requireSense({ engine, body }: Write): void {
  const refuse = (message: string): never => {
    throw new ArmError(400, 'BadRequest', message);
  };
  const [scope = '', ...more] = textsAt(body, 'properties.scopes');
  if (scope === '' || more.length > 0) refuse('A log alert rule has exactly one scope.');
  if (!engine.resources.get(scope)) refuse(`The scope '${scope}' does not exist.`);
  const mutes = textAt(body, 'properties.muteActionsDuration') !== undefined;
  if (mutes && valueAt(body, 'properties.autoMitigate') === true)
    refuse('muteActionsDuration cannot be set when autoMitigate is true.');
  for (const id of textsAt(body, 'properties.actions.actionGroups'))
    if (!engine.resources.get(id)) refuse(`The action group '${id}' does not exist.`);
}
