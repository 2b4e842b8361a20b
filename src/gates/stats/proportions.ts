import { betaQuantile, binomialCdf, binomialProbability, normalQuantile } from './distributions.ts';

/** Bounds of an estimate; each bound errs with the one-sided `alpha` that it was asked for with. */
export interface Interval {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
}

/** Wilson score bounds of a proportion. `successes` may be a fraction, where items are averages over repeats. */
export function wilson(successes: number, n: number, alpha: number): Interval {
  if (n === 0) return { estimate: Number.NaN, lower: 0, upper: 1 };
  const z = normalQuantile(1 - alpha);
  const p = successes / n;
  const centre = p + (z * z) / (2 * n);
  const spread = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  return {
    estimate: p,
    lower: successes === 0 ? 0 : Math.max(0, (centre - spread) / scale),
    upper: successes === n ? 1 : Math.min(1, (centre + spread) / scale),
  };
}

/** Exact (Clopper-Pearson) bounds of a proportion. */
export function clopperPearson(successes: number, n: number, alpha: number): Interval {
  if (n === 0) return { estimate: Number.NaN, lower: 0, upper: 1 };
  return {
    estimate: successes / n,
    lower: successes === 0 ? 0 : betaQuantile(alpha, successes, n - successes + 1),
    upper: successes === n ? 1 : betaQuantile(1 - alpha, successes + 1, n - successes),
  };
}

/** How items fared in both arms: both passed, only the candidate, only the baseline, neither. */
export interface PairedCounts {
  readonly both: number;
  readonly candidateOnly: number;
  readonly baselineOnly: number;
  readonly neither: number;
}

/** Candidate minus baseline of paired proportions: Newcombe's hybrid score interval with continuity correction of phi (method 10). */
export function newcombePaired({ both, candidateOnly, baselineOnly, neither }: PairedCounts, alpha: number): Interval {
  const n = both + candidateOnly + baselineOnly + neither;
  const candidate = wilson(both + candidateOnly, n, alpha);
  const baseline = wilson(both + baselineOnly, n, alpha);
  const estimate = (candidateOnly - baselineOnly) / n;
  const phi = correlation({ both, candidateOnly, baselineOnly, neither });
  const reach = (a: number, b: number): number => Math.sqrt(Math.max(0, a * a - 2 * phi * a * b + b * b));
  return {
    estimate,
    lower: estimate - reach(candidate.estimate - candidate.lower, baseline.upper - baseline.estimate),
    upper: estimate + reach(candidate.upper - candidate.estimate, baseline.estimate - baseline.lower),
  };
}

/**
 * The same for items that are averages over repeats, from 0 to 1; equal to it where each is 0 or 1. An average varies no
 * more than a single trial of the same mean, so the bounds only get wider than needed.
 */
export function newcombePairedValues(
  candidate: readonly number[],
  baseline: readonly number[],
  alpha: number,
): Interval {
  const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
  const [own, other] = [total(candidate), total(baseline)];
  const both = total(candidate.map((value, index) => value * (baseline[index] ?? 0)));
  const neither = candidate.length - own - other + both;
  return newcombePaired({ both, candidateOnly: own - both, baselineOnly: other - both, neither }, alpha);
}

/** The smallest interval around the estimate of the first that covers both. */
export function wider(one: Interval, other: Interval): Interval {
  return {
    estimate: one.estimate,
    lower: Math.min(one.lower, other.lower),
    upper: Math.max(one.upper, other.upper),
  };
}

function correlation({ both: a, candidateOnly: b, baselineOnly: c, neither: d }: PairedCounts): number {
  const product = (a + b) * (c + d) * (a + c) * (b + d);
  if (product === 0) return 0;
  const n = a + b + c + d;
  const difference = a * d - b * c;
  const corrected = difference > n / 2 ? difference - n / 2 : difference >= 0 ? 0 : difference;
  return corrected / Math.sqrt(product);
}

/** Candidate minus baseline of independent proportions: Newcombe's hybrid score interval. */
export function newcombeIndependent(
  candidate: { readonly successes: number; readonly n: number },
  baseline: { readonly successes: number; readonly n: number },
  alpha: number,
): Interval {
  const c = wilson(candidate.successes, candidate.n, alpha);
  const b = wilson(baseline.successes, baseline.n, alpha);
  const estimate = c.estimate - b.estimate;
  return {
    estimate,
    lower: estimate - Math.hypot(c.estimate - c.lower, b.upper - b.estimate),
    upper: estimate + Math.hypot(c.upper - c.estimate, b.estimate - b.lower),
  };
}

/** Exact two-sided p of McNemar's test over the items in which the arms differ. */
export function mcnemar(candidateOnly: number, baselineOnly: number): number {
  const n = candidateOnly + baselineOnly;
  return n === 0 ? 1 : Math.min(1, 2 * binomialCdf(Math.min(candidateOnly, baselineOnly), n, 0.5));
}

/** The same with half of the probability of what was seen. */
export function mcnemarMidP(candidateOnly: number, baselineOnly: number): number {
  const n = candidateOnly + baselineOnly;
  const fewer = Math.min(candidateOnly, baselineOnly);
  return n === 0 ? 1 : Math.min(1, mcnemar(candidateOnly, baselineOnly) - binomialProbability(fewer, n, 0.5));
}

/** Fewest items without a defect that show a defect rate of at most `rate`. */
export function itemsWithoutDefect(rate: number, alpha: number): number {
  return Math.ceil(Math.log(alpha) / Math.log1p(-rate) - 1e-9);
}

/** Fewest passes of n items whose lower Wilson bound reaches `atLeast`; undefined where not even n of n do. */
export function neededPasses(n: number, atLeast: number, alpha: number): number | undefined {
  for (let passes = 0; passes <= n; passes++) if (wilson(passes, n, alpha).lower >= atLeast) return passes;
  return undefined;
}
