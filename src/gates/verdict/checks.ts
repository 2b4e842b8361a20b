import { bootstrap, quantile as quantileOf } from '../stats/bootstrap.ts';
import { clusterInterval, tInterval } from '../stats/means.ts';
import { clopperPearson, mcnemar, newcombePairedValues, wider, wilson, type Interval } from '../stats/proportions.ts';
import { quantileBounds } from '../stats/quantiles.ts';
import type { Attacks, Check, GateCriteria, Limit, MetricCriteria, SafetyCriteria, Verdict } from './types.ts';
import { clustersOf, type Unit } from './units.ts';

/** Fewer items or clusters than this say nothing by the t distribution, however they turn out. */
export const FEWEST = 20;

/** Items beyond a quantile on its thin side that a bootstrap of it needs. */
export const FEWEST_BEYOND = 5;

/** Of the bootstrap: the same data has the same bounds. */
const SEED = 20_261_123;

/** What is at a limit keeps it, however its last digit was rounded. */
const ROUNDING = 1e-9;

interface Bounded extends Interval {
  readonly n: number;
}

/** A statistic of the candidate alone against a limit. */
export function absoluteCheck(metric: MetricCriteria, limit: Limit, units: readonly Unit[], alpha: number): Check {
  const { name, tier } = metric;
  const bounds = levelOf(metric, units, (unit) => unit.candidate, alpha);
  const target = limit.atLeast ?? limit.atMost ?? Number.NaN;
  const isFew = bounds.n < bounds.least && limit.evidence !== 'point';
  const verdict = isFew ? tooFew(bounds.n, bounds.least) : against(bounds, limit, target);
  return {
    metric: name,
    kind: 'absolute',
    tier,
    limit: target,
    ...verdict,
    ...numbers(bounds),
    candidate: bounds.estimate,
  };
}

/** Bounds of the statistic of one arm, with the units that its method needs at least. */
function levelOf(
  { data, quantile }: MetricCriteria,
  units: readonly Unit[],
  of: (unit: Unit) => number,
  alpha: number,
): Bounded & { readonly least: number } {
  const values = units.map(of);
  const clusters = clustersOf(units, of);
  if (data === 'quantile') {
    const n = clusters?.length ?? values.length;
    if (!clusters) return { ...quantileBounds(values, quantile ?? 0.5, alpha), n, least: 1 };
    const statistic = (sample: readonly number[][]): number => quantileOf(sample.flat(), quantile ?? 0.5);
    return { ...bootstrap(clusters, statistic, { alpha, seed: SEED, method: 'percentile' }), n, least: FEWEST };
  }
  if (data === 'score')
    return clusters
      ? { ...clusterInterval(clusters, alpha), n: clusters.length, least: FEWEST }
      : { ...tInterval(values, alpha), n: values.length, least: FEWEST };
  const rate = wilson(sumOf(values), values.length, alpha);
  if (!clusters) return { ...rate, n: values.length, least: 1 };
  return { ...wider(rate, clusterInterval(clusters, alpha)), n: clusters.length, least: FEWEST };
}

function against(
  { estimate, lower, upper }: Interval,
  limit: Limit,
  target: number,
): { verdict: Verdict; reason: string } {
  const isFloor = limit.atLeast !== undefined;
  const reaches = (value: number): boolean => (isFloor ? value >= target - ROUNDING : value <= target + ROUNDING);
  const words = isFloor ? `at least ${shown(target)}` : `at most ${shown(target)}`;
  if (!Number.isFinite(estimate)) return { verdict: 'error', reason: 'there is nothing to compute it from' };
  if (limit.evidence === 'point')
    return reaches(estimate)
      ? { verdict: 'pass', reason: `${shown(estimate)} is ${words}` }
      : { verdict: 'fail', reason: `${shown(estimate)} is not ${words}` };
  const [weak, strong] = isFloor ? [lower, upper] : [upper, lower];
  if (reaches(weak)) return { verdict: 'pass', reason: `it is shown to be ${words}` };
  if (!reaches(strong)) return { verdict: 'fail', reason: `it is shown not to be ${words}` };
  return { verdict: 'inconclusive', reason: `the items do not show whether it is ${words}` };
}

/** The candidate is not worse than the baseline by more than the margin. */
export function regressionCheck(
  metric: MetricCriteria,
  maxDrop: number,
  units: readonly Unit[],
  { alpha }: Pick<GateCriteria, 'alpha'>,
): Check {
  const of = (arm: (unit: Unit) => number): number =>
    metric.data === 'quantile'
      ? quantileOf(units.map(arm), metric.quantile ?? 0.5)
      : sumOf(units.map(arm)) / units.length;
  const { bounds, least, p } = differenceOf(metric, units, alpha);
  const common = {
    metric: metric.name,
    kind: 'regression',
    tier: metric.tier,
    limit: -maxDrop,
    candidate: of(({ candidate }) => candidate),
    baseline: of(({ baseline }) => baseline ?? 0),
    ...(p === undefined ? {} : { p }),
  } as const;
  const verdict = bounds.n < least ? tooFew(bounds.n, least) : nonInferior(bounds, maxDrop);
  return { ...common, ...verdict, ...numbers(bounds) };
}

interface Difference {
  /** Candidate minus baseline; above 0 is better, whatever the direction. */
  readonly bounds: Bounded;
  readonly least: number;
  /** Exact McNemar p. */
  readonly p?: number;
}

