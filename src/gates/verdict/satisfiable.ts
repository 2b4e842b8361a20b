import { append } from '../../model/append.ts';
import { normalQuantile } from '../stats/distributions.ts';
import { itemsWithoutDefect, wilson } from '../stats/proportions.ts';
import { FEWEST, FEWEST_BEYOND } from './bounded.ts';
import { marginOf } from './regression.ts';
import type { GateCriteria, MetricCriteria } from './types.ts';

/** A criterion of a gate: one of its lists, an item of it, a slice of that; or how many items the gate asks for. */
export interface Criterion {
  readonly list: 'metrics' | 'safety' | 'minItems';
  /** Absent where the whole list is meant. */
  readonly index?: number;
  /** The field of the slice. */
  readonly slice?: string;
}

/** Why a gate could never pass, and which criterion it is that cannot be met. */
export interface Unsatisfiable {
  readonly message: string;
  readonly about: Criterion;
}

/**
 * Why a gate could never pass with `n` items, whatever the candidate answers; empty when it could. `units`: clusters, where
 * items belong to some.
 */
export function unsatisfiable(criteria: GateCriteria, n: number, units = n): Unsatisfiable[] {
  const found: Unsatisfiable[] = [];
  const add = (about: Criterion, messages: readonly string[]): void =>
    append(
      found,
      messages.map((message) => ({ message, about })),
    );
  const blocking = criteria.metrics.flatMap((metric, index) => (metric.tier === 'blocking' ? [{ metric, index }] : []));
  const hasCheck = blocking.some(({ metric }) => hasLimit(metric) || metric.slices?.some(hasLimit) === true);
  if (!hasCheck && criteria.safety.length === 0 && criteria.attackSuccessRate === undefined)
    add({ list: 'metrics' }, ['no blocking metric has a limit, so nothing would be checked']);
  if (n < criteria.minItems)
    add({ list: 'minItems' }, [`the dataset has ${n} items, and minItems is ${criteria.minItems}`]);
  for (const { metric, index } of blocking) {
    const about: Criterion = { list: 'metrics', index };
    add(about, unreachable(metric, metric.name, n, units, criteria.alpha));
    for (const { slice, value, items, units: own, minItems, ...limits } of metric.slices ?? []) {
      const name = `${metric.name} of ${slice}=${value}`;
      const { data, direction, tier, range, quantile } = metric;
      const alone = { name, data, direction, tier, range, ...(quantile === undefined ? {} : { quantile }), ...limits };
      add({ ...about, slice }, unreachable(alone, name, items, own, criteria.alpha));
      if (items < minItems)
        add({ ...about, slice }, [`${name}: the dataset has ${items} items, and minItems is ${minItems}`]);
    }
  }
  const what = units === n ? 'items' : 'clusters';
  for (const [index, { name, atMost, evidence }] of criteria.safety.entries()) {
    const needed = itemsWithoutDefect(atMost, criteria.alpha);
    if (evidence !== 'point' && needed > units)
      add({ list: 'safety', index }, [
        `${name}: a defect rate of at most ${atMost} needs ${needed} ${what} without a defect; there are ${units}`,
      ]);
  }
  return found;
}

function hasLimit(one: Pick<MetricCriteria, 'absolute' | 'maxDrop' | 'maxDropShare'>): boolean {
  return one.absolute !== undefined || marginOf(one) !== undefined;
}

/** Why `n` items, or the `units` clusters that they make, could not keep the limits of a metric. */
function unreachable(metric: MetricCriteria, name: string, n: number, units: number, alpha: number): string[] {
  const { absolute, data } = metric;
  const found: string[] = [];
  const atLeast = absolute?.evidence === 'point' ? undefined : absolute?.atLeast;
  if (data === 'passFail' && atLeast !== undefined && wilson(n, n, alpha).lower < atLeast)
    found.push(
      `${name}: a pass rate of at least ${atLeast} needs ${fewestItems(atLeast, alpha)} items that all pass; there are ${n}`,
    );
  const needed = fewestUnits(metric, units < n, alpha);
  if (needed > units)
    found.push(`${name}: its statistic needs ${needed} ${units === n ? 'items' : 'clusters'}; there are ${units}`);
  return found;
}

/** Fewest items or clusters that the method of a metric takes; 1 where any number does. */
function fewestUnits(metric: MetricCriteria, hasClusters: boolean, alpha: number): number {
  const { data, quantile = 0.5, absolute } = metric;
  const isCompared = marginOf(metric) !== undefined;
  const needed = [1];
  const isBounded = absolute !== undefined && absolute.evidence !== 'point';
  if (isBounded && (data === 'score' || hasClusters)) needed.push(FEWEST);
  if (isBounded && data === 'quantile' && !hasClusters)
    needed.push(itemsWithoutDefect(absolute.atMost === undefined ? quantile : 1 - quantile, alpha));
  if (isCompared && (data !== 'passFail' || hasClusters)) needed.push(FEWEST);
  if (isCompared && data === 'quantile')
    needed.push(Math.ceil(FEWEST_BEYOND / Math.min(quantile, 1 - quantile) - 1e-9));
  return Math.max(...needed);
}

function fewestItems(atLeast: number, alpha: number): number {
  let n = 1;
  while (n < 1_000_000 && wilson(n, n, alpha).lower < atLeast) n++;
  return n;
}

/** Items that show non-inferiority with 80 % power: `psi` is the share of items in which the versions differ. */
export function itemsForPassRates(psi: number, margin: number, alpha: number, power = 0.8): number {
  const z = normalQuantile(1 - alpha) + normalQuantile(power);
  return Math.ceil((z * z * psi) / margin ** 2);
}

/** The same for scores whose differences have the standard deviation `sigma`. */
export function itemsForScores(sigma: number, margin: number, alpha: number, power = 0.8): number {
  const z = normalQuantile(1 - alpha) + normalQuantile(power);
  return Math.ceil((z * z * sigma ** 2) / margin ** 2);
}
