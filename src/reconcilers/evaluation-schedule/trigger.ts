import { isObject, member, textOf, valueAt, type Json, type JsonObject, type Pointer } from '../../model/json.ts';
import { cronProblem } from '../shared/cron.ts';
import type { EvaluationScheduleSpec } from './spec.ts';

type Trigger = EvaluationScheduleSpec['trigger'];
type Recurrence = NonNullable<Trigger['recurrence']>;

/** The list that a recurrence needs, and no other one. Hourly needs none. */
const LISTS: Readonly<Record<Recurrence['unit'], 'hours' | 'daysOfWeek' | 'daysOfMonth' | undefined>> = {
  Hourly: undefined,
  Daily: 'hours',
  Weekly: 'daysOfWeek',
  Monthly: 'daysOfMonth',
};

/** What does not fit together in a trigger. */
export function triggerMisfits(trigger: Trigger): { readonly field: Pointer; readonly message: string }[] {
  const { cron, recurrence, timeZone = 'UTC' } = trigger;
  const field = '/trigger';
  if ((cron === undefined) === (recurrence === undefined))
    return [{ field, message: 'a trigger is a cron expression or a recurrence, one of the two' }];
  const list = recurrence && LISTS[recurrence.unit];
  const lists = (['hours', 'daysOfWeek', 'daysOfMonth'] as const).filter((name) => recurrence?.[name] !== undefined);
  return [
    ...(list !== undefined && !lists.includes(list)
      ? [{ field: '/trigger/recurrence' as const, message: `${recurrence?.unit ?? ''} needs ${list}` }]
      : []),
    ...lists
      .filter((name) => name !== list)
      .map((name) => ({
        field: `/trigger/recurrence/${name}` as const,
        message: `${name} means nothing for ${recurrence?.unit ?? ''}`,
      })),
    ...(['startTime', 'endTime'] as const)
      .filter((name) => trigger[name] !== undefined && Number.isNaN(Date.parse(trigger[name] ?? '')))
      .map((name) => ({ field: `/trigger/${name}` as const, message: `${trigger[name] ?? ''} is no time` })),
    ...cronMisfits(cron),
    ...(isBackwards(trigger)
      ? [
          {
            field: '/trigger/endTime' as const,
            message: `${trigger.endTime ?? ''} is not after startTime, so it never runs`,
          },
        ]
      : []),
    ...(isZone(timeZone) ? [] : [{ field: '/trigger/timeZone' as const, message: `${timeZone} is no time zone` }]),
  ];
}

function cronMisfits(cron: string | undefined): { readonly field: Pointer; readonly message: string }[] {
  const message = cron === undefined ? undefined : cronProblem(cron);
  return message === undefined ? [] : [{ field: '/trigger/cron', message }];
}

function isBackwards({ startTime, endTime }: Trigger): boolean {
  return startTime !== undefined && endTime !== undefined && Date.parse(endTime) <= Date.parse(startTime);
}

function isZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone }).format(0);
    return true;
  } catch {
    return false;
  }
}

/** A trigger as the service takes it: Cron or Recurrence. */
export function triggerBody({ cron, recurrence, timeZone = 'UTC', startTime, endTime }: Trigger): JsonObject {
  const period: JsonObject = {
    timeZone,
    ...(startTime === undefined ? {} : { startTime }),
    ...(endTime === undefined ? {} : { endTime }),
  };
  if (!recurrence) return { type: 'Cron', expression: cron ?? '', ...period };
  const list = LISTS[recurrence.unit];
  return {
    type: 'Recurrence',
    interval: recurrence.interval ?? 1,
    ...period,
    schedule: { type: recurrence.unit, ...(list === undefined ? {} : { [list]: [...(recurrence[list] ?? [])] }) },
  };
}

/**
 * A live trigger as a manifest would write it; undefined for one that happens once. Times that mean the same as the
 * wanted ones are spelled like them.
 */
export function triggerSpec(body: Json | undefined, wanted?: Trigger): JsonObject | undefined {
  const period: JsonObject = {
    timeZone: textOf(body, 'timeZone') || 'UTC',
    ...Object.fromEntries(
      (['startTime', 'endTime'] as const).flatMap((name) => {
        const value = textOf(body, name);
        const own = wanted?.[name];
        const isSame = own !== undefined && Date.parse(own) === Date.parse(value);
        return value === '' ? [] : [[name, isSame ? own : value]];
      }),
    ),
  };
  if (textOf(body, 'type') === 'Cron') return { cron: textOf(body, 'expression'), ...period };
  const schedule = valueAt(body, '/schedule');
  if (textOf(body, 'type') !== 'Recurrence' || !isObject(schedule)) return undefined;
  const { type = '', ...lists } = schedule;
  return { recurrence: { unit: type, interval: member(body, 'interval') ?? 1, ...lists }, ...period };
}
