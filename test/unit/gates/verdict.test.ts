import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideGate } from '../../../src/gates/verdict/decide.ts';
import { itemsForPassRates, itemsForScores, unsatisfiable } from '../../../src/gates/verdict/satisfiable.ts';
import type { Arm, GateCriteria, GateData, Grade, Item } from '../../../src/gates/verdict/types.ts';

const QUALITY = {
  name: 'quality',
  data: 'passFail',
  direction: 'increase',
  tier: 'blocking',
  range: [0, 1],
} as const;

function criteria(changes: Partial<GateCriteria> = {}): GateCriteria {
  return {
    metrics: [{ ...QUALITY, absolute: { atLeast: 0.9 } }],
    safety: [],
    alpha: 0.05,
    maxErroredItems: 0.02,
    minItems: 1,
    onMissingBaseline: 'skip',
    ...changes,
  };
}

const items = (n: number): Item[] => Array.from({ length: n }, (_, index) => ({ id: `item-${index}` }));
const passed: Grade = { state: 'graded', score: 1, passed: true };
const failed: Grade = { state: 'graded', score: 0, passed: false };

/** An arm in which `of` says how each item was graded. */
function arm(all: readonly Item[], of: (index: number) => readonly Grade[], metric = 'quality'): Arm {
  return {
    label: 'v1',
    digest: 'd1',
    grades: new Map([[metric, new Map(all.map((item, index) => [item.id, of(index)]))]]),
  };
}

function data(n: number, passes: number, changes: Partial<GateData> = {}): GateData {
  const all = items(n);
  return {
    items: all,
    candidate: arm(all, (index) => [index < passes ? passed : failed]),
    baseline: undefined,
    ...changes,
  };
}

const verdict = (gate: GateCriteria, found: GateData): string => decideGate(gate, found).verdict;
const reasons = (...asked: Parameters<typeof unsatisfiable>): string[] =>
  unsatisfiable(...asked).map(({ message }) => message);

describe('a pass rate', () => {
  it.each([
    [100, 95, 'pass'],
    [100, 94, 'inconclusive'],
    [100, 87, 'inconclusive'],
    [100, 84, 'fail'],
    [20, 20, 'inconclusive'],
  ])('of %d items with %d passes is judged by its bounds: %s', (n, passes, expected) => {
    expect(verdict(criteria(), data(n, passes))).toBe(expected);
  });

  it('is judged by the estimate only where the gate says so', () => {
    const point = criteria({ metrics: [{ ...QUALITY, absolute: { atLeast: 0.9, evidence: 'point' } }] });
    expect(verdict(point, data(20, 18))).toBe('pass');
    expect(verdict(point, data(20, 17))).toBe('fail');
  });
});

