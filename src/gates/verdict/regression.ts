import { bootstrap, quantile as quantileOf } from '../stats/bootstrap.ts';
import { clusterInterval, tInterval } from '../stats/means.ts';
import { mcnemar, newcombePairedValues, wider, type Interval } from '../stats/proportions.ts';
import {
  FEWEST,
  FEWEST_BEYOND,
  numbers,
  ROUNDING,
  SEED,
  shown,
  sumOf,
  tooFew,
  type Bounded,
  type Decision,
} from './bounded.ts';
import type { Check, GateCriteria, MetricCriteria } from './types.ts';
import { clustersOf, type Unit } from './units.ts';

/** Most that the candidate may be worse: in the unit of the statistic, or as a share of what the baseline has. */
export interface Margin {
  readonly most: number;
  readonly of: 'unit' | 'baseline';
}

/** The margin of a metric; undefined where it is not compared. */
export function marginOf({
  maxDrop,
  maxDropShare,
}: Pick<MetricCriteria, 'maxDrop' | 'maxDropShare'>): Margin | undefined {
  if (maxDrop !== undefined) return { most: maxDrop, of: 'unit' };
  return maxDropShare === undefined ? undefined : { most: maxDropShare, of: 'baseline' };
}

/**
 * The candidate is not worse than the baseline by more than the margin. With a share of the baseline, the estimate is how far
 * the candidate stays within it, item by item: the baseline's own error counts, and 0 is the limit.
 */
export function regressionCheck(
  metric: MetricCriteria,
  margin: Margin,
  units: readonly Unit[],
  { alpha }: Pick<GateCriteria, 'alpha'>,
): Check {
  const of = (arm: (unit: Unit) => number): number =>
    metric.data === 'quantile'
      ? quantileOf(units.map(arm), metric.quantile ?? 0.5)
      : sumOf(units.map(arm)) / units.length;
  const { bounds, least, p, deviation } = differenceOf(metric, margin, units, alpha);
  const common = {
    metric: metric.name,
    kind: 'regression',
    tier: metric.tier,
    limit: lowest(margin),
    candidate: of(({ candidate }) => candidate),
    baseline: of(({ baseline }) => baseline ?? 0),
    ...(p === undefined ? {} : { p }),
    ...(deviation === undefined ? {} : { deviation }),
  } as const;
  const verdict = bounds.n < least ? tooFew(bounds.n, least) : nonInferior(bounds, margin);
  return { ...common, ...verdict, ...numbers(bounds) };
}

interface Difference {
  /** Candidate minus baseline; above 0 is better, whatever the direction. */
  readonly bounds: Bounded;
  readonly least: number;
  /** Exact McNemar p. */
  readonly p?: number;
  /** Standard deviation over items. */
  readonly deviation?: number;
}

/** Of two numbers of the arms, in the direction that is better, less what a share of the baseline allows. */
type Compare = (candidate: number, baseline: number) => number;

function compareBy({ direction }: MetricCriteria, { most, of }: Margin): Compare {
  const sign = direction === 'increase' ? 1 : -1;
  const factor = of === 'unit' ? 1 : 1 - sign * most;
  return (candidate, baseline) => sign * (candidate - factor * baseline);
}

function differenceOf(metric: MetricCriteria, margin: Margin, units: readonly Unit[], alpha: number): Difference {
  const compare = compareBy(metric, margin);
  const difference = (unit: Unit): number => compare(unit.candidate, unit.baseline ?? 0);
  if (metric.data === 'quantile') return quantileDifference(metric.quantile ?? 0.5, compare, units, alpha);
  const clusters = clustersOf(units, difference);
  const means = clusters ? clusterInterval(clusters, alpha) : tInterval(units.map(difference), alpha);
  const n = clusters?.length ?? units.length;
  if (metric.data === 'score')
    return { bounds: { ...means, n }, least: FEWEST, deviation: deviationOf(units.map(difference)) };
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
function quantileDifference(quantile: number, compare: Compare, units: readonly Unit[], alpha: number): Difference {
  const groups = [...Map.groupBy(units, ({ item }) => item.cluster ?? `item ${item.id}`).values()];
  const least = Math.max(FEWEST, Math.ceil(FEWEST_BEYOND / Math.min(quantile, 1 - quantile) - 1e-9));
  const statistic = (sample: readonly (readonly Unit[])[]): number => {
    const drawn = sample.flat();
    const of = (arm: (unit: Unit) => number): number => quantileOf(drawn.map(arm), quantile);
    return compare(
      of(({ candidate }) => candidate),
      of(({ baseline }) => baseline ?? 0),
    );
  };
  if (groups.length < least)
    return { bounds: { estimate: statistic(groups), lower: -Infinity, upper: Infinity, n: groups.length }, least };
  const bounds = bootstrap(groups, statistic, { alpha, seed: SEED, method: 'percentile' });
  return { bounds: { ...bounds, n: groups.length }, least };
}

function nonInferior({ lower, upper }: Interval, margin: Margin): Decision {
  const limit = lowest(margin);
  const most = margin.of === 'unit' ? shown(margin.most) : `${shown(margin.most * 100)} % of the baseline`;
  if (lower >= limit - ROUNDING) return { verdict: 'pass', reason: `it is shown not to be worse by more than ${most}` };
  if (upper < limit - ROUNDING) return { verdict: 'fail', reason: `it is shown to be worse by more than ${most}` };
  return { verdict: 'inconclusive', reason: `the items do not show whether it is worse by more than ${most}` };
}

/** Bound that the difference must reach. */
export function lowest({ most, of }: Margin): number {
  return of === 'unit' ? -most : 0;
}

function deviationOf(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const mean = sumOf(values) / values.length;
  return Math.sqrt(sumOf(values.map((value) => (value - mean) ** 2)) / (values.length - 1));
}
