import type { JsonObject } from '../../../engine/json.ts';
import type { Aggregation } from './catalogue.ts';
import type { Split } from './filter.ts';

/** Measurements of one minute, for one combination of dimension values. */
export interface Sample extends Sums {
  /** Start of the minute. */
  readonly minute: number;
  /** By name of the dimension. */
  readonly dimensions: Readonly<Record<string, string>>;
}

/** Values put together: their number, sum, least and greatest. */
export interface Sums {
  readonly count: number;
  readonly total: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** One line of a chart. */
export interface Series {
  /** The values that the series is for, in the order of the split. */
  readonly labels: readonly (readonly [dimension: string, value: string])[];
  readonly samples: readonly Sample[];
}

const NOTHING: Sums = { count: 0, total: 0, minimum: Infinity, maximum: -Infinity };

export function sum(samples: readonly Sums[]): Sums {
  return samples.reduce<Sums>(
    (all, each) => ({
      count: all.count + each.count,
      total: all.total + each.total,
      minimum: Math.min(all.minimum, each.minimum),
      maximum: Math.max(all.maximum, each.maximum),
    }),
    NOTHING,
  );
}

/** Of nothing the count and the total are 0; the other aggregations have no value. */
export function aggregate(sums: Sums, aggregation: Aggregation): number | undefined {
  if (aggregation === 'Count') return sums.count;
  if (aggregation === 'Total') return sums.total;
  if (sums.count === 0) return undefined;
  if (aggregation === 'Average') return sums.total / sums.count;
  return aggregation === 'Minimum' ? sums.minimum : sums.maximum;
}

/**
 * One series for each combination of values that occurs and is wanted, in the order of the values; without a split exactly
 * one. Dimensions in `rollup` are filtered by but do not make series.
 */
export function splitSamples(samples: readonly Sample[], split: Split, rollup: readonly string[]): readonly Series[] {
  if (split.size === 0) return [{ labels: [], samples }];
  const isRolled = (name: string): boolean => rollup.some((each) => each.toLowerCase() === name.toLowerCase());
  const wanted = samples.filter(({ dimensions }) =>
    [...split].every(([name, values]) => fits(dimensions[name], values)),
  );
  const groups = Map.groupBy(wanted, ({ dimensions }) =>
    JSON.stringify([...split.keys()].filter((name) => !isRolled(name)).map((name) => [name, dimensions[name] ?? ''])),
  );
  return [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, members]) => ({ labels: JSON.parse(key) as Series['labels'], samples: members }));
}

function fits(value: string | undefined, wanted: readonly string[]): boolean {
  return (
    value !== undefined && (wanted.length === 0 || wanted.some((each) => each.toLowerCase() === value.toLowerCase()))
  );
}

/**
 * The intervals of a query: `starts` are milliseconds, `length` that of each, `known` the start of the last minute with
 * data.
 */
export interface Grid {
  readonly starts: readonly number[];
  readonly length: number;
  readonly known: number;
}

const MINUTE = 60_000;

/** Intervals start at whole multiples of their length; without a length there is one, from the minute of `from` to `to`. */
export function gridOf(from: number, to: number, interval: number | undefined, known: number): Grid {
  const length = interval ?? to - from + MINUTE;
  const first = Math.floor(from / (interval ?? MINUTE)) * (interval ?? MINUTE);
  const number = interval === undefined ? 1 : Math.ceil((to - first) / interval);
  return { starts: Array.from({ length: number }, (_, index) => first + index * length), length, known };
}

/** The values of a series, interval by interval. Unknown and missing values are absent. */
export function pointsOf(samples: readonly Sample[], grid: Grid, aggregations: readonly Aggregation[]): JsonObject[] {
  const [first = 0] = grid.starts;
  const byInterval = Map.groupBy(samples, ({ minute }) => Math.floor((minute - first) / grid.length));
  return grid.starts.map((start, index) => {
    const timeStamp = new Date(start).toISOString().replace('.000', '');
    if (start > grid.known) return { timeStamp };
    const sums = sum(byInterval.get(index) ?? []);
    const values = aggregations.flatMap((aggregation) => {
      const value = aggregate(sums, aggregation);
      return value === undefined ? [] : [[aggregation.toLowerCase(), value] as const];
    });
    return { timeStamp, ...Object.fromEntries(values) };
  });
}
