import { tQuantile } from './distributions.ts';
import type { Interval } from './proportions.ts';

export function mean(values: readonly number[]): number {
  return values.reduce((sum, one) => sum + one, 0) / values.length;
}

/** Sample variance; NaN for fewer than two values. */
function variance(values: readonly number[]): number {
  const centre = mean(values);
  return values.reduce((sum, one) => sum + (one - centre) ** 2, 0) / (values.length - 1);
}

/** Bounds of a mean by Student's t. */
export function tInterval(values: readonly number[], alpha: number): Interval {
  const estimate = mean(values);
  const reach = tQuantile(1 - alpha, values.length - 1) * Math.sqrt(variance(values) / values.length);
  return values.length < 2
    ? { estimate, lower: -Infinity, upper: Infinity }
    : { estimate, lower: estimate - reach, upper: estimate + reach };
}

/** Bounds of the mean of all values, where values of one cluster depend on each other. */
export function clusterInterval(clusters: readonly (readonly number[])[], alpha: number): Interval {
  const values = clusters.flat();
  const estimate = mean(values);
  const count = clusters.length;
  if (count < 2) return { estimate, lower: -Infinity, upper: Infinity };
  const residuals = clusters.map((cluster) => cluster.reduce((sum, one) => sum + one - estimate, 0));
  const spread = residuals.reduce((sum, one) => sum + one * one, 0) * (count / (count - 1));
  const reach = (tQuantile(1 - alpha, count - 1) * Math.sqrt(spread)) / values.length;
  return { estimate, lower: estimate - reach, upper: estimate + reach };
}

/** Difference of two independent means (Welch). */
export function welchInterval(candidate: readonly number[], baseline: readonly number[], alpha: number): Interval {
  const estimate = mean(candidate) - mean(baseline);
  const [a, b] = [variance(candidate) / candidate.length, variance(baseline) / baseline.length];
  const df = (a + b) ** 2 / (a ** 2 / (candidate.length - 1) + b ** 2 / (baseline.length - 1));
  if (!(df > 0))
    return { estimate, lower: a + b === 0 ? estimate : -Infinity, upper: a + b === 0 ? estimate : Infinity };
  const reach = tQuantile(1 - alpha, df) * Math.sqrt(a + b);
  return { estimate, lower: estimate - reach, upper: estimate + reach };
}
