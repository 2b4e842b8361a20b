import type { Check } from './types.ts';
import { unitsFrom, type Unit, type Units } from './units.ts';

/** A check over items of which some may have no number. */
export interface GapRules {
  /** Decides on items that all have one. */
  readonly decide: (units: readonly Unit[]) => Check;
  /** Worst and best of what an item can be. */
  readonly ends: readonly [number, number];
  /** Items that may be without a grade. */
  readonly allowed: number;
  /** Why the run ended early; undefined for one that did not. */
  readonly stopped: string | undefined;
}

/**
 * Decides although some items may have no number, so that a gap never helps. Items without a grade are left out of both
 * arms, but `pass` has to hold as well if each of them had been the worst case. Where more is missing than may be, only
 * a failure stands that the best for all of it could not have turned.
 */
export function decideWithGaps({ rows, units, unscored, missing }: Units, rules: GapRules): Check {
  const { decide, ends, allowed, stopped } = rules;
  const [worst, best] = ends;
  const check = decide(units);
  const turned = (verdict: Check['verdict'], reason: string): Check => ({ ...check, verdict, reason });
  const asFailed = (): Check | undefined =>
    decide(unitsFrom(rows, { candidate: best, baseline: worst })).verdict === 'fail'
      ? turned('fail', `${check.reason}; whatever the rest had been, it could not have passed`)
      : undefined;
  if (missing.length > 0) {
    if (stopped !== undefined)
      return asFailed() ?? turned('inconclusive', `the run stopped before all items were through: ${stopped}`);
    return asFailed() ?? turned('error', `${missing.length} of ${rows.length} items have no complete result`);
  }
  if (units.length === 0) return turned('error', 'no item has a grade');
  if (unscored.length > allowed)
    return asFailed() ?? turned('inconclusive', `${unscored.length} of ${rows.length} items have no grade`);
  if (check.verdict !== 'pass') return check;
  if (stopped !== undefined) return turned('inconclusive', `the run stopped early: ${stopped}`);
  if (unscored.length === 0) return check;
  return decide(unitsFrom(rows, { candidate: worst, baseline: best })).verdict === 'pass'
    ? { ...check, reason: `${check.reason}, even if the ${unscored.length} items without a grade were the worst case` }
    : turned('inconclusive', `it depends on the ${unscored.length} items without a grade`);
}
