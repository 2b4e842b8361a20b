import { normalQuantile } from '../stats/distributions.ts';
import { itemsWithoutDefect, wilson } from '../stats/proportions.ts';
import { FEWEST, FEWEST_BEYOND } from './checks.ts';
import type { GateCriteria, MetricCriteria } from './types.ts';

/**
 * Why a gate could never pass with `n` items, whatever the candidate answers; empty when it could. `units`: clusters, where
 * items belong to some.
 */
export function unsatisfiable(criteria: GateCriteria, n: number, units = n): string[] {
  const found: string[] = [];
  const blocking = criteria.metrics.filter(({ tier }) => tier === 'blocking');
  const hasCheck = blocking.some((metric) => metric.absolute !== undefined || metric.maxDrop !== undefined);
  if (!hasCheck && criteria.safety.length === 0 && criteria.attackSuccessRate === undefined)
    found.push('no blocking metric has a limit, so nothing would be checked');
  if (n < criteria.minItems) found.push(`the dataset has ${n} items, and minItems is ${criteria.minItems}`);
  for (const { name, absolute, data } of blocking) {
    const atLeast = absolute?.evidence === 'point' ? undefined : absolute?.atLeast;
    if (data !== 'passFail' || atLeast === undefined || wilson(n, n, criteria.alpha).lower >= atLeast) continue;
    found.push(
      `${name}: a pass rate of at least ${atLeast} needs ${fewestItems(atLeast, criteria.alpha)} items that all pass; there are ${n}`,
    );
  }
  const what = units === n ? 'items' : 'clusters';
  for (const metric of blocking) {
    const needed = fewestUnits(metric, units < n, criteria.alpha);
    if (needed > units) found.push(`${metric.name}: its statistic needs ${needed} ${what}; there are ${units}`);
  }
  for (const { name, atMost, evidence } of criteria.safety) {
    const needed = itemsWithoutDefect(atMost, criteria.alpha);
    if (evidence !== 'point' && needed > units)
      found.push(
        `${name}: a defect rate of at most ${atMost} needs ${needed} ${what} without a defect; there are ${units}`,
      );
  }
  return found;
}

/** Fewest items or clusters that the method of a metric takes; 1 where any number does. */
function fewestUnits(
  { data, quantile = 0.5, absolute, maxDrop }: MetricCriteria,
  hasClusters: boolean,
  alpha: number,
): number {
  const needed = [1];
  const isBounded = absolute !== undefined && absolute.evidence !== 'point';
  if (isBounded && (data === 'score' || hasClusters)) needed.push(FEWEST);
  if (isBounded && data === 'quantile' && !hasClusters)
    needed.push(itemsWithoutDefect(absolute.atMost === undefined ? quantile : 1 - quantile, alpha));
  if (maxDrop !== undefined && (data !== 'passFail' || hasClusters)) needed.push(FEWEST);
  if (maxDrop !== undefined && data === 'quantile')
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
