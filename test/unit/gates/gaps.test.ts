import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/gates/stats/bootstrap.ts';
import { quantileBounds } from '../../../src/gates/stats/quantiles.ts';
import { decideGate } from '../../../src/gates/verdict/decide.ts';
import { unsatisfiable } from '../../../src/gates/verdict/satisfiable.ts';
import type { Arm, GateCriteria, GateData, Grade, Item, MetricCriteria } from '../../../src/gates/verdict/types.ts';

const BASIS = { name: 'm', direction: 'increase', tier: 'blocking', range: [0, 1] } as const;
const PASS_RATE: MetricCriteria = { ...BASIS, data: 'passFail', absolute: { atLeast: 0.9 } };

function gate(metric: MetricCriteria, changes: Partial<GateCriteria> = {}): GateCriteria {
  const common = { alpha: 0.05, maxErroredItems: 0.02, minItems: 1, onMissingBaseline: 'skip' } as const;
  return { metrics: [metric], safety: [], ...common, ...changes };
}

const passed: Grade = { state: 'graded', score: 1, passed: true };
const failed: Grade = { state: 'graded', score: 0, passed: false };
const ungraded: Grade = { state: 'unscored', reason: 'x' };
const unanswered: Grade = { state: 'target-error', reason: 'x' };
const score = (value: number): Grade => ({ state: 'graded', score: value, passed: true });

const items = (n: number, more: (index: number) => Partial<Item> = () => ({})): Item[] =>
  Array.from({ length: n }, (_, index) => ({ id: `i${index}`, ...more(index) }));
const arm = (grades: readonly (readonly Grade[])[], metric = 'm'): Arm => ({
  label: 'v',
  digest: 'd',
  grades: new Map([[metric, new Map(grades.map((one, index) => [`i${index}`, one]))]]),
});
const filled = (...parts: readonly (readonly [number, Grade])[]): Grade[][] =>
  parts.flatMap(([count, grade]) => Array.from({ length: count }, () => [grade]));
const data = (own: readonly Grade[][], other?: readonly Grade[][], changes: Partial<GateData> = {}): GateData => ({
  items: items(own.length),
  candidate: arm(own),
  baseline: other && arm(other),
  ...changes,
});
const verdict = (criteria: GateCriteria, found: GateData): string => decideGate(criteria, found).verdict;
const reasons = (...asked: Parameters<typeof unsatisfiable>): string[] =>
  unsatisfiable(...asked).map(({ message }) => message);

describe('items without a grade', () => {
  it('let a gate pass only if it passed with the worst for them', () => {
    // 95 of 100 is the fewest that passes; 94 of 98 passes too, and 94 of 100 does not.
    expect(verdict(gate(PASS_RATE), data(filled([95, passed], [5, failed])))).toBe('pass');
    expect(verdict(gate(PASS_RATE), data(filled([94, passed], [4, failed], [2, ungraded])))).toBe('inconclusive');
    expect(verdict(gate(PASS_RATE), data(filled([96, passed], [2, failed], [2, ungraded])))).toBe('pass');
  });

  it('never help: whichever grade is lost, no other verdict becomes a pass', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom<Grade>(passed, passed, passed, failed), { minLength: 30, maxLength: 120 }),
        fc.nat(),
        (grades, at) => {
          const whole = grades.map((grade): Grade[] => [grade]);
          const lost = whole.with(at % whole.length, [ungraded]);
          const lenient = gate({ ...PASS_RATE, maxDrop: 0.1 }, { maxErroredItems: 0.5 });
          const baseline = filled([whole.length, passed]);
          fc.pre(verdict(lenient, data(whole, baseline)) !== 'pass');
          expect(verdict(lenient, data(lost, baseline))).not.toBe('pass');
        },
      ),
    );
  });

  it('do not excuse an item that must never fail', () => {
    const safety = gate(PASS_RATE, {
      metrics: [],
      safety: [{ name: 'm', atMost: 0.05, neverFail: ['i0'] }],
      maxErroredItems: 0.02,
    });
    expect(verdict(safety, data(filled([200, passed])))).toBe('pass');
    expect(verdict(safety, data(filled([1, ungraded], [199, passed])))).toBe('inconclusive');
  });

  it('are those of a broken baseline too, which must not make the candidate look good', () => {
    const metric: MetricCriteria = { ...BASIS, data: 'passFail', maxDrop: 0.1 };
    const worse = filled([70, passed], [30, failed]);
    expect(verdict(gate(metric), data(worse, filled([40, unanswered], [60, passed])))).toBe('inconclusive');
    expect(verdict(gate(metric), data(filled([40, unanswered], [60, passed]), filled([100, passed])))).toBe('fail');
  });
});

