import type { Interval } from '../stats/proportions.ts';
import type { Verdict } from './types.ts';

/** Fewer items or clusters than this say nothing by the t distribution, however they turn out. */
export const FEWEST = 20;

/** Items beyond a quantile on its thin side that a bootstrap of it needs. */
export const FEWEST_BEYOND = 5;

/** Of the bootstrap: the same data has the same bounds. */
export const SEED = 20_261_123;

/** A value at a limit satisfies it, however its last digit was rounded. */
export const ROUNDING = 1e-9;

/** An estimate with its bounds, and the items or clusters that it rests on. */
export interface Bounded extends Interval {
  readonly n: number;
}

export interface Decision {
  readonly verdict: Verdict;
  readonly reason: string;
}

export function tooFew(n: number, least: number): Decision {
  return { verdict: 'inconclusive', reason: `${n} items or clusters are too few; ${least} are needed` };
}

/** The members of a check; what is not finite is absent. */
export function numbers({ estimate, lower, upper, n }: Bounded) {
  const finite = (value: number): boolean => Number.isFinite(value);
  return {
    n,
    ...(finite(estimate) ? { estimate } : {}),
    ...(finite(lower) ? { lower } : {}),
    ...(finite(upper) ? { upper } : {}),
  };
}

export function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** Four digits are enough for people. */
export function shown(value: number): string {
  return String(Number(value.toPrecision(4)));
}
