import { ArmError } from '../../arm/arm-error.ts';
import type { ResourceType, Write } from '../../arm/contract.ts';
import { arrayAt, textsAt } from '../../engine/json.ts';

const FIELDS =
  'Severity|MonitorService|MonitorCondition|SignalType|TargetResourceType|TargetResource|TargetResourceGroup|AlertRuleId|AlertRuleName|Description|AlertContext';
const DAYS = 'Sunday|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday';

/**
 * Microsoft.AlertsManagement/actionRules, called alert processing rules: who is not notified, or notified in addition,
 * and when.
 */
export const actionRules: ResourceType = {
  type: 'Microsoft.AlertsManagement/actionRules',
  apiVersions: ['2021-08-08'],
  placement: 'resource-group',
  location: 'echoed',
  body: {
    'properties!': {
      'scopes!': ['string'],
      conditions: [{ field: FIELDS, operator: 'Equals|NotEquals|Contains|DoesNotContain', values: ['string'] }],
      schedule: {
        effectiveFrom: 'string',
        effectiveUntil: 'string',
        timeZone: 'string = UTC',
        recurrences: [
          {
            'recurrenceType!': 'Daily|Weekly|Monthly',
            startTime: 'string',
            endTime: 'string',
            '?recurrenceType': {
              Daily: {},
              Weekly: { 'daysOfWeek!': [DAYS] },
              Monthly: { 'daysOfMonth!': ['integer'] },
            },
          },
        ],
      },
      'actions!': [
        {
          'actionType!': 'AddActionGroups|RemoveAllActionGroups',
          '?actionType': { AddActionGroups: { 'actionGroupIds!': ['string'] }, RemoveAllActionGroups: {} },
        },
      ],
      description: 'string',
      enabled: 'boolean = true',
    },
  },
  names: { pattern: /^[^*#&+:<>?@%{}\\/]{1,260}$/u, code: 'BadRequest', message: "The rule name '{name}' is invalid." },
  codes: { invalid: 'BadRequest' },
  statuses: { create: 201, update: 200, patch: 200, delete: 200 },
  check: requireGroups,
};

function requireGroups({ engine, body }: Write): void {
  const ids = arrayAt(body, 'properties.actions').flatMap((action) => textsAt(action, 'actionGroupIds'));
  for (const id of ids)
    if (!engine.resources.get(id)) throw new ArmError(400, 'BadRequest', `The action group '${id}' does not exist.`);
}
