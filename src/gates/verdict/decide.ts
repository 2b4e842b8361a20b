import { append } from '../../model/append.ts';
import { absoluteCheck, attackCheck, safetyCheck } from './checks.ts';
import { lowest, marginOf, regressionCheck, type Margin } from './regression.ts';
import type { Check, Flip, GateCriteria, GateData, GateResult, MetricCriteria, Slice, Verdict } from './types.ts';
import { decideWithGaps } from './gaps.ts';
import {
  measureValue,
  passValue,
  scoreValue,
  unitsOf,
  type Reading,
  type Unit,
  type Units,
  type Value,
} from './units.ts';

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
  const repeats = criteria.repeats ?? 1;
  for (const metric of criteria.metrics) {
    const compared = isCompared(metric) ? data.baseline : undefined;
    const [worst] = endsOf(metric);
    const reading = { metric: metric.name, value: valueOf(metric), worst, repeats };
    const found = unitsOf(data.items, data.candidate, compared, reading);
    if (data.stopped === undefined) append(problems, missingItems(metric.name, found));
    if (found.unscored.length > 0) unscored.push({ metric: metric.name, items: found.unscored });
    append(checks, [...metricChecks(metric, found, criteria, data), ...sliceChecks(metric, reading, criteria, data)]);
    if (metric.data === 'passFail') append(flips, flipsOf(metric.name, found));
    append(slices, slicesOf(metric.name, found));
  }
  for (const safety of criteria.safety) {
    const reading = { metric: safety.name, value: passValue, worst: 0, repeats };
    const found = unitsOf(data.items, data.candidate, undefined, reading);
    if (data.stopped === undefined) append(problems, missingItems(safety.name, found));
    if (found.unscored.length > 0) unscored.push({ metric: safety.name, items: found.unscored });
    const decide = (units: readonly Unit[]): Check => safetyCheck(safety, units, criteria.alpha);
    checks.push(settle(found, decide, [0, 1], criteria, data));
  }
  if (criteria.attackSuccessRate !== undefined)
    checks.push(attackCheck(criteria.attackSuccessRate, data.attacks, criteria.alpha));
  const verdict = overall(checks, invalid, problems);
  return { verdict, checks, flips, slices, unscored, problems: [...invalid, ...problems], n: data.items.length };
}

/** Worst and best of what an item can be. */
function endsOf({ data, direction, range }: MetricCriteria): readonly [number, number] {
  if (data === 'passFail') return [0, 1];
  const [low, high] = [Math.min(...range), Math.max(...range)];
  return direction === 'increase' ? [low, high] : [high, low];
}

function valueOf({ data, range }: MetricCriteria): Value {
  if (data === 'passFail') return passValue;
  return data === 'score' ? scoreValue(range) : measureValue(range);
}

function metricChecks(metric: MetricCriteria, found: Units, criteria: GateCriteria, data: GateData): Check[] {
  const { absolute } = metric;
  const margin = marginOf(metric);
  const checks: Check[] = [];
  const add = (decide: (units: readonly Unit[]) => Check): void => {
    checks.push(settle(found, decide, endsOf(metric), criteria, data));
  };
  if (absolute) add((units) => absoluteCheck(metric, absolute, units, criteria.alpha));
  if (margin !== undefined) {
    if (data.baseline) add((units) => regressionCheck(metric, margin, units, criteria));
    else append(checks, withoutBaseline(metric, margin, criteria));
  }
  return checks;
}

/** True when any limit of a metric is about the baseline. */
function isCompared(metric: MetricCriteria): boolean {
  return [metric, ...(metric.slices ?? [])].some((one) => marginOf(one) !== undefined);
}

/** The same checks for parts of the items, each by its own limits and by its own items alone. */
function sliceChecks(metric: MetricCriteria, reading: Reading, criteria: GateCriteria, data: GateData): Check[] {
  const { name, data: form, quantile, direction, tier, range } = metric;
  return (metric.slices ?? []).flatMap(({ slice, value, minItems, absolute, maxDrop, maxDropShare }) => {
    const items = data.items.filter((item) => (item.slices?.[slice] ?? '') === value);
    const limits: MetricCriteria = {
      name,
      data: form,
      direction,
      tier,
      range,
      ...(quantile === undefined ? {} : { quantile }),
      ...(absolute === undefined ? {} : { absolute }),
      ...(maxDrop === undefined ? {} : { maxDrop }),
      ...(maxDropShare === undefined ? {} : { maxDropShare }),
    };
    const compared = isCompared(limits) ? data.baseline : undefined;
    const found = unitsOf(items, data.candidate, compared, reading);
    const own = metricChecks(limits, found, { ...criteria, minItems }, { ...data, items });
    return own.map((check): Check => ({ ...check, slice: `${slice}=${value}` }));
  });
}

function withoutBaseline(metric: MetricCriteria, margin: Margin, { onMissingBaseline }: GateCriteria): Check[] {
  if (onMissingBaseline === 'skip') return [];
  const common = { metric: metric.name, kind: 'regression', tier: metric.tier, limit: lowest(margin), n: 0 } as const;
  return [{ ...common, verdict: onMissingBaseline, reason: 'nothing serves yet that it could be compared with' }];
}

/** Gaps never help, and fewer items than are asked for never pass. */
function settle(
  found: Units,
  decide: (units: readonly Unit[]) => Check,
  ends: readonly [number, number],
  { maxErroredItems, minItems }: GateCriteria,
  { items, stopped }: GateData,
): Check {
  const check = decideWithGaps(found, { decide, ends, allowed: maxErroredItems * items.length, stopped });
  if (check.verdict !== 'pass' || items.length >= minItems) return check;
  return {
    ...check,
    verdict: 'inconclusive',
    reason: `${items.length} items are fewer than the ${minItems} that are asked for`,
  };
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
