import { absoluteCheck, attackCheck, regressionCheck, safetyCheck } from './checks.ts';
import type { Check, Flip, GateCriteria, GateData, GateResult, MetricCriteria, Slice, Verdict } from './types.ts';
import { passValue, scoreValue, unitsOf, type Units } from './units.ts';

/**
 * The verdict of a gate. `fail` if any blocking check fails, else `error`, else `inconclusive`, else `pass`; never `pass`
 * where a check was left out, an item is missing or nothing was checked.
 */
export function decideGate(criteria: GateCriteria, data: GateData): GateResult {
  const invalid = [...(data.invalid ?? []), ...duplicates(data)];
  const problems: string[] = [];
  const checks: Check[] = [];
  const unscored: { metric: string; items: readonly string[] }[] = [];
  const flips: Flip[] = [];
  const slices: Slice[] = [];
  for (const metric of criteria.metrics) {
    const compared = metric.maxDrop === undefined ? undefined : data.baseline;
    const value = metric.data === 'passFail' ? passValue : scoreValue(worstOf(metric));
    const found = unitsOf(metric.name, data.items, data.candidate, compared, value);
    problems.push(...missingItems(metric.name, found));
    if (found.unscored.length > 0) unscored.push({ metric: metric.name, items: found.unscored });
    checks.push(...metricChecks(metric, found, criteria, data));
    if (metric.data === 'passFail') flips.push(...flipsOf(metric.name, found));
    slices.push(...slicesOf(metric.name, found));
  }
  for (const safety of criteria.safety) {
    const found = unitsOf(safety.name, data.items, data.candidate, undefined, passValue);
    problems.push(...missingItems(safety.name, found));
    if (found.unscored.length > 0) unscored.push({ metric: safety.name, items: found.unscored });
    checks.push(withCompleteness(safetyCheck(safety, found.units, criteria.alpha), found, criteria, data));
  }
  if (criteria.attackSuccessRate !== undefined)
    checks.push(attackCheck(criteria.attackSuccessRate, data.attacks, criteria.alpha));
  const verdict = overall(checks, invalid, problems);
  return { verdict, checks, flips, slices, unscored, problems: [...invalid, ...problems], n: data.items.length };
}

function worstOf({ direction, range }: MetricCriteria): number {
  return direction === 'increase' ? Math.min(...range) : Math.max(...range);
}

function metricChecks(metric: MetricCriteria, found: Units, criteria: GateCriteria, data: GateData): Check[] {
  const checks: Check[] = [];
  if (metric.absolute) checks.push(absoluteCheck(metric, metric.absolute, found.units, criteria.alpha));
  if (metric.maxDrop !== undefined) {
    if (data.baseline) checks.push(regressionCheck(metric, metric.maxDrop, found.units, criteria.alpha));
    else checks.push(...withoutBaseline(metric, metric.maxDrop, criteria));
  }
  return checks.map((check) => withCompleteness(check, found, criteria, data));
}

function withoutBaseline(metric: MetricCriteria, maxDrop: number, { onMissingBaseline }: GateCriteria): Check[] {
  if (onMissingBaseline === 'skip') return [];
  const common = { metric: metric.name, kind: 'regression', tier: metric.tier, limit: -maxDrop, n: 0 } as const;
  return [{ ...common, verdict: onMissingBaseline, reason: 'nothing serves yet that it could be compared with' }];
}

/** A check that passes on incomplete data does not pass. */
function withCompleteness(check: Check, found: Units, criteria: GateCriteria, data: GateData): Check {
  if (check.verdict !== 'pass') return check;
  const turned = (reason: string): Check => ({ ...check, verdict: 'inconclusive', reason });
  if (data.stopped !== undefined) return turned(`the run stopped early: ${data.stopped}`);
  if (data.items.length < criteria.minItems)
    return turned(`${data.items.length} items are fewer than the ${criteria.minItems} that are asked for`);
  if (found.unscored.length > criteria.maxErroredItems * data.items.length)
    return turned(`${found.unscored.length} of ${data.items.length} items have no grade`);
  return check;
}

function missingItems(metric: string, { missing }: Units): string[] {
  if (missing.length === 0) return [];
  const list = missing.slice(0, 5).join(', ');
  return [`${metric} has no result for ${missing.length} items: ${list}${missing.length > 5 ? ', …' : ''}`];
}

function duplicates({ items }: GateData): string[] {
  if (items.length === 0) return ['The dataset has no items'];
  const ids = items.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  return twice === undefined ? [] : [`The dataset has the item ${twice} twice`];
}

/** Data about something else says nothing at all; missing results do not hide a failure that others show. */
function overall(checks: readonly Check[], invalid: readonly string[], problems: readonly string[]): Verdict {
  const blocking = checks.filter(({ tier }) => tier === 'blocking');
  const has = (verdict: Verdict): boolean => blocking.some((check) => check.verdict === verdict);
  if (invalid.length > 0) return 'error';
  if (has('fail')) return 'fail';
  if (problems.length > 0 || blocking.length === 0 || has('error')) return 'error';
  return has('inconclusive') ? 'inconclusive' : 'pass';
}

function flipsOf(metric: string, { units }: Units): Flip[] {
  return units.flatMap(({ item, candidate, baseline }): Flip[] => {
    if (baseline === undefined || candidate >= 0.5 === baseline >= 0.5) return [];
    return [{ metric, item: item.id, to: candidate >= 0.5 ? 'pass' : 'fail' }];
  });
}

/** Means of each slice, for information; they decide nothing. */
function slicesOf(metric: string, { units }: Units): Slice[] {
  const keys = new Set(units.flatMap(({ item }) => Object.keys(item.slices ?? {})));
  return [...keys].flatMap((slice) => {
    const groups = Map.groupBy(units, ({ item }) => item.slices?.[slice] ?? '');
    return [...groups].map(([value, group]): Slice => {
      const mean = (of: (unit: (typeof group)[number]) => number): number =>
        group.reduce((sum, unit) => sum + of(unit), 0) / group.length;
      const isPaired = group.every((unit) => unit.baseline !== undefined);
      const candidate = mean((unit) => unit.candidate);
      return {
        metric,
        slice,
        value,
        n: group.length,
        candidate,
        ...(isPaired ? { baseline: mean((unit) => unit.baseline ?? 0) } : {}),
      };
    });
  });
}
