import { incompleteBeta, logChoose, solve } from './special.ts';

/** Cumulative standard normal distribution. */
export function normalCdf(z: number): number {
  return z < 0 ? 0.5 * upperErf(-z / Math.SQRT2) : 1 - 0.5 * upperErf(z / Math.SQRT2);
}

/** Complementary error function for x >= 0: a series near zero, a continued fraction beyond. */
function upperErf(x: number): number {
  if (x < 2.5) {
    let term = x;
    let sum = x;
    for (let n = 1; Math.abs(term) > 1e-18 * Math.abs(sum) && n < 200; n++) {
      term *= (-x * x) / n;
      sum += term / (2 * n + 1);
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * sum;
  }
  let tail = 0;
  for (let n = 120; n > 0; n--) tail = n / 2 / (x + tail);
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + tail);
}

/** z with P(Z <= z) = p; infinite at 0 and 1. */
export function normalQuantile(p: number): number {
  if (p <= 0) return -Infinity;
  if (p >= 1) return Infinity;
  if (p > 0.5) return -normalQuantile(1 - p);
  return solve(normalCdf, p, -40, 0);
}

/** Cumulative distribution of Student's t. */
export function tCdf(t: number, df: number): number {
  const tail = 0.5 * incompleteBeta(df / (df + t * t), df / 2, 0.5);
  return t < 0 ? tail : 1 - tail;
}

export function tQuantile(p: number, df: number): number {
  if (p <= 0) return -Infinity;
  if (p >= 1) return Infinity;
  if (p > 0.5) return -tQuantile(1 - p, df);
  if (p === 0.5) return 0;
  return solve((t) => tCdf(t, df), p, -1e9, 0);
}

/** x with I_x(a, b) = p. */
export function betaQuantile(p: number, a: number, b: number): number {
  return solve((x) => incompleteBeta(x, a, b), p, 0, 1);
}

/** P(X <= k) for n tries that succeed with probability p. */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  if (k >= n) return 1;
  return 1 - incompleteBeta(p, k + 1, n - k);
}

/** P(X = k). */
export function binomialProbability(k: number, n: number, p: number): number {
  if (p === 0) return k === 0 ? 1 : 0;
  if (p === 1) return k === n ? 1 : 0;
  return Math.exp(logChoose(n, k) + k * Math.log(p) + (n - k) * Math.log1p(-p));
}