describe('a regression', () => {
  const gate = criteria({ metrics: [{ ...QUALITY, maxDrop: 0.05 }] });
  const against = (n: number, candidate: (index: number) => Grade, baseline: (index: number) => Grade): GateData => {
    const all = items(n);
    return {
      items: all,
      candidate: arm(all, (index) => [candidate(index)]),
      baseline: arm(all, (index) => [baseline(index)]),
    };
  };

  it('passes for equal arms with enough items, and fails for a clear drop', () => {
    expect(
      verdict(
        gate,
        against(
          100,
          () => passed,
          () => passed,
        ),
      ),
    ).toBe('pass');
    expect(
      verdict(
        gate,
        against(
          100,
          (index) => (index < 40 ? failed : passed),
          () => passed,
        ),
      ),
    ).toBe('fail');
    expect(
      verdict(
        gate,
        against(
          100,
          (index) => (index < 6 ? failed : passed),
          () => passed,
        ),
      ),
    ).toBe('inconclusive');
  });

  it('names the items that flipped, both ways', () => {
    const result = decideGate(
      gate,
      against(
        50,
        (index) => (index === 3 ? failed : passed),
        (index) => (index === 7 ? failed : passed),
      ),
    );
    expect(result.flips).toEqual([
      { metric: 'quality', item: 'item-3', to: 'fail' },
      { metric: 'quality', item: 'item-7', to: 'pass' },
    ]);
  });

  it('without a baseline is left out, inconclusive or failed, as the gate says; nothing left to check is no pass', () => {
    expect(verdict(gate, data(100, 100))).toBe('error');
    expect(verdict({ ...gate, onMissingBaseline: 'inconclusive' }, data(100, 100))).toBe('inconclusive');
    expect(verdict({ ...gate, onMissingBaseline: 'fail' }, data(100, 100))).toBe('fail');
    const both = criteria({ metrics: [{ ...QUALITY, absolute: { atLeast: 0.9 }, maxDrop: 0.05 }] });
    expect(verdict(both, data(100, 100))).toBe('pass');
  });

  it('of scores needs twenty differences', () => {
    const scored = (score: number): Grade => ({ state: 'graded', score, passed: true });
    const scores = criteria({ metrics: [{ ...QUALITY, data: 'score', range: [1, 5], maxDrop: 0.25 }] });
    expect(
      verdict(
        scores,
        against(
          19,
          () => scored(4),
          () => scored(4),
        ),
      ),
    ).toBe('inconclusive');
    expect(
      verdict(
        scores,
        against(
          20,
          () => scored(4),
          () => scored(4),
        ),
      ),
    ).toBe('pass');
    expect(
      verdict(
        scores,
        against(
          20,
          (index) => scored(index % 2 === 0 ? 3 : 3.2),
          () => scored(4),
        ),
      ),
    ).toBe('fail');
  });
});

describe('safety', () => {
  const gate = (changes: object = {}): GateCriteria =>
    criteria({ metrics: [], safety: [{ name: 'violence', atMost: 0.05, neverFail: ['item-0'], ...changes }] });
  const safe = (n: number, defects: readonly number[]): GateData => {
    const all = items(n);
    return {
      items: all,
      candidate: arm(all, (index) => [defects.includes(index) ? failed : passed], 'violence'),
      baseline: undefined,
    };
  };

  it('passes only when the exact bound is below the limit', () => {
    expect(verdict(gate(), safe(59, []))).toBe('pass');
    expect(verdict(gate(), safe(58, []))).toBe('inconclusive');
    expect(
      verdict(
        gate(),
        safe(
          100,
          Array.from({ length: 20 }, (_, index) => index + 1),
        ),
      ),
    ).toBe('fail');
  });

  it('fails for one defect in an item that must never have one', () => {
    expect(verdict(gate(), safe(1000, [0]))).toBe('fail');
    expect(verdict(gate(), safe(1000, [1]))).toBe('pass');
  });
});

describe('what is missing', () => {
  it('never passes: no items, no checks, a metric without results, an item without one, a target that changed', () => {
    expect(verdict(criteria(), data(0, 0))).toBe('error');
    expect(verdict(criteria({ metrics: [] }), data(100, 100))).toBe('error');
    expect(
      verdict(criteria({ metrics: [{ ...QUALITY, tier: 'advisory', absolute: { atLeast: 0.1 } }] }), data(100, 100)),
    ).toBe('error');
    expect(verdict(criteria(), { ...data(100, 100), candidate: arm([], () => []) })).toBe('error');
    const all = items(100);
    expect(verdict(criteria(), { ...data(100, 100), items: [...all, { id: 'extra' }] })).toBe('error');
    expect(verdict(criteria(), data(100, 100, { invalid: ['the target changed'] }))).toBe('error');
    expect(verdict(criteria(), data(100, 100, { stopped: 'the budget is spent' }))).toBe('inconclusive');
    expect(verdict(criteria({ minItems: 200 }), data(100, 100))).toBe('inconclusive');
  });

  it('does not hide a failure that the rest shows', () => {
    expect(verdict(criteria(), data(100, 10, { stopped: 'the budget is spent' }))).toBe('fail');
  });

  it('no answer counts as failed, no grade is left out and counted', () => {
    const all = items(100);
    const withState = (state: 'target-error' | 'unscored', count: number): GateData =>
      data(100, 100, { candidate: arm(all, (index) => [index < count ? { state, reason: 'x' } : passed]) });
    expect(verdict(criteria(), withState('target-error', 30))).toBe('fail');
    expect(verdict(criteria(), withState('unscored', 2))).toBe('pass');
    expect(verdict(criteria(), withState('unscored', 3))).toBe('inconclusive');
    expect(decideGate(criteria(), withState('unscored', 2)).unscored).toEqual([
      { metric: 'quality', items: ['item-0', 'item-1'] },
    ]);
    const noNumber: Grade = { state: 'graded', score: Number.NaN, passed: true };
    const scores = criteria({ metrics: [{ ...QUALITY, data: 'score', range: [1, 5], absolute: { atLeast: 3 } }] });
    expect(verdict(scores, data(100, 100, { candidate: arm(all, () => [noNumber]) }))).toBe('error');
  });
});

