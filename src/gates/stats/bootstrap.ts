import { normalCdf, normalQuantile } from './distributions.ts';
import type { Interval } from './proportions.ts';

/** Numbers from 0 to 1 that repeat for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The value below which a share of the values lies, interpolated between neighbours. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const below = Math.floor(position);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[below + 1] ?? low;
  return low + (high - low) * (position - below);
}

export interface BootstrapOptions {
  readonly alpha: number;
  readonly seed: number;
  readonly resamples?: number;
  /** BCa, the default, corrects bias and skewness and suits smooth statistics; quantiles are better served by percentiles. */
  readonly method?: 'bca' | 'percentile';
}

/**
 * Bootstrap bounds of a statistic over items. Items are drawn whole, so that what belongs
 * together stays together.
 */
export function bootstrap<Item>(
  items: readonly Item[],
  statistic: (sample: readonly Item[]) => number,
  { alpha, seed, resamples = 10_000, method = 'bca' }: BootstrapOptions,
): Interval {
  const estimate = statistic(items);
  const random = seededRandom(seed);
  const draw = (): Item[] => items.map(() => items[Math.floor(random() * items.length)] as Item);
  const values = Array.from({ length: resamples }, () => statistic(draw())).toSorted((a, b) => a - b);
  if (method === 'percentile') return { estimate, lower: quantile(values, alpha), upper: quantile(values, 1 - alpha) };
  const below =
    values.filter((value) => value < estimate).length + values.filter((value) => value === estimate).length / 2;
  const bias = normalQuantile(Math.min(Math.max(below / resamples, 1 / resamples), 1 - 1 / resamples));
  const acceleration = accelerationOf(items, statistic);
  const share = (p: number): number => {
    const z = bias + normalQuantile(p);
    return normalCdf(bias + z / (1 - acceleration * z));
  };
  return { estimate, lower: quantile(values, share(alpha)), upper: quantile(values, share(1 - alpha)) };
}

/** By the jackknife: leaving out one item after the other. */
function accelerationOf<Item>(items: readonly Item[], statistic: (sample: readonly Item[]) => number): number {
  const left = items.map((_, index) => statistic(items.toSpliced(index, 1)));
  const centre = left.reduce((sum, one) => sum + one, 0) / left.length;
  const cubes = left.reduce((sum, one) => sum + (centre - one) ** 3, 0);
  const squares = left.reduce((sum, one) => sum + (centre - one) ** 2, 0);
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
}
