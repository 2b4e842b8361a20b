import { quantile } from './bootstrap.ts';
import { binomialCdf } from './distributions.ts';
import type { Interval } from './proportions.ts';

/**
 * Bounds of a quantile from order statistics: they hold whatever the distribution is. Infinite where there are too few
 * values for a bound (the 0.95 quantile has an upper bound from 59 values on, for alpha 0.05).
 */
export function quantileBounds(values: readonly number[], share: number, alpha: number): Interval {
  const sorted = values.toSorted((a, b) => a - b);
  const n = sorted.length;
  const upper = first(n, (count) => binomialCdf(count, n, share) >= 1 - alpha);
  const lower = first(n, (count) => binomialCdf(count, n, share) > alpha);
  return {
    estimate: quantile(values, share),
    lower: lower === 0 ? -Infinity : (sorted[lower - 1] ?? Number.NaN),
    upper: upper === n ? Infinity : (sorted[upper] ?? Number.NaN),
  };
}

/** The smallest count below n for which `holds`, which stays true once it is; n where there is none. */
function first(n: number, holds: (count: number) => boolean): number {
  let [low, high] = [0, n];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