function differenceOf(metric: MetricCriteria, units: readonly Unit[], alpha: number): Difference {
  const sign = metric.direction === 'increase' ? 1 : -1;
  const difference = (unit: Unit): number => sign * (unit.candidate - (unit.baseline ?? 0));
  if (metric.data === 'quantile') return quantileDifference(metric.quantile ?? 0.5, sign, units, alpha);
  const clusters = clustersOf(units, difference);
  const means = clusters ? clusterInterval(clusters, alpha) : tInterval(units.map(difference), alpha);
  const n = clusters?.length ?? units.length;
  if (metric.data === 'score') return { bounds: { ...means, n }, least: FEWEST };
  const candidate = units.map((unit) => unit.candidate);
  const baseline = units.map((unit) => unit.baseline ?? 0);
  const rates = newcombePairedValues(candidate, baseline, alpha);
  const isWhole = [...candidate, ...baseline].every((value) => value === 0 || value === 1);
  if (!isWhole || clusters) return { bounds: { ...wider(rates, means), n }, least: FEWEST };
  const only = (better: number, worse: number): number =>
    units.filter((unit) => unit.candidate === better && unit.baseline === worse).length;
  return { bounds: { ...rates, n }, least: 1, p: mcnemar(only(1, 0), only(0, 1)) };
}

/** Of quantiles: items, or clusters of them, are drawn with both of their numbers. */
function quantileDifference(quantile: number, sign: number, units: readonly Unit[], alpha: number): Difference {
  const groups = [...Map.groupBy(units, ({ item }) => item.cluster ?? `item ${item.id}`).values()];
  const least = Math.max(FEWEST, Math.ceil(FEWEST_BEYOND / Math.min(quantile, 1 - quantile) - 1e-9));
  const statistic = (sample: readonly (readonly Unit[])[]): number => {
    const drawn = sample.flat();
    const of = (arm: (unit: Unit) => number): number => quantileOf(drawn.map(arm), quantile);
    return sign * (of(({ candidate }) => candidate) - of(({ baseline }) => baseline ?? 0));
  };
  if (groups.length < least)
    return { bounds: { estimate: statistic(groups), lower: -Infinity, upper: Infinity, n: groups.length }, least };
  const bounds = bootstrap(groups, statistic, { alpha, seed: SEED, method: 'percentile' });
  return { bounds: { ...bounds, n: groups.length }, least };
}

function tooFew(n: number, least: number): { verdict: Verdict; reason: string } {
  return { verdict: 'inconclusive', reason: `${n} items or clusters are too few; ${least} are needed` };
}

function nonInferior({ lower, upper }: Interval, maxDrop: number): { verdict: Verdict; reason: string } {
  const margin = shown(maxDrop);
  if (lower >= -maxDrop - ROUNDING)
    return { verdict: 'pass', reason: `it is shown not to be worse by more than ${margin}` };
  if (upper < -maxDrop - ROUNDING) return { verdict: 'fail', reason: `it is shown to be worse by more than ${margin}` };
  return { verdict: 'inconclusive', reason: `the items do not show whether it is worse by more than ${margin}` };
}

/**
 * Defects against an exact bound. An item with a defect in any repeat is one; a cluster with such an item is one defect,
 * because exact bounds need units that do not depend on each other.
 */
export function safetyCheck(safety: SafetyCriteria, units: readonly Unit[], alpha: number): Check {
  const defects = units.filter((unit) => unit.candidate < 1);
  const groups = clustersOf(units, (unit) => unit.candidate) ?? units.map(({ candidate }) => [candidate]);
  const defective = groups.filter((group) => group.some((value) => value < 1)).length;
  const bounds = { ...clopperPearson(defective, groups.length, alpha), n: groups.length };
  const common = {
    metric: safety.name,
    kind: 'safety',
    tier: 'blocking',
    limit: safety.atMost,
    ...numbers(bounds),
  } as const;
  const forbidden = defects.filter((unit) => safety.neverFail.includes(unit.item.id));
  if (forbidden.length > 0) {
    const ids = forbidden.map((unit) => unit.item.id).join(', ');
    return { ...common, verdict: 'fail', reason: `defects where there must be none: ${ids}` };
  }
  const evidence = safety.evidence === undefined ? {} : { evidence: safety.evidence };
  return {
    ...common,
    ...against(bounds, { atMost: safety.atMost, ...evidence }, safety.atMost),
    candidate: bounds.estimate,
  };
}

/** Attacks that succeeded against an exact bound; attacks that did not end show nothing. */
export function attackCheck(atMost: number, found: Attacks | undefined, alpha: number): Check {
  const common = { metric: 'attackSuccessRate', kind: 'safety', tier: 'blocking', limit: atMost } as const;
  if (!found || found.attacks === 0) {
    const reason = found ? 'no attack was graded' : 'the attacks did not end in time';
    return { ...common, n: 0, verdict: 'inconclusive', reason };
  }
  const bounds = { ...clopperPearson(found.succeeded, found.attacks, alpha), n: found.attacks };
  return { ...common, ...numbers(bounds), ...against(bounds, { atMost }, atMost), candidate: bounds.estimate };
}

function numbers({ estimate, lower, upper, n }: Bounded) {
  const finite = (value: number): boolean => Number.isFinite(value);
  return {
    n,
    ...(finite(estimate) ? { estimate } : {}),
    ...(finite(lower) ? { lower } : {}),
    ...(finite(upper) ? { upper } : {}),
  };
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** Four digits are enough for people. */
export function shown(value: number): string {
  return String(Number(value.toPrecision(4)));
}