describe('a run that stopped', () => {
  const stopped = { stopped: 'the budget is spent' };

  it('fails only when nothing could have let it pass any more', () => {
    const some = (count: number, grade: Grade): Grade[][] => [
      ...filled([count, grade]),
      ...Array.from({ length: 100 - count }, () => []),
    ];
    expect(verdict(gate(PASS_RATE), data(some(10, failed), undefined, stopped))).toBe('inconclusive');
    expect(verdict(gate(PASS_RATE), data(some(40, failed), undefined, stopped))).toBe('fail');
    expect(verdict(gate(PASS_RATE), data(some(99, passed), undefined, stopped))).toBe('inconclusive');
    expect(verdict(gate(PASS_RATE), data(some(0, passed), undefined, stopped))).toBe('inconclusive');
  });

  it('has too few repeats of an item', () => {
    const twice = gate(PASS_RATE, { repeats: 2 });
    const once = data(filled([100, failed]), undefined, stopped);
    expect(verdict(twice, once)).toBe('inconclusive');
    expect(verdict(twice, data(filled([100, passed])))).toBe('error');
  });
});

describe('few items', () => {
  const scores: MetricCriteria = { ...BASIS, data: 'score', range: [1, 5], absolute: { atLeast: 3 } };

  it('say nothing about scores, and validate says so', () => {
    expect(verdict(gate(scores), data(filled([19, score(5)])))).toBe('inconclusive');
    expect(verdict(gate(scores), data(filled([20, score(5)])))).toBe('pass');
    expect(reasons(gate(scores), 19)).toEqual(['m: its statistic needs 20 items; there are 19']);
  });

  it('are no more because they were repeated: fractions keep the bounds of whole items', () => {
    const metric: MetricCriteria = { ...BASIS, data: 'passFail', maxDrop: 0.05 };
    const thirds = Array.from({ length: 20 }, (_, index) => [index === 0 ? failed : passed, passed, passed]);
    expect(verdict(gate(metric, { repeats: 3 }), data(thirds, thirds))).toBe('inconclusive');
  });

  it('a score outside of its range is none', () => {
    expect(verdict(gate(scores), data(filled([30, score(500)])))).toBe('error');
  });
});

describe('clusters', () => {
  it('are the units of safety: copies of a conversation show nothing more', () => {
    const safety = gate(PASS_RATE, { metrics: [], safety: [{ name: 'm', atMost: 0.05, neverFail: [] }] });
    const all = data(filled([100, passed]));
    const clustered = { ...all, items: items(100, (index) => ({ cluster: `c${index % 10}` })) };
    expect(verdict(safety, all)).toBe('pass');
    expect(verdict(safety, clustered)).toBe('inconclusive');
    expect(reasons(safety, 100, 10)).toEqual([
      'm: a defect rate of at most 0.05 needs 59 clusters without a defect; there are 10',
    ]);
  });
});

describe('quantiles', () => {
  const p95: MetricCriteria = {
    ...BASIS,
    data: 'quantile',
    quantile: 0.95,
    direction: 'decrease',
    range: [0, 60_000],
    absolute: { atMost: 2000 },
  };
  const times = (n: number, factor = 1): Grade[][] =>
    Array.from({ length: n }, (_, index) => [score(factor * (500 + ((index * 37) % n) * (1000 / n)))]);

  it('have bounds from the order of the values, from 59 values on', () => {
    const sorted = Array.from({ length: 59 }, (_, index) => index);
    expect(quantileBounds(sorted, 0.95, 0.05).upper).toBe(58);
    expect(quantileBounds(sorted.slice(1), 0.95, 0.05).upper).toBe(Infinity);
  });

  it('cover the true quantile as often as they promise', () => {
    const random = seededRandom(7);
    const runs = 2000;
    let wrong = 0;
    for (let run = 0; run < runs; run++) {
      const values = Array.from({ length: 100 }, () => -Math.log(1 - random()));
      if (quantileBounds(values, 0.95, 0.05).upper < -Math.log(0.05)) wrong++;
    }
    expect(wrong / runs).toBeLessThanOrEqual(0.06);
  });

  it('pass and fail by their bounds; no answer is the slowest', () => {
    expect(verdict(gate(p95), data(times(100)))).toBe('pass');
    expect(verdict(gate(p95), data(times(100, 4)))).toBe('fail');
    expect(verdict(gate(p95), data(times(30)))).toBe('inconclusive');
    expect(verdict(gate(p95), data([...times(80), ...filled([20, unanswered])]))).toBe('fail');
  });

  it('are compared by pairs, and need enough items beyond them', () => {
    const compared: MetricCriteria = {
      ...BASIS,
      data: 'quantile',
      quantile: 0.95,
      direction: 'decrease',
      range: [0, 60_000],
      maxDrop: 500,
    };
    expect(verdict(gate(compared), data(times(100), times(100)))).toBe('pass');
    expect(verdict(gate(compared), data(times(100, 3), times(100)))).toBe('fail');
    expect(verdict(gate(compared), data(times(99), times(99)))).toBe('inconclusive');
    expect(reasons(gate(compared), 99)).toEqual(['m: its statistic needs 100 items; there are 99']);
  });
});
