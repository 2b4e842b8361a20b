import { arrayAt, objectAt, textAt, valueAt, type JsonObject } from '../../engine/json.ts';
import { fitsCron, parseCron, type LocalTime } from '../../engine/cron.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Longest time that is looked back: what is due since longer does not happen any more. */
const LOOK_BACK = 60 * DAY;

/** The problem of a trigger; undefined when it is valid. */
export function triggerProblem(trigger: JsonObject): string | undefined {
  const expression = textAt(trigger, 'expression');
  if (expression !== undefined && !parseCron(expression)) return `'${expression}' is not a cron expression`;
  const zone = textAt(trigger, 'timeZone') ?? 'UTC';
  if (!isZone(zone)) return `'${zone}' is not a time zone`;
  const times = ['startTime', 'endTime', 'triggerAt'].map((key) => textAt(trigger, key));
  const wrong = times.find((time) => time !== undefined && Number.isNaN(Date.parse(time)));
  return wrong === undefined ? undefined : `'${wrong}' is not a time`;
}

/**
 * When a trigger fires after `from` and up to `to`, oldest first, in milliseconds; `created` is when the schedule was
 * made.
 */
export function occurrences(trigger: JsonObject, created: number, from: number, to: number): number[] {
  const start = Date.parse(textAt(trigger, 'startTime') ?? '') || created;
  const end = Date.parse(textAt(trigger, 'endTime') ?? '') || Infinity;
  const after = Math.max(from, start - 1, to - LOOK_BACK);
  const until = Math.min(to, end);
  if (textAt(trigger, 'type') === 'OneTime') {
    const at = Date.parse(textAt(trigger, 'triggerAt') ?? '');
    return at > from && at <= to ? [at] : [];
  }
  const fits = textAt(trigger, 'type') === 'Cron' ? cronRule(trigger) : recurrenceRule(trigger, start);
  const found: number[] = [];
  for (let time = (Math.floor(after / MINUTE) + 1) * MINUTE; time <= until; time += MINUTE)
    if (fits(time)) found.push(time);
  return found;
}

function cronRule(trigger: JsonObject): (time: number) => boolean {
  const cron = parseCron(textAt(trigger, 'expression') ?? '');
  const zone = textAt(trigger, 'timeZone') ?? 'UTC';
  return (time) => cron !== undefined && fitsCron(cron, localTime(time, zone));
}

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** At the minute of the start; weekly and monthly ones at its hour as well. Intervals count from the start. */
function recurrenceRule(trigger: JsonObject, start: number): (time: number) => boolean {
  const zone = textAt(trigger, 'timeZone') ?? 'UTC';
  const schedule = objectAt(trigger, 'schedule');
  const interval = Number(valueAt(trigger, 'interval') ?? 1);
  const first = localTime(start, zone);
  const days = (time: number): number => Math.floor(time / DAY) - Math.floor(start / DAY);
  const rules: Readonly<Record<string, (time: number, local: LocalTime) => boolean>> = {
    Hourly: (time) => Math.round((time - start) / (60 * MINUTE)) % interval === 0,
    Daily: (time, { hour }) => days(time) % interval === 0 && arrayAt(schedule, 'hours').includes(hour),
    Weekly: (time, { hour, weekday }) =>
      hour === first.hour &&
      Math.floor(days(time) / 7) % interval === 0 &&
      arrayAt(schedule, 'daysOfWeek').includes(WEEKDAYS[weekday] ?? ''),
    Monthly: (_time, { hour, day, month }) =>
      hour === first.hour &&
      ((month - first.month + 12) % 12) % interval === 0 &&
      arrayAt(schedule, 'daysOfMonth').includes(day),
  };
  const rule = rules[textAt(schedule, 'type') ?? ''];
  return (time) => {
    const local = localTime(time, zone);
    return local.minute === first.minute && rule?.(time, local) === true;
  };
}

function isZone(zone: string): boolean {
  try {
    return Boolean(formatter(zone));
  } catch {
    return false;
  }
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    minute: 'numeric',
    hour: 'numeric',
    hourCycle: 'h23',
    day: 'numeric',
    month: 'numeric',
    weekday: 'long',
  });
  formatters.set(zone, made);
  return made;
}

function localTime(time: number, zone: string): LocalTime {
  const date = new Date(time);
  if (zone === 'UTC') {
    return {
      minute: date.getUTCMinutes(),
      hour: date.getUTCHours(),
      day: date.getUTCDate(),
      month: date.getUTCMonth() + 1,
      weekday: date.getUTCDay(),
    };
  }
  const parts = new Map(
    formatter(zone)
      .formatToParts(date)
      .map(({ type, value }) => [type, value]),
  );
  const number = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
  return {
    minute: number('minute'),
    hour: number('hour'),
    day: number('day'),
    month: number('month'),
    weekday: WEEKDAYS.indexOf(parts.get('weekday') ?? ''),
  };
}
