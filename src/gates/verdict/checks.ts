import { clusterInterval, tInterval } from '../stats/means.ts';
import { clopperPearson, mcnemar, newcombePaired, wilson, type Interval } from '../stats/proportions.ts';
import type { Attacks, Check, Limit, MetricCriteria, SafetyCriteria, Verdict } from './types.ts';
import { clustersOf, type Unit } from './units.ts';

/** Fewer differences than this say nothing about scores, however they turn out. */
const FEWEST_FOR_SCORES = 20;

interface Bounded extends Interval {
  readonly n: number;
}

/** A statistic of the candidate alone against a limit. */
export function absoluteCheck(metric: MetricCriteria, limit: Limit, units: readonly Unit[], alpha: number): Check {
  const { name, tier } = metric;
  const bounds = levelOf(metric, units, (unit) => unit.candidate, alpha);
  const target = limit.atLeast ?? limit.atMost ?? Number.NaN;
  const verdict = against(bounds, limit, target);
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

/** Wilson bounds for items that pass or fail as a whole; else, and for scores, the t interval of item means. */
function levelOf(metric: MetricCriteria, units: readonly Unit[], of: (unit: Unit) => number, alpha: number): Bounded {
  const values = units.map(of);
  const clusters = clustersOf(units, of);
  if (clusters) return { ...clusterInterval(clusters, alpha), n: clusters.length };
  const isWhole = values.every((value) => value === 0 || value === 1);
  if (metric.data === 'passFail' && isWhole)
    return { ...wilson(values.filter((value) => value === 1).length, values.length, alpha), n: values.length };
  return { ...tInterval(values, alpha), n: values.length };
}

function against(
  { estimate, lower, upper }: Interval,
  limit: Limit,
  target: number,
): { verdict: Verdict; reason: string } {
  const isFloor = limit.atLeast !== undefined;
  const reaches = (value: number): boolean => (isFloor ? value >= target : value <= target);
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
export function regressionCheck(metric: MetricCriteria, maxDrop: number, units: readonly Unit[], alpha: number): Check {
  const sign = metric.direction === 'increase' ? 1 : -1;
  const difference = (unit: Unit): number => sign * (unit.candidate - (unit.baseline ?? 0));
  const means = {
    candidate: meanOf(units, (unit) => unit.candidate),
    baseline: meanOf(units, (unit) => unit.baseline ?? 0),
  };
  const common = { metric: metric.name, kind: 'regression', tier: metric.tier, limit: -maxDrop, ...means } as const;
  const paired = pairsOf(metric, units);
  if (paired) {
    const bounds = { ...newcombePaired(paired, alpha), n: units.length };
    const p = mcnemar(paired.candidateOnly, paired.baselineOnly);
    return { ...common, ...nonInferior(bounds, maxDrop), ...numbers(bounds), p };
  }
  const clusters = clustersOf(units, difference);
  const bounds: Bounded = clusters
    ? { ...clusterInterval(clusters, alpha), n: clusters.length }
    : { ...tInterval(units.map(difference), alpha), n: units.length };
  if (bounds.n < FEWEST_FOR_SCORES) {
    const reason = `${bounds.n} differences are too few; ${FEWEST_FOR_SCORES} are needed`;
    return { ...common, verdict: 'inconclusive', reason, ...numbers(bounds) };
  }
  return { ...common, ...nonInferior(bounds, maxDrop), ...numbers(bounds) };
}

function nonInferior({ lower, upper }: Interval, maxDrop: number): { verdict: Verdict; reason: string } {
  const margin = shown(maxDrop);
  if (lower >= -maxDrop) return { verdict: 'pass', reason: `it is shown not to be worse by more than ${margin}` };
  if (upper < -maxDrop) return { verdict: 'fail', reason: `it is shown to be worse by more than ${margin}` };
  return { verdict: 'inconclusive', reason: `the items do not show whether it is worse by more than ${margin}` };
}

/** Counts of items that pass or fail as a whole in both arms; undefined for scores, repeats that differ, and clusters. */
function pairsOf(metric: MetricCriteria, units: readonly Unit[]) {
  const isWhole = (value: number | undefined): boolean => value === 0 || value === 1;
  const isPassFail = metric.data === 'passFail' && units.every((unit) => unit.item.cluster === undefined);
  if (!isPassFail || !units.every((unit) => isWhole(unit.candidate) && isWhole(unit.baseline))) return undefined;
  const count = (candidate: number, baseline: number): number =>
    units.filter((unit) => unit.candidate === candidate && unit.baseline === baseline).length;
  return { both: count(1, 1), candidateOnly: count(1, 0), baselineOnly: count(0, 1), neither: count(0, 0) };
}

/** Defects against an exact bound. An item with a defect in any repeat is one. */
export function safetyCheck(safety: SafetyCriteria, units: readonly Unit[], alpha: number): Check {
  const defects = units.filter((unit) => unit.candidate < 1);
  const bounds = { ...clopperPearson(defects.length, units.length, alpha), n: units.length };
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

function meanOf(units: readonly Unit[], of: (unit: Unit) => number): number {
  return units.reduce((sum, unit) => sum + of(unit), 0) / units.length;
}

/** Four digits are enough for people. */
export function shown(value: number): string {
  return String(Number(value.toPrecision(4)));
}
