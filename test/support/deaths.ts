import { afterAll, describe, expect, it } from 'vitest';
import { applyDyingAt, type CrashPoint } from './crash.ts';
import type { Lab } from './lab.ts';
import { expectComplete, sampleLab, standing } from './sample-estate.ts';
import { sampled } from './sampling.ts';

const PARTS = 4;
/** Deaths per part, unless all are asked for. */
const SAMPLE = 2;

/** Tests of a quarter of the crash matrix: an apply of the sample that dies at any write, before or after it. */
export function describeDeaths(part: 0 | 1 | 2 | 3): void {
  let lab: Lab | undefined;
  afterAll(() => lab?.close());

  describe('an apply that dies', () => {
    it(`before or after any write is completed by the next one (part ${part + 1} of ${PARTS})`, async () => {
      lab = await sampleLab();
      const { result, writes } = await applyDyingAt(lab, 'environments/dev');
      expect(result.outcomes.filter((one) => one.status !== 'done')).toEqual([]);
      const expected = await standing(lab);
      expect(writes).toBeGreaterThan(20);
      expect(expected).toContain('agent version 1');
      for (const point of sampled(pointsOf(part, writes), SAMPLE)) {
        await lab.azure.reset();
        const died = await applyDyingAt(lab, 'environments/dev', point);
        expect(died.result.complete, `died ${point.when} write ${point.write}`).toBe(false);
        await expectComplete(lab, expected);
      }
    });
  });
}

function pointsOf(part: number, writes: number): readonly CrashPoint[] {
  const own = Array.from({ length: writes }, (_, index) => index + 1).filter((write) => write % PARTS === part);
  return own.flatMap((write): CrashPoint[] => [
    { write, when: 'before' },
    { write, when: 'after' },
  ]);
}
