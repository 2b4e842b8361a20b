import type { Json } from '../engine/json.ts';

/** A point in time or a length of time; `ms` since 1970, or milliseconds. */
export class Moment {
  readonly kind: 'datetime' | 'timespan';
  readonly ms: number;

  constructor(kind: 'datetime' | 'timespan', ms: number) {
    this.kind = kind;
    this.ms = ms;
  }
}

/** A value of a query. Objects and arrays are `dynamic`. */
export type Value = Json | Moment;

export type ValueType = 'string' | 'long' | 'real' | 'bool' | 'datetime' | 'timespan' | 'dynamic';

export function typeOf(value: Value): ValueType | undefined {
  if (value === null) return undefined;
  if (value instanceof Moment) return value.kind;
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'long' : 'real';
  return 'dynamic';
}

/** As `tostring()` writes it. */
export function textOf(value: Value): string {
  if (value === null) return '';
  if (value instanceof Moment) return value.kind === 'datetime' ? isoOf(value.ms) : spanText(value.ms);
  if (typeof value === 'string') return value;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** ISO 8601 with seven digits, as Azure writes times. */
export function isoOf(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '0000Z');
}

/** `1.02:03:04` */
function spanText(ms: number): string {
  const two = (number: number): string => String(Math.floor(number)).padStart(2, '0');
  const size = Math.abs(ms);
  const days = Math.floor(size / 86_400_000);
  const time = [two((size / 3_600_000) % 24), two((size / 60_000) % 60), two((size / 1000) % 60)].join(':');
  const fraction = size % 1000 === 0 ? '' : `.${String(size % 1000).padStart(3, '0')}0000`;
  return `${ms < 0 ? '-' : ''}${days > 0 ? `${days}.` : ''}${time}${fraction}`;
}

export function toJson(value: Value): Json {
  return value instanceof Moment ? textOf(value) : value;
}

/** Less than, equal or greater, for values of one type; undefined where they do not compare. */
export function compare(left: Value, right: Value): number | undefined {
  if (left === null || right === null) return undefined;
  if (left instanceof Moment || right instanceof Moment) {
    const a = left instanceof Moment ? left.ms : timeOf(left);
    const b = right instanceof Moment ? right.ms : timeOf(right);
    return a === undefined || b === undefined ? undefined : a - b;
  }
  if (typeof left === 'number' || typeof right === 'number') {
    const [a, b] = [Number(left), Number(right)];
    return typeof left === 'object' || typeof right === 'object' || Number.isNaN(a - b) ? undefined : a - b;
  }
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right);
  const [a, b] = [textOf(left), textOf(right)];
  return a < b ? -1 : a > b ? 1 : 0;
}

function timeOf(value: Value): number | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
