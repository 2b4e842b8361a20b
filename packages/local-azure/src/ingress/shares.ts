/**
 * Divides turns among slots so that every slot comes once in any `slots` turns in a row and neighbours are far apart.
 * `start` is where the first turn falls, `turn` counts from 0.
 */
export function slotOf(start: number, turn: number, slots: 100 | 1000): number {
  return (start + turn * STEPS[slots]) % slots;
}

/** Without a common divisor with the number of slots, close to the golden section. */
const STEPS = { 100: 37, 1000: 381 } as const;

/** The share that a slot of 100 falls to, by weight; undefined when the weights do not reach that far. */
export function shareAt<T extends { readonly weight: number }>(shares: readonly T[], slot: number): T | undefined {
  let end = 0;
  return shares.find(({ weight }) => slot < (end += weight));
}
