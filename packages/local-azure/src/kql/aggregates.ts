import { compare, Moment, textOf, toJson, type Value, type ValueType } from './values.ts';

/** An aggregate function over the values that its arguments have in the rows of a group. */
export interface Aggregate {
  readonly type: ValueType | 'same';
  readonly least: number;
  readonly most: number;
  readonly apply: (rows: readonly (readonly Value[])[]) => Value;
}

const known = (rows: readonly (readonly Value[])[]): Value[] =>
  rows.map(([value = null]) => value).filter((value) => value !== null);

const numbers = (rows: readonly (readonly Value[])[]): number[] =>
  known(rows)
    .map((value) => (value instanceof Moment ? value.ms : Number(value)))
    .filter((value) => !Number.isNaN(value));

const best = (values: readonly Value[], sign: number): Value =>
  values.reduce<Value>((found, one) => (found === null || (compare(one, found) ?? 0) * sign > 0 ? one : found), null);

const distinct = (values: readonly Value[]): Value[] => [
  ...new Map(values.map((value) => [textOf(value), value])).values(),
];

const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);

/** Nearest rank. Azure estimates percentiles of large groups; here they are exact. */
const percentile = (values: readonly number[], share: number): Value => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((share / 100) * sorted.length) - 1)] ?? null;
};

export const AGGREGATES: Readonly<Record<string, Aggregate>> = {
  count: { type: 'long', least: 0, most: 0, apply: (rows) => rows.length },
  countif: { type: 'long', least: 1, most: 1, apply: (rows) => rows.filter(([test]) => test === true).length },
  dcount: { type: 'long', least: 1, most: 2, apply: (rows) => distinct(known(rows)).length },
  sum: { type: 'same', least: 1, most: 1, apply: (rows) => sum(numbers(rows)) },
  sumif: {
    type: 'same',
    least: 2,
    most: 2,
    apply: (rows) => sum(numbers(rows.filter(([, test]) => test === true))),
  },
  avg: {
    type: 'real',
    least: 1,
    most: 1,
    apply: (rows) => (numbers(rows).length === 0 ? null : sum(numbers(rows)) / numbers(rows).length),
  },
  min: { type: 'same', least: 1, most: 1, apply: (rows) => best(known(rows), -1) },
  max: { type: 'same', least: 1, most: 1, apply: (rows) => best(known(rows), 1) },
  percentile: {
    type: 'real',
    least: 2,
    most: 2,
    apply: (rows) => percentile(numbers(rows), Number(rows[0]?.[1] ?? 50)),
  },
  make_list: { type: 'dynamic', least: 1, most: 2, apply: (rows) => known(rows).map(toJson) },
  make_set: { type: 'dynamic', least: 1, most: 2, apply: (rows) => distinct(known(rows)).map(toJson) },
  any: { type: 'same', least: 1, most: 1, apply: (rows) => known(rows)[0] ?? null },
  take_any: { type: 'same', least: 1, most: 1, apply: (rows) => known(rows)[0] ?? null },
};
