import type { JsonObject } from '../../../engine/json.ts';
import { AGGREGATIONS, type Aggregation, type Metric, type Sample } from './catalogue.ts';
import { badRequest, type Filter } from './filter.ts';
import type { Timespan } from './timespan.ts';

/** The aggregations that were asked for; the metric's own where none was. */
export function wantedAggregations(text: string | undefined, metric: Metric): readonly Aggregation[] {
  if (text === undefined || text === '') return [metric.primary];
  return text.split(',').map((name) => {
    const found = AGGREGATIONS.find((one) => one.toLowerCase() === name.trim().toLowerCase());
    if (found && metric.aggregations.includes(found)) return found;
    throw badRequest(
      `Metric: ${metric.name} does not support requested aggregation: ${name.trim()}. Supported aggregations: ${metric.aggregations.join(',')}`,
    );
  });
}

/** One series per combination of the dimensions that are split by; a minute without data has no numbers for averages. */
export function seriesOf(
  samples: readonly Sample[],
  span: Timespan,
  { accepts, splitBy }: Filter,
  aggregations: readonly Aggregation[],
): JsonObject[] {
  const inside = samples.filter((one) => one.minute >= span.from && one.minute < span.to && accepts(one));
  const groups = Map.groupBy(inside, ({ dimensions }) =>
    JSON.stringify(splitBy.map((name) => [name, dimensions[name] ?? ''])),
  );
  if (splitBy.length === 0 && groups.size === 0) groups.set('[]', []);
  return [...groups].map(([key, group]) => ({
    metadatavalues: (JSON.parse(key) as [string, string][]).map(([name, value]) => ({
      name: { value: name.toLowerCase(), localizedValue: name.toLowerCase() },
      value,
    })),
    data: dataOf(group, span, aggregations),
  }));
}

function dataOf(
  samples: readonly Sample[],
  { from, to, step }: Timespan,
  wanted: readonly Aggregation[],
): JsonObject[] {
  const steps = Math.ceil((to - from) / step);
  const slots = Map.groupBy(samples, ({ minute }) => Math.floor((minute - from) / step));
  return Array.from({ length: steps }, (_, index) => ({
    timeStamp: new Date(from + index * step).toISOString().replace('.000', ''),
    ...numbersOf(slots.get(index) ?? [], wanted),
  }));
}

/** Nothing measured is a total of 0 and has no average. */
function numbersOf(samples: readonly Sample[], wanted: readonly Aggregation[]): JsonObject {
  const sum = (of: (sample: Sample) => number): number => samples.reduce((total, one) => total + of(one), 0);
  const count = sum((one) => one.count);
  const values: Record<Aggregation, number | undefined> = {
    Total: sum((one) => one.total),
    Count: count,
    Average: count === 0 ? undefined : sum((one) => one.total) / count,
    Maximum: samples.length === 0 ? undefined : Math.max(...samples.map((one) => one.maximum)),
    Minimum: samples.length === 0 ? undefined : Math.min(...samples.map((one) => one.minimum)),
  };
  const known = wanted.flatMap((name) => {
    const value = values[name];
    return value === undefined ? [] : [[name.toLowerCase(), value] as const];
  });
  return Object.fromEntries(known);
}
