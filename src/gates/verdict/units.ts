import type { Arm, Grade, Item } from './types.ts';

/** What a metric knows of one item in one arm, over all repeats. */
export interface Unit {
  readonly item: Item;
  /** Mean over the repeats: a repeat is not a sample of its own. */
  readonly candidate: number;
  readonly baseline?: number;
}

export interface Units {
  readonly units: readonly Unit[];
  /** Items without a grade in one of the arms: left out of both. */
  readonly unscored: readonly string[];
  /** Items that the data does not have at all. */
  readonly missing: readonly string[];
}

/** How a grade counts: 1 or 0, or a score. */
export type Value = (grade: Grade) => number | undefined;

/** Pass or fail as 1 or 0; no answer is a failure. */
export const passValue: Value = (grade) => {
  if (grade.state === 'graded') return grade.passed ? 1 : 0;
  return grade.state === 'target-error' ? 0 : undefined;
};

/** The score; no answer is the worst one, a score that is no number is none. */
export function scoreValue(worst: number): Value {
  return (grade) => {
    if (grade.state === 'graded') return Number.isFinite(grade.score) ? grade.score : undefined;
    return grade.state === 'target-error' ? worst : undefined;
  };
}

/** Pairs the arms item by item. Every item of the dataset is accounted for: as a unit, as unscored or as missing. */
export function unitsOf(
  metric: string,
  items: readonly Item[],
  candidate: Arm,
  baseline: Arm | undefined,
  value: Value,
): Units {
  const units: Unit[] = [];
  const unscored: string[] = [];
  const missing: string[] = [];
  for (const item of items) {
    const own = candidate.grades.get(metric)?.get(item.id);
    const other = baseline?.grades.get(metric)?.get(item.id);
    if (!own || own.length === 0 || (baseline && (!other || other.length === 0))) {
      missing.push(item.id);
      continue;
    }
    const a = average(own, value);
    const b = other && average(other, value);
    if (a === undefined || (baseline && b === undefined)) unscored.push(item.id);
    else units.push({ item, candidate: a, ...(b === undefined ? {} : { baseline: b }) });
  }
  return { units, unscored, missing };
}

function average(grades: readonly Grade[], value: Value): number | undefined {
  const values = grades.map(value);
  return values.some((one) => one === undefined)
    ? undefined
    : values.reduce<number>((sum, one) => sum + (one ?? 0), 0) / values.length;
}

/** Values grouped by cluster; undefined where no item has one. */
export function clustersOf(units: readonly Unit[], of: (unit: Unit) => number): number[][] | undefined {
  if (units.every(({ item }) => item.cluster === undefined)) return undefined;
  const groups = Map.groupBy(units, ({ item }) => item.cluster ?? `item ${item.id}`);
  return [...groups.values()].map((group) => group.map(of));
}
