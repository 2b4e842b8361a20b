/** A cron expression of five fields: minute, hour, day of month, month, day of week (0 or 7 is Sunday). */
export interface Cron {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  readonly weekdays: ReadonlySet<number>;
  /** When both are limited, a day that fits either counts. */
  readonly hasDays: boolean;
  readonly hasWeekdays: boolean;
}

/** A moment in the time of some place. */
export interface LocalTime {
  readonly minute: number;
  readonly hour: number;
  readonly day: number;
  readonly month: number;
  /** 0 is Sunday. */
  readonly weekday: number;
}

/** Undefined for anything that is not an expression. */
export function parseCron(expression: string): Cron | undefined {
  const fields = expression.trim().split(/\s+/u);
  if (fields.length !== 5) return undefined;
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = fields;
  const minutes = parseField(minute, 0, 59);
  const hours = parseField(hour, 0, 23);
  const days = parseField(day, 1, 31);
  const months = parseField(month, 1, 12);
  const weekdays = parseField(weekday, 0, 7);
  if (!minutes || !hours || !days || !months || !weekdays) return undefined;
  return {
    minutes,
    hours,
    days,
    months,
    weekdays: new Set([...weekdays].map((number) => number % 7)),
    hasDays: day !== '*',
    hasWeekdays: weekday !== '*',
  };
}

/** `*`, numbers, ranges, steps and lists of them. */
function parseField(field: string, least: number, most: number): Set<number> | undefined {
  const numbers = new Set<number>();
  for (const part of field.split(',')) {
    const groups = /^(?:(?<all>\*)|(?<from>\d+)(?:-(?<to>\d+))?)(?:\/(?<step>\d+))?$/u.exec(part)?.groups;
    if (!groups) return undefined;
    const step = Number(groups['step'] ?? 1);
    const from = Number(groups['from'] ?? least);
    const to = Number(groups['to'] ?? ((groups['all'] ?? groups['step']) ? most : from));
    if (step < 1 || from < least || to > most || from > to) return undefined;
    for (let number = from; number <= to; number += step) numbers.add(number);
  }
  return numbers;
}

export function fitsCron(cron: Cron, { minute, hour, day, month, weekday }: LocalTime): boolean {
  const onDay = cron.days.has(day);
  const onWeekday = cron.weekdays.has(weekday);
  const isDay = cron.hasDays && cron.hasWeekdays ? onDay || onWeekday : onDay && onWeekday;
  return cron.minutes.has(minute) && cron.hours.has(hour) && cron.months.has(month) && isDay;
}