describe('laws', () => {
  const grade = fc.constantFrom<Grade>(
    passed,
    failed,
    { state: 'target-error', reason: 'x' },
    { state: 'unscored', reason: 'x' },
  );

  it('dropping an item or its grade never turns another verdict into a pass', () => {
    fc.assert(
      fc.property(fc.array(grade, { minLength: 1, maxLength: 60 }), fc.nat(), (grades, at) => {
        const all = items(grades.length);
        const whole: GateData = {
          items: all,
          candidate: arm(all, (index) => [grades[index] ?? failed]),
          baseline: undefined,
        };
        const dropped = new Map(whole.candidate.grades.get('quality'));
        dropped.delete(`item-${at % grades.length}`);
        const partial = { ...whole, candidate: { ...whole.candidate, grades: new Map([['quality', dropped]]) } };
        expect(verdict(criteria(), partial)).not.toBe('pass');
      }),
    );
  });

  it('a better grade never makes a verdict worse', () => {
    const rank = ['fail', 'inconclusive', 'pass'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(passed, failed), { minLength: 1, maxLength: 200 }), (grades) => {
        const all = items(grades.length);
        const of = (list: readonly Grade[]): number =>
          rank.indexOf(
            verdict(criteria(), {
              items: all,
              candidate: arm(all, (index) => [list[index] ?? failed]),
              baseline: undefined,
            }),
          );
        const worst = Math.max(0, grades.indexOf(failed));
        expect(of(grades.with(worst, passed))).toBeGreaterThanOrEqual(of(grades));
      }),
    );
  });

  it('repeats of an item are no further samples', () => {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { minLength: 20, maxLength: 80 }),
        fc.integer({ min: 2, max: 5 }),
        (outcomes, repeats) => {
          const all = items(outcomes.length);
          const with_ = (count: number): string =>
            verdict(criteria(), {
              items: all,
              candidate: arm(all, (index) => Array.from({ length: count }, () => (outcomes[index] ? passed : failed))),
              baseline: undefined,
            });
          expect(with_(repeats)).toBe(with_(1));
        },
      ),
    );
  });
});

describe('planning', () => {
  it('finds gates that could never pass', () => {
    expect(reasons(criteria(), 12)).toEqual([
      'quality: a pass rate of at least 0.9 needs 25 items that all pass; there are 12',
    ]);
    expect(reasons(criteria(), 25)).toEqual([]);
    const safety = criteria({ safety: [{ name: 'violence', atMost: 0.01, neverFail: [] }] });
    expect(reasons(safety, 100)).toEqual([
      'violence: a defect rate of at most 0.01 needs 299 items without a defect; there are 100',
    ]);
    expect(reasons(criteria({ metrics: [] }), 100)).toHaveLength(1);
  });

  it.each([
    [0.05, 0.05, 124],
    [0.1, 0.05, 248],
    [0.2, 0.05, 495],
    [0.1, 0.03, 687],
    [0.1, 0.1, 62],
  ])('for %d of items that differ and a margin of %d it takes %d', (psi, margin, n) => {
    expect(itemsForPassRates(psi, margin, 0.05)).toBe(n);
  });

  it('counts items for scores', () => {
    expect([itemsForScores(0.8, 0.25, 0.05), itemsForScores(0.8, 0.1, 0.05)]).toEqual([64, 396]);
  });
});

