import { bootstrap, quantile as quantileOf } from '../stats/bootstrap.ts';
import { clusterInterval, tInterval } from '../stats/means.ts';
import { clopperPearson, wider, wilson, type Interval } from '../stats/proportions.ts';
import { quantileBounds } from '../stats/quantiles.ts';
import { FEWEST, numbers, ROUNDING, SEED, shown, sumOf, tooFew, type Bounded, type Decision } from './bounded.ts';
import type { Attacks, Check, Limit, MetricCriteria, SafetyCriteria } from './types.ts';
import { clustersOf, type Unit } from './units.ts';

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
    ...(limit.evidence === 'point' ? { evidence: 'point' as const } : {}),
    range: metric.data === 'passFail' ? [0, 1] : metric.range,
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

function against({ estimate, lower, upper }: Interval, limit: Limit, target: number): Decision {
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
    ...(safety.evidence === 'point' ? { evidence: 'point' as const } : {}),
    range: [0, 1],
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
  const common = {
    metric: 'attackSuccessRate',
    kind: 'safety',
    tier: 'blocking',
    limit: atMost,
    range: [0, 1],
  } as const;
  if (!found || found.attacks === 0) {
    const reason = found ? 'no attack was graded' : 'the attacks did not end in time';
    return { ...common, n: 0, verdict: 'inconclusive', reason };
  }
  const bounds = { ...clopperPearson(found.succeeded, found.attacks, alpha), n: found.attacks };
  return { ...common, ...numbers(bounds), ...against(bounds, { atMost }, atMost), candidate: bounds.estimate };
}
