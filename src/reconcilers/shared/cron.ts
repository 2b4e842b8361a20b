interface Field {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly names?: readonly string[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
/** Most days of each month, in leap years. */
const LENGTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const FIELDS: readonly Field[] = [
  { name: 'minute', least: 0, most: 59 },
  { name: 'hour', least: 0, most: 23 },
  { name: 'day of month', least: 1, most: 31 },
  { name: 'month', least: 1, most: 12, names: MONTHS },
  // 7 is Sunday too.
  { name: 'day of week', least: 0, most: 7, names: DAYS },
];

/** Why a cron expression of five fields is not valid, or never comes true; undefined for one that does. */
export function cronProblem(expression: string): string | undefined {
  const texts = expression.trim().split(/\s+/);
  if (texts.length !== FIELDS.length)
    return `"${expression}" is not a cron expression with five fields: ${FIELDS.map(({ name }) => name).join(', ')}`;
  const values = FIELDS.map((field, index) => valuesOf(texts[index] ?? '', field));
  const wrong = values.findIndex((one) => one === undefined);
  if (wrong >= 0) return `"${texts[wrong] ?? ''}" is not a valid ${FIELDS[wrong]?.name ?? 'field'}`;
  const [, , days = [], months = []] = values;
  // A day of the week that is restricted as well makes it either of the two.
  const isEither = texts[4] !== '*' && texts[2] !== '*';
  const comes = months.some((month) => days.some((day) => day <= (LENGTHS[month - 1] ?? 0)));
  return comes || isEither ? undefined : `"${expression}" never runs: no month that it names has that day`;
}

/** The numbers that a field stands for; undefined when it is not valid. */
function valuesOf(text: string, field: Field): number[] | undefined {
  const parts = text.split(',').map((part) => rangeOf(part, field));
  return parts.some((part) => part === undefined) ? undefined : parts.flatMap((part) => part ?? []);
}

function rangeOf(part: string, field: Field): number[] | undefined {
  const [, from = '', to, step = '1'] = /^(\*|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(part) ?? [];
  if (from === '' || Number(step) < 1 || (from === '*' && to !== undefined)) return undefined;
  const start = from === '*' ? field.least : numberOf(from, field);
  const isOpen = from === '*' || (to === undefined && part.includes('/'));
  const end = isOpen ? field.most : to === undefined ? start : numberOf(to, field);
  if (start === undefined || end === undefined || end < start) return undefined;
  return Array.from(
    { length: Math.floor((end - start) / Number(step)) + 1 },
    (_, index) => start + index * Number(step),
  );
}

function numberOf(text: string, { least, most, names = [] }: Field): number | undefined {
  const named = names.indexOf(text.toLowerCase());
  const value = named >= 0 ? named + least : /^\d+$/.test(text) ? Number(text) : undefined;
  return value !== undefined && value >= least && value <= most ? value : undefined;
}
