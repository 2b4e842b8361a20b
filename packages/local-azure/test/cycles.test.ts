import { expect, it } from 'vitest';
import { findCycles } from './support/cycles.ts';

const arrows = (...pairs: string[]): { from: string; to: string }[] =>
  pairs.map((pair) => ({ from: pair.charAt(0), to: pair.charAt(1) }));

it('finds every circle once, and none where there is none', () => {
  expect(findCycles(arrows('ab', 'bc', 'ac'))).toEqual([]);
  expect(findCycles(arrows('ab', 'ba', 'bc', 'cd', 'dc', 'ee'))).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  expect(findCycles(arrows('ab', 'bc', 'ca', 'cd'))).toEqual([['a', 'b', 'c']]);
});
