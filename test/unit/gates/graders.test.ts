import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fill, gradeLocally, patternProblem, type LocalGrader } from '../../../src/gates/graders/local.ts';
import { junitOf } from '../../../src/gates/report/junit.ts';
import type { GateReport } from '../../../src/gates/report/document.ts';

const item = { ground_truth: 'The tent is waterproof.', n: 3 };
const score = (grader: LocalGrader, answer: string): number => gradeLocally(grader, answer, item).score;

describe('graders that run here', () => {
  it.each<[LocalGrader, string, number]>([
    [{ type: 'exactMatch', reference: '{{item.ground_truth}}' }, ' The tent is waterproof. ', 1],
    [{ type: 'exactMatch', reference: '{{item.ground_truth}}' }, 'the tent is waterproof.', 0],
    [{ type: 'exactMatch', reference: '{{item.ground_truth}}', ignoreCase: true }, 'the tent is WATERPROOF.', 1],
    [{ type: 'f1', reference: 'a b c' }, 'a b c', 1],
    [{ type: 'f1', reference: 'a b c d' }, 'a b x', 4 / 7],
    [{ type: 'f1', reference: 'a' }, '', 0],
    [{ type: 'contains', values: ['tent', 'dry'] }, 'The tent stays dry', 1],
    [{ type: 'contains', values: ['tent', 'dry'] }, 'The tent', 0],
    [{ type: 'startsWith', reference: 'Yes' }, '  Yes, it is', 1],
    [{ type: 'fuzzy', reference: 'abcd' }, 'abcx', 0.75],
    [{ type: 'rougeL', reference: 'the cat sat on the mat' }, 'the cat sat on the mat', 1],
    [{ type: 'rougeL', reference: 'the cat' }, '', 0],
    [{ type: 'regex', pattern: '^\\d{4}$' }, '4711', 1],
    [{ type: 'regex', pattern: '^\\d{4}$' }, 'no', 0],
    [{ type: 'json' }, '{"a":1}', 1],
    [{ type: 'json' }, 'a', 0],
    [{ type: 'wordCount', most: 3 }, 'one two three', 1],
    [{ type: 'wordCount', most: 3 }, 'one two three four', 0],
  ])('%j of %j', (grader, answer, expected) => expect(score(grader, answer)).toBeCloseTo(expected, 12));

  it('pass from the score that they are told', () => {
    expect(gradeLocally({ type: 'f1', reference: 'a b', passAt: 0.9 }, 'a', item).passed).toBe(false);
    expect(gradeLocally({ type: 'f1', reference: 'a b' }, 'a', item).passed).toBe(true);
  });

  it('take linear time for patterns that others choke on', () => {
    expect(score({ type: 'regex', pattern: '(a+)+$' }, `${'a'.repeat(50_000)}b`)).toBe(0);
    expect(patternProblem('(a')).toBeDefined();
    expect(patternProblem('a+')).toBeUndefined();
  });

  it('fill in only what the item itself has', () => {
    expect(fill('{{item.n}} {{ item.ground_truth }} {{item.constructor}}{{item.gone}}', item)).toBe(
      '3 The tent is waterproof. ',
    );
  });

  it('give scores from 0 to 1, whatever the texts', () => {
    const type = fc.constantFrom<LocalGrader['type']>('f1', 'fuzzy', 'rougeL', 'exactMatch', 'contains', 'startsWith');
    fc.assert(
      fc.property(type, fc.string(), fc.string(), (name, answer, reference) => {
        const found = score({ type: name, reference }, answer);
        expect(found).toBeGreaterThanOrEqual(0);
        expect(found).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });
});

const TAGS =
  '<testsuites <testsuite <testcase <failure </testcase <testcase <error </testcase </testsuite </testsuites'.split(
    ' ',
  );

describe('JUnit', () => {
  it('cannot be broken out of, and holds no character that XML does not allow', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const report: GateReport = {
          gate: text,
          environment: text,
          verdict: 'fail',
          candidate: { label: text, digest: '' },
          baseline: null,
          evaluation: '',
          runs: { candidate: [], baseline: [] },
          items: 1,
          checks: [{ metric: text, kind: 'absolute', tier: 'blocking', verdict: 'fail', limit: 1, n: 1, reason: text }],
          flips: [],
          slices: [],
          unscored: [],
          problems: [text],
        };
        const xml = junitOf([report]);
        expect(xml.match(/<\/?\w+/g)).toEqual(TAGS);
        const refused = xml.split('').filter((character) => character < ' ' && character !== '\n');
        expect(refused).toEqual([]);
      }),
    );
  });
});
