import type { Arm, Grade, Item } from './types.ts';

/** Result of one arm for one item: a number, no grade, or no complete result. */
type Cell = number | 'unscored' | 'missing';

/** An item with what the arms have for it. `baseline` is absent where nothing is compared. */
export interface Row {
  readonly item: Item;
  readonly candidate: Cell;
  readonly baseline?: Cell;
}

/** Results of a metric for one item in one arm, over all repeats. */
export interface Unit {
  readonly item: Item;
  /** Mean over the repeats: a repeat is not a separate sample. */
  readonly candidate: number;
  readonly baseline?: number;
}

export interface Units {
  /** Every item of the dataset. */
  readonly rows: readonly Row[];
  /** The items with a number in each arm. */
  readonly units: readonly Unit[];
  /** Items without a grade in one of the arms: left out of both. */
  readonly unscored: readonly string[];
  /** Items without a result, or with too few repeats. */
  readonly missing: readonly string[];
}

/** How a grade counts: 1 or 0, or a score; undefined where it is none. `worst`: what no answer counts as. */
export type Value = (grade: Grade & { readonly state: 'graded' }) => number | undefined;

/** Pass or fail as 1 or 0. */
export const passValue: Value = ({ passed }) => (passed ? 1 : 0);

/** The score; undefined when it is not a number, or outside the metric's range. */
export function scoreValue([low, high]: readonly [number, number]): Value {
  return ({ score }) => (Number.isFinite(score) && score >= low && score <= high ? score : undefined);
}

/** The number of a measure such as milliseconds, cut off at the ends of what it can be. */
export function measureValue([low, high]: readonly [number, number]): Value {
  return ({ score }) => (Number.isFinite(score) ? Math.min(Math.max(score, low), high) : undefined);
}

export interface Reading {
  readonly metric: string;
  readonly value: Value;
  /** Value of an item for which the candidate gave no answer. */
  readonly worst: number;
  /** Answers that each item has to have. */
  readonly repeats: number;
}

/** Pairs the arms item by item. Every item of the dataset is accounted for: as a unit, as unscored or as missing. */
export function unitsOf(
  items: readonly Item[],
  candidate: Arm,
  baseline: Arm | undefined,
  { metric, value, worst, repeats }: Reading,
): Units {
  const cell = (arm: Arm, id: string, noAnswer: number | undefined): Cell => {
    const grades = arm.grades.get(metric)?.get(id) ?? [];
    return grades.length < repeats ? 'missing' : average(grades, value, noAnswer);
  };
  const rows = items.map((item): Row => ({
    item,
    candidate: cell(candidate, item.id, worst),
    // A baseline that gives no answers must not make the candidate look good.
    ...(baseline ? { baseline: cell(baseline, item.id, undefined) } : {}),
  }));
  const having = (state: Cell): string[] =>
    rows.filter((row) => row.candidate === state || row.baseline === state).map(({ item }) => item.id);
  return { rows, units: unitsFrom(rows), unscored: having('unscored'), missing: having('missing') };
}

/** The complete rows; with `instead`, all rows, with these numbers where an arm has none. */
export function unitsFrom(
  rows: readonly Row[],
  instead?: { readonly candidate: number; readonly baseline: number },
): Unit[] {
  return rows.flatMap(({ item, candidate, baseline }): Unit[] => {
    const own = typeof candidate === 'number' ? candidate : instead?.candidate;
    const other = typeof baseline === 'number' ? baseline : baseline && instead?.baseline;
    if (own === undefined || (baseline !== undefined && other === undefined)) return [];
    return [{ item, candidate: own, ...(other === undefined ? {} : { baseline: other }) }];
  });
}

function average(grades: readonly Grade[], value: Value, noAnswer: number | undefined): Cell {
  const values = grades.map((grade) => {
    if (grade.state === 'graded') return value(grade);
    return grade.state === 'target-error' ? noAnswer : undefined;
  });
  const known = values.filter((one) => one !== undefined);
  return known.length < values.length ? 'unscored' : known.reduce((sum, one) => sum + one, 0) / known.length;
}

/** Values grouped by cluster; undefined where no item has one. */
export function clustersOf(units: readonly Unit[], of: (unit: Unit) => number): number[][] | undefined {
  if (units.every(({ item }) => item.cluster === undefined)) return undefined;
  const groups = Map.groupBy(units, ({ item }) => item.cluster ?? `item ${item.id}`);
  return [...groups.values()].map((group) => group.map(of));
}
