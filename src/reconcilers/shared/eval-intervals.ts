import { mean, tInterval } from '../../gates/stats/means.ts';
import { clopperPearson, newcombePaired, wilson } from '../../gates/stats/proportions.ts';

/** An estimate with both of its bounds; bounds are absent where too few items tell. */
export interface Estimate {
  readonly value: number;
  readonly lower?: number;
  readonly upper?: number;
}

/** Values of items, averaged over repeats, by id of the item. */
export type ItemValues = ReadonlyMap<string, number>;

/** Wilson's interval of a pass rate; undefined without items. `confidence`: of the interval, such as 0.95. */
export function rateOf(values: ItemValues, confidence: number): Estimate | undefined {
  if (values.size === 0) return undefined;
  const { estimate, lower, upper } = wilson(sum(values), values.size, (1 - confidence) / 2);
  return { value: estimate, lower, upper };
}

/** The exact interval of a rate; undefined for none of none. For rates near zero, where it must not be too narrow. */
export function exactRate(count: number, n: number, confidence: number): Estimate | undefined {
  if (n === 0) return undefined;
  const { estimate, lower, upper } = clopperPearson(count, n, (1 - confidence) / 2);
  return { value: estimate, lower, upper };
}

/** Student's interval of a mean score; undefined without items, without bounds for a single one. */
export function meanOf(values: ItemValues, confidence: number): Estimate | undefined {
  return intervalOf([...values.values()], confidence);
}

/**
 * First minus second over the items that both have: Newcombe's paired interval for items that pass or fail, Student's for
 * differences of scores and of pass rates over repeats.
 */
export function differenceOf(
  first: ItemValues,
  second: ItemValues,
  data: 'passFail' | 'score',
  confidence: number,
): Estimate | undefined {
  const shared = [...first].flatMap(([id, value]) => {
    const other = second.get(id);
    return other === undefined ? [] : [[value, other] as const];
  });
  const isBinary = data === 'passFail' && shared.flat().every((value) => value === 0 || value === 1);
  if (!isBinary || shared.length === 0)
    return intervalOf(
      shared.map(([one, other]) => one - other),
      confidence,
    );
  const count = (one: number, other: number): number => shared.filter(([a, b]) => a === one && b === other).length;
  const { estimate, lower, upper } = newcombePaired(
    { both: count(1, 1), candidateOnly: count(1, 0), baselineOnly: count(0, 1), neither: count(0, 0) },
    (1 - confidence) / 2,
  );
  return { value: estimate, lower, upper };
}

function intervalOf(values: readonly number[], confidence: number): Estimate | undefined {
  if (values.length === 0) return undefined;
  if (values.length === 1) return { value: mean(values) };
  const { estimate, lower, upper } = tInterval(values, (1 - confidence) / 2);
  return { value: estimate, lower, upper };
}

function sum(values: ItemValues): number {
  return [...values.values()].reduce((total, value) => total + value, 0);
}