describe('a share of the baseline', () => {
  const SCORE = { name: 'quality', data: 'score', direction: 'increase', tier: 'blocking', range: [0, 5] } as const;
  const scored = (score: number): Grade => ({ state: 'graded', score, passed: true });
  const compared = (n: number, own: (index: number) => number, other: (index: number) => number): GateData => {
    const all = items(n);
    return {
      items: all,
      candidate: arm(all, (index) => [scored(own(index))]),
      baseline: arm(all, (index) => [scored(other(index))]),
    };
  };
  const wave = (index: number): number => 3 + Math.sin(index);

  it('is exact for scores that all fall by the same share: what is within it passes, what is beyond it fails', () => {
    const gate = criteria({ metrics: [{ ...SCORE, maxDropShare: 0.1 }] });
    const fallen = (share: number): GateData => compared(40, (index) => wave(index) * (1 - share), wave);
    expect(verdict(gate, fallen(0.1))).toBe('pass');
    expect(verdict(gate, fallen(0.099))).toBe('pass');
    expect(verdict(gate, fallen(0.101))).toBe('fail');
    const [check] = decideGate(gate, fallen(0.05)).checks;
    const mean = items(40).reduce((sum, _, index) => sum + wave(index), 0) / 40;
    expect(check).toMatchObject({ limit: 0, n: 40 });
    expect(check?.estimate).toBeCloseTo(0.05 * mean, 10);
    expect(check?.reason).toContain('10 % of the baseline');
  });

  it('turns round where less is better', () => {
    const gate = criteria({ metrics: [{ ...SCORE, direction: 'decrease', maxDropShare: 0.2 }] });
    const risen = (share: number): GateData => compared(40, (index) => wave(index) * (1 + share), wave);
    expect(verdict(gate, risen(0.19))).toBe('pass');
    expect(verdict(gate, risen(0.21))).toBe('fail');
    expect(verdict(gate, risen(-0.5))).toBe('pass');
  });

  it('is no easier than the same margin in the unit of the score, because the baseline is not known exactly', () => {
    const noisy = compared(40, (index) => wave(index * 7), wave);
    const share = decideGate(criteria({ metrics: [{ ...SCORE, maxDropShare: 0.1 }] }), noisy).checks[0];
    const unit = decideGate(criteria({ metrics: [{ ...SCORE, maxDrop: 0.1 * (share?.baseline ?? 0) }] }), noisy)
      .checks[0];
    expect(share?.estimate).toBeCloseTo((unit?.estimate ?? 0) - (unit?.limit ?? 0), 10);
    expect(unit?.deviation).toBeGreaterThan(0);
  });

  it('goes for quantiles, and says nothing with too few items', () => {
    const gate = criteria({
      metrics: [
        { ...SCORE, data: 'quantile', quantile: 0.5, direction: 'decrease', range: [0, 10_000], maxDropShare: 0.15 },
      ],
    });
    const slower = (n: number, share: number): GateData =>
      compared(
        n,
        (index) => (1000 + index) * (1 + share),
        (index) => 1000 + index,
      );
    expect(verdict(gate, slower(60, 0.1))).toBe('pass');
    expect(verdict(gate, slower(60, 0.2))).toBe('fail');
    expect(verdict(gate, slower(19, 0))).toBe('inconclusive');
  });

  it('is wrong at most as often as alpha says, at the margin itself', () => {
    let state = 7;
    const uniform = (): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
      return state / 0x7fffffff;
    };
    const normal = (): number => Math.sqrt(-2 * Math.log(uniform() + 1e-12)) * Math.cos(2 * Math.PI * uniform());
    const gate = criteria({ metrics: [{ ...SCORE, range: [-1000, 1000], maxDropShare: 0.1 }] });
    const runs = 600;
    let passes = 0;
    for (let run = 0; run < runs; run++) {
      const own = items(30).map(() => 2.7 + 0.5 * normal());
      const other = items(30).map(() => 3 + 0.5 * normal());
      if (
        verdict(
          gate,
          compared(
            30,
            (index) => own[index] ?? 0,
            (index) => other[index] ?? 0,
          ),
        ) === 'pass'
      )
        passes++;
    }
    // 5 % are expected; more than 8 % has a probability below 0.002.
    expect(passes / runs).toBeLessThan(0.08);
    expect(passes / runs).toBeGreaterThan(0.02);
  });
});

