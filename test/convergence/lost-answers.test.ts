import { afterEach, describe, expect, it } from 'vitest';
import { applyDyingAt } from '../support/crash.ts';
import type { Lab } from '../support/lab.ts';
import { expectComplete, sampleLab, standing } from '../support/sample-estate.ts';

let lab: Lab;
afterEach(() => lab.close());

describe('an apply whose answers are lost', () => {
  it('after every single write makes nothing twice', async () => {
    lab = await sampleLab();
    await applyDyingAt(lab, 'environments/dev');
    const expected = await standing(lab);
    await lab.azure.reset();
    lab.azure.faults.add({ match: { method: 'PUT', nth: 3, times: 2 }, drop: 'after-commit' });
    lab.azure.faults.add({ match: { method: 'POST', path: '/versions$' }, drop: 'after-commit' });
    const { result } = await applyDyingAt(lab, 'environments/dev');
    lab.azure.faults.clear();
    expect(result.outcomes.filter((one) => one.status !== 'done')).toEqual([]);
    await expectComplete(lab, expected);
  });
});
