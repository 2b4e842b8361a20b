import { createHash } from 'node:crypto';

/** True under `npm run test:full`: exhaustive tests take every case instead of a sample. */
export const isFull = process.env['INGATE_TEST_FULL'] === '1';
/** Decides which cases a sample takes; printed when the tests start, and the same in all of their processes. */
const seed = process.env['INGATE_TEST_SEED'] ?? '0';

/** `count` of the cases, drawn by the seed, in their own order; all of them under `npm run test:full`. Cases are told apart by their JSON. */
export function sampled<T>(cases: readonly T[], count: number): readonly T[] {
  if (isFull || count >= cases.length) return cases;
  const rank = (one: T): string =>
    createHash('sha256')
      .update(`${seed} ${JSON.stringify(one)}`)
      .digest('hex');
  const drawn = new Set(cases.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1)).slice(0, count));
  return cases.filter((one) => drawn.has(one));
}
