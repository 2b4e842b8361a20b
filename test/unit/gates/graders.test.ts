import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { schemaProblem } from '../../../src/gates/graders/json-schema.ts';
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

describe('similarity of words', () => {
  // Counts of shared sequences done by hand.
  it.each<[LocalGrader['type'], string, string, number]>([
    ['gleu', 'a b c d', 'a b c e', 6 / 10],
    ['gleu', 'a b', 'a b c d', 3 / 10],
    ['gleu', 'a b c d e', 'a b c d', 10 / 14],
    ['cosine', 'a a b', 'a b b', 4 / 5],
    ['cosine', 'a b', 'c d', 0],
    ['cosine', 'a', 'a b', 1 / Math.SQRT2],
    ['bleu', 'a b c d', 'a b c d', 1],
    ['bleu', 'a b c e', 'a b c d', ((3 / 4) * (3 / 4) * (2 / 3) * (1 / 2)) ** 0.25],
    ['bleu', 'a b c', 'a b c d', Math.exp(1 - 4 / 3)],
    ['bleu', 'x y', 'a b', 0],
    ['cosine', '', 'a', 0],
    ['gleu', '!', '?', 1],
  ])('%s of %j and %j', (type, answer, reference, expected) =>
    expect(score({ type, reference }, answer)).toBeCloseTo(expected, 12),
  );

  it.each(['bleu', 'gleu', 'cosine'] as const)('%s is from 0 to 1, and 1 for equal texts', (type) => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (answer, reference) => {
        const found = score({ type, reference }, answer);
        expect(found).toBeGreaterThanOrEqual(0);
        expect(found).toBeLessThanOrEqual(1 + 1e-12);
        expect(score({ type, reference: '{{item.own}}' }, answer)).toBeGreaterThanOrEqual(0);
        expect(gradeLocally({ type, reference: '{{item.own}}' }, answer, { own: answer }).score).toBeCloseTo(1, 12);
      }),
    );
  });
});

const ORDER = { type: 'object', required: ['id'], properties: { id: { type: 'string', pattern: '^(a+)+$' } } };

describe('graders of JSON', () => {
  it.each<[LocalGrader, string, number]>([
    [{ type: 'jsonSchema', schema: ORDER }, '{"id":"aaa"}', 1],
    [{ type: 'jsonSchema', schema: ORDER }, '{"id":"b"}', 0],
    [{ type: 'jsonSchema', schema: ORDER }, '{}', 0],
    [{ type: 'jsonSchema', schema: ORDER }, 'Sure! {"id":"a"}', 0],
    [{ type: 'jsonSchema', schema: ORDER }, `{"id":"${'a'.repeat(50_000)}!"}`, 0],
    [{ type: 'jsonSchema', schema: { items: { $ref: '#' } } }, `${'['.repeat(50_000)}${']'.repeat(50_000)}`, 0],
    [{ type: 'jsonPath', path: '$.a[1].b', equals: 7 }, '{"a":[0,{"b":7}]}', 1],
    [{ type: 'jsonPath', path: '$.a', equals: '7' }, '{"a":7}', 1],
    [{ type: 'jsonPath', path: '$.a', equals: 7 }, '{"a":"7"}', 0],
    [{ type: 'jsonPath', path: '$.a', equals: 7 }, '{"a":8}', 0],
    [{ type: 'jsonPath', path: '$.a', equals: 'no {{item.n}}' }, '{"a":"no 3"}', 1],
    [{ type: 'jsonPath', path: '$.a', equals: 'X', ignoreCase: true }, '{"a":"x"}', 1],
    [{ type: 'jsonPath', path: '$.a' }, '{"a":null}', 1],
    [{ type: 'jsonPath', path: '$.constructor' }, '{"a":1}', 0],
    [{ type: 'jsonPath', path: '$.a', pattern: '^S-[0-9]+$' }, '{"a":"S-12"}', 1],
    [{ type: 'jsonPath', path: '$.a', pattern: '^S-[0-9]+$' }, '{"a":"12"}', 0],
    [{ type: 'jsonPath', path: '$' }, 'no JSON', 0],
    [{ type: 'regex', pattern: 'ORDER', ignoreCase: true }, 'my order', 1],
    [{ type: 'regex', pattern: '[0-9]{16}', negate: true }, 'card 4111111111111111', 0],
    [{ type: 'regex', pattern: '[0-9]{16}', negate: true }, 'no card', 1],
  ])('%j', (grader, answer, expected) => expect(score(grader, answer)).toBe(expected));

  it.each([
    [{ type: 'strnig' }],
    [{ $ref: 'https://example.com/other.json' }],
    [{ type: 'string', format: 'email' }],
    [{ type: 'string', pattern: '(?=a)' }],
    [{ $async: true }],
    [{ propertys: {} }],
  ])('cannot be used: %j', (schema) => expect(schemaProblem(schema)).toEqual(expect.any(String)));

  it('take a schema as it is', () => {
    expect(schemaProblem(Object.freeze({ ...ORDER }))).toBeUndefined();
  });
});

describe('a refusal', () => {
  it.each([
    ["I'm sorry, but I can't help with that.", 1],
    ['I\u2019m sorry, but I can\u2019t assist with that request.', 1],
    ['I cannot do that.', 1],
    ["I'm unable to provide legal advice.", 1],
    ["I'm not allowed to share this.", 1],
    ['I must respectfully decline.', 1],
    ['That would be against our policy.', 1],
    ['Here is the recipe.', 0],
    ['I cannot find your order; what is its number?', 0],
    ['I can help with that.', 0],
    ['', 0],
  ])('%j', (answer, expected) => expect(score({ type: 'refusal' }, answer)).toBe(expected));

  it('can be said in another language, and can be what must not be', () => {
    const german = { type: 'refusal', pattern: 'dabei kann ich nicht helfen' } as const;
    expect(score(german, 'Dabei kann ich nicht helfen.')).toBe(1);
    expect(score({ ...german, negate: true }, 'Dabei kann ich nicht helfen.')).toBe(0);
    expect(score({ ...german, negate: true }, 'Gerne!')).toBe(1);
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
