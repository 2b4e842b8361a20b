import type { Json } from '../engine/json.ts';
import { compare, isoOf, Moment, textOf, type Value, type ValueType } from './values.ts';

/** A scalar function. `now` is the time of the query, in milliseconds. */
export interface ScalarFunction {
  readonly type: ValueType;
  readonly least: number;
  readonly most: number;
  readonly apply: (args: readonly Value[], now: number) => Value;
}

const fn = (type: ValueType, least: number, most: number, apply: ScalarFunction['apply']): ScalarFunction => ({
  type,
  least,
  most,
  apply,
});

const numeric = (value: Value | undefined): number | null => {
  if (value instanceof Moment) return value.ms;
  const number = value === null || value === undefined || value === '' ? Number.NaN : Number(value);
  return Number.isNaN(number) ? null : number;
};

const rounded = (value: Value | undefined): Value => {
  const number = numeric(value);
  return number === null ? null : Math.trunc(number);
};

const date = (value: Value | undefined): Value => {
  if (value instanceof Moment) return value;
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? null : new Moment('datetime', time);
};

const parsed = (value: Value | undefined): Value => {
  if (typeof value !== 'string') return value ?? null;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
};

const isEmpty = (value: Value | undefined): boolean => value === null || value === undefined || value === '';

/** Rounds down to a multiple: `bin(x, 5m)`. */
const bin: ScalarFunction['apply'] = ([value = null, size = null]) => {
  const step = numeric(size);
  const number = numeric(value);
  if (step === null || number === null || step === 0) return null;
  const floor = Math.floor(number / step) * step;
  return value instanceof Moment ? new Moment(value.kind, floor) : floor;
};

/** Names are case-sensitive, as in Kusto. Functions that take regular expressions are not imitated. */
export const FUNCTIONS: Readonly<Record<string, ScalarFunction>> = {
  not: fn('bool', 1, 1, ([value]) => (value === null || value === undefined ? null : value !== true)),
  tolower: fn('string', 1, 1, ([value = null]) => textOf(value).toLowerCase()),
  toupper: fn('string', 1, 1, ([value = null]) => textOf(value).toUpperCase()),
  tostring: fn('string', 1, 1, ([value = null]) => textOf(value)),
  toint: fn('long', 1, 1, ([value]) => rounded(value)),
  tolong: fn('long', 1, 1, ([value]) => rounded(value)),
  todouble: fn('real', 1, 1, ([value]) => numeric(value)),
  toreal: fn('real', 1, 1, ([value]) => numeric(value)),
  tobool: fn('bool', 1, 1, ([value = null]) =>
    isEmpty(value) ? null : textOf(value).toLowerCase() === 'true' || numeric(value) === 1,
  ),
  todatetime: fn('datetime', 1, 1, ([value]) => date(value)),
  todynamic: fn('dynamic', 1, 1, ([value]) => parsed(value)),
  parse_json: fn('dynamic', 1, 1, ([value]) => parsed(value)),
  dynamic: fn('dynamic', 1, 1, ([value]) => parsed(value)),
  isempty: fn('bool', 1, 1, ([value]) => isEmpty(value)),
  isnotempty: fn('bool', 1, 1, ([value]) => !isEmpty(value)),
  isnull: fn('bool', 1, 1, ([value]) => value === null || value === undefined),
  isnotnull: fn('bool', 1, 1, ([value]) => value !== null && value !== undefined),
  now: fn(
    'datetime',
    0,
    1,
    ([offset], now) => new Moment('datetime', now + (offset instanceof Moment ? offset.ms : 0)),
  ),
  ago: fn('datetime', 1, 1, ([span], now) => (span instanceof Moment ? new Moment('datetime', now - span.ms) : null)),
  bin: fn('dynamic', 2, 2, bin),
  floor: fn('dynamic', 2, 2, bin),
  startofday: fn('datetime', 1, 1, ([value]) => bin([date(value), new Moment('timespan', 86_400_000)], 0)),
  startofhour: fn('datetime', 1, 1, ([value]) => bin([date(value), new Moment('timespan', 3_600_000)], 0)),
  format_datetime: fn('string', 1, 1, ([value]) => (value instanceof Moment ? isoOf(value.ms) : '')),
  iff: fn('dynamic', 3, 3, ([test, yes = null, no = null]) => (test === true ? yes : no)),
  iif: fn('dynamic', 3, 3, ([test, yes = null, no = null]) => (test === true ? yes : no)),
  case: fn('dynamic', 3, 64, (args) => {
    for (let index = 0; index + 1 < args.length; index += 2) if (args[index] === true) return args[index + 1] ?? null;
    return args.at(-1) ?? null;
  }),
  coalesce: fn('dynamic', 1, 64, (args) => args.find((value) => !isEmpty(value)) ?? null),
  strcat: fn('string', 1, 64, (args) => args.map(textOf).join('')),
  strlen: fn('long', 1, 1, ([value = null]) => textOf(value).length),
  substring: fn('string', 2, 3, ([value = null, start = 0, length = null]) => {
    const from = Number(start);
    return textOf(value).slice(from, length === null ? undefined : from + Number(length));
  }),
  split: fn('dynamic', 2, 2, ([value = null, separator = null]) => textOf(value).split(textOf(separator))),
  replace_string: fn('string', 3, 3, ([value = null, old = null, fresh = null]) =>
    textOf(value).replaceAll(textOf(old), () => textOf(fresh)),
  ),
  trim_start: fn('string', 1, 1, ([value = null]) => textOf(value).trimStart()),
  array_length: fn('long', 1, 1, ([value]) => (Array.isArray(value) ? value.length : null)),
  bag_keys: fn('dynamic', 1, 1, ([value]) =>
    typeof value === 'object' && value !== null && !(value instanceof Moment) ? Object.keys(value) : null,
  ),
  pack_array: fn('dynamic', 1, 64, (args) => args.map((value) => (value instanceof Moment ? textOf(value) : value))),
  abs: fn('real', 1, 1, ([value]) => {
    const number = numeric(value);
    return number === null ? null : Math.abs(number);
  }),
  round: fn('real', 1, 2, ([value, digits = 0]) => {
    const number = numeric(value);
    return number === null ? null : Number(number.toFixed(Number(digits)));
  }),
  min_of: fn('dynamic', 2, 64, (args) => args.reduce((best, one) => ((compare(one, best) ?? 0) < 0 ? one : best))),
  max_of: fn('dynamic', 2, 64, (args) => args.reduce((best, one) => ((compare(one, best) ?? 0) > 0 ? one : best))),
};