describe('limits for parts of the items', () => {
  const split = (n: number, passes: (index: number) => boolean): GateData => {
    const all = items(n).map((item, index) => ({ ...item, slices: { language: index % 4 === 0 ? 'de' : 'en' } }));
    return { items: all, candidate: arm(all, (index) => [passes(index) ? passed : failed]), baseline: undefined };
  };
  const german = { slice: 'language', value: 'de', minItems: 1, items: 25, units: 25 };
  const gate = (slice: object): GateCriteria =>
    criteria({ metrics: [{ ...QUALITY, absolute: { atLeast: 0.5 }, slices: [{ ...german, ...slice }] }] });

  it('fail although the whole passes, and are named', () => {
    const data100 = split(100, (index) => index % 4 !== 0);
    const found = decideGate(gate({ absolute: { atLeast: 0.8 } }), data100);
    expect(found.verdict).toBe('fail');
    expect(found.checks).toMatchObject([
      { verdict: 'pass', n: 100 },
      { verdict: 'fail', n: 25, slice: 'language=de' },
    ]);
  });

  it('pass by their own items alone', () => {
    expect(
      verdict(
        gate({ absolute: { atLeast: 0.8 } }),
        split(100, () => true),
      ),
    ).toBe('pass');
  });

  it('never pass with too few items, or none', () => {
    const all = split(100, () => true);
    expect(verdict(gate({ absolute: { atLeast: 0.95 } }), all)).toBe('inconclusive');
    expect(verdict(gate({ absolute: { atLeast: 0.1 }, minItems: 26 }), all)).toBe('inconclusive');
    for (const form of ['passFail', 'score', 'quantile'] as const) {
      const none = { ...german, value: 'fr', absolute: { atLeast: 0, evidence: 'point' as const } };
      const one = criteria({
        metrics: [{ ...QUALITY, data: form, absolute: { atLeast: 0, evidence: 'point' }, slices: [none] }],
      });
      expect(decideGate(one, all).checks.find((check) => check.slice !== undefined)?.verdict).toBe('error');
      expect(verdict(one, all)).toBe('error');
    }
  });

  it('are found to be out of reach before anything runs', () => {
    expect(reasons(gate({ absolute: { atLeast: 0.95 } }), 100)).toEqual([
      'quality of language=de: a pass rate of at least 0.95 needs 52 items that all pass; there are 25',
    ]);
    expect(reasons(gate({ absolute: { atLeast: 0.5 }, minItems: 30 }), 100)).toEqual([
      'quality of language=de: the dataset has 25 items, and minItems is 30',
    ]);
  });
});

describe('planning', () => {
  it.each([
    [0.05, 0.05, 124],
    [0.1, 0.05, 248],
    [0.2, 0.05, 495],
    [0.1, 0.03, 687],
    [0.1, 0.1, 62],
  ])('psi %d and a margin of %d need %d items', (psi, margin, n) =>
    expect(itemsForPassRates(psi, margin, 0.05)).toBe(n),
  );
  it.each([
    [0.8, 0.25, 64],
    [0.8, 0.1, 396],
  ])('a deviation of %d and a margin of %d need %d items', (sigma, margin, n) =>
    expect(itemsForScores(sigma, margin, 0.05)).toBe(n),
  );
});
