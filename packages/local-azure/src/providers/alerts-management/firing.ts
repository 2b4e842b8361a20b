import type { Engine } from '../../arm/contract.ts';
import { arrayAt, member, sameText, textAt, textsAt, valueAt, type Json } from '../../engine/json.ts';
import type { StoredResource } from '../../engine/resources.ts';
import { MINUTE } from '../app/activity.ts';
import { AGGREGATIONS, metricsOf } from '../insights/metrics/catalogue.ts';
import { lastKnownMinute, samplesOf } from '../insights/metrics/samples.ts';
import { aggregate, splitSamples, sum, type Sample } from '../insights/metrics/series.ts';

/** A metric alert rule whose condition holds for a resource. */
export interface Firing {
  readonly rule: StoredResource;
  readonly target: StoredResource;
  /** Start of the minute that made it fire, in milliseconds of the clock; at most a day ago. */
  readonly since: number;
}

const DAY = 1440 * MINUTE;

/**
 * Alerts that fire in a subscription now. Nothing is stored: rules with static thresholds are evaluated over the
 * measurements, at whole multiples of their frequency, backwards. Dynamic thresholds never fire here.
 */
export function firingIn(engine: Engine, subscription: string): Firing[] {
  const rules = engine.resources.list({ type: 'Microsoft.Insights/metricAlerts', subscription });
  return rules.flatMap((rule) => {
    if (valueAt(rule.writable, 'properties.enabled') === false) return [];
    return textsAt(rule.writable, 'properties.scopes').flatMap((scope) => {
      const target = engine.resources.get(scope);
      const since = target && firingSince(engine, rule, target);
      return target && since !== undefined ? [{ rule, target, since }] : [];
    });
  });
}

function firingSince(engine: Engine, rule: StoredResource, target: StoredResource): number | undefined {
  const window = durationOf(textAt(rule.writable, 'properties.windowSize') ?? 'PT5M');
  const step = durationOf(textAt(rule.writable, 'properties.evaluationFrequency') ?? 'PT1M');
  const end = lastKnownMinute(engine) + MINUTE;
  const criteria = arrayAt(rule.writable, 'properties.criteria.allOf').map((criterion) =>
    measured(engine, target, criterion, end - DAY - window, end),
  );
  if (criteria.length === 0) return undefined;
  const holdsAt = (at: number): boolean => criteria.every((holds) => holds(at - window, at));
  let since: number | undefined;
  for (let at = Math.floor(end / step) * step; at > end - DAY && holdsAt(at); at -= step) since = at - MINUTE;
  return since;
}

/** Whether a criterion holds in a window, for any combination of the dimension values that it names. */
function measured(
  engine: Engine,
  target: StoredResource,
  criterion: Json,
  from: number,
  to: number,
): (from: number, to: number) => boolean {
  const name = textAt(criterion, 'metricName') ?? '';
  const metric = metricsOf(target.type)?.find((each) => sameText(each.name, name));
  const threshold = member(criterion, 'threshold');
  const aggregation = AGGREGATIONS.find((each) => sameText(each, textAt(criterion, 'timeAggregation') ?? ''));
  const dimensions = arrayAt(criterion, 'dimensions');
  if (!metric || !aggregation || typeof threshold !== 'number') return () => false;
  const samples = samplesOf(engine, target, metric.name, from, to).filter((sample) => isMeant(sample, dimensions));
  const split = new Map(dimensions.map((dimension) => [spelling(metric.dimensions, dimension), [] as string[]]));
  const compare = COMPARISONS[textAt(criterion, 'operator') ?? ''] ?? (() => false);
  return (start, end) => {
    const inWindow = samples.filter(({ minute }) => minute >= start && minute < end);
    return splitSamples(inWindow, split, []).some((series) => {
      const value = series.samples.length === 0 ? undefined : aggregate(sum(series.samples), aggregation);
      return value !== undefined && compare(value, threshold);
    });
  };
}

function spelling(known: readonly string[], dimension: Json): string {
  const name = textAt(dimension, 'name') ?? '';
  return known.find((each) => sameText(each, name)) ?? name;
}

function isMeant(sample: Sample, dimensions: readonly Json[]): boolean {
  const names = Object.keys(sample.dimensions);
  return dimensions.every((dimension) => {
    const value = sample.dimensions[spelling(names, dimension)] ?? '';
    const values = textsAt(dimension, 'values');
    const isNamed = values.some((each) => each === '*' || sameText(each, value));
    return textAt(dimension, 'operator') === 'Exclude' ? !isNamed : isNamed;
  });
}

const COMPARISONS: Readonly<Record<string, (value: number, threshold: number) => boolean>> = {
  Equals: (value, threshold) => value === threshold,
  Equal: (value, threshold) => value === threshold,
  GreaterThan: (value, threshold) => value > threshold,
  GreaterThanOrEqual: (value, threshold) => value >= threshold,
  LessThan: (value, threshold) => value < threshold,
  LessThanOrEqual: (value, threshold) => value <= threshold,
};

/** Milliseconds of the durations that rules may have: `PT1M` to `P1D`. */
function durationOf(text: string): number {
  const {
    days = 0,
    hours = 0,
    minutes = 0,
  } = /^P(?:(?<days>\d+)D)?(?:T(?:(?<hours>\d+)H)?(?:(?<minutes>\d+)M)?)?$/u.exec(text)?.groups ?? {};
  return Math.max(MINUTE, (Number(days) * 1440 + Number(hours) * 60 + Number(minutes)) * MINUTE);
}
