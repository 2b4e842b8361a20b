import { compileObject, type ObjectNode } from '../../shape/notation.ts';

const DAYS = 'Sunday|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday';
const period = { startTime: 'string', endTime: 'string', timeZone: 'string = UTC' } as const;

/** `PUT /schedules/{id}` */
export const SCHEDULE: ObjectNode = compileObject({
  displayName: 'string',
  description: 'string',
  'enabled!': 'boolean',
  'trigger!': {
    'type!': 'Cron|Recurrence|OneTime',
    '?type': {
      Cron: { 'expression!': 'string', ...period },
      Recurrence: {
        'interval!': 'integer(1..)',
        ...period,
        'schedule!': {
          'type!': 'Hourly|Daily|Weekly|Monthly',
          '?type': {
            Hourly: {},
            Daily: { 'hours!': ['integer(0..23)'] },
            Weekly: { 'daysOfWeek!': [DAYS] },
            Monthly: { 'daysOfMonth!': ['integer(1..31)'] },
          },
        },
      },
      OneTime: { 'triggerAt!': 'string', timeZone: 'string = UTC' },
    },
  },
  'task!': {
    'type!': 'Evaluation|Insight',
    configuration: { '*': 'string' },
    '?type': {
      Evaluation: { 'evalId!': 'string', 'evalRun!': 'object' },
      Insight: { 'insight!': 'object' },
    },
  },
  tags: { '*': 'string' },
  properties: { '*': 'string' },
  id: 'readonly',
  provisioningStatus: 'readonly',
  systemData: 'readonly',
});
