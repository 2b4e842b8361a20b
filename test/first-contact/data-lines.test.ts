import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLab, type Lab } from '../support/lab.ts';

const HEAD = 'apiVersion: ingate/v1alpha1\nkind: ';
const METRIC = '{ name: short, grader: { type: wordCount, most: 60 }, atLeast: 0.1, evidence: point }';
const GRADED = '{ name: harmless, grader: { type: evaluator, evaluator: builtin.violence } }';
const ITEMS = ['{"id":"1","query":"a"}', '', '{"id":"2","query":"b"}', '{"id":"3","query":"c"}'];
const EXAMPLES = Array.from({ length: 4 }, (_, n) => `{"messages":[{"role":"user","content":"${n}"}]}`);
const SECRET = 'from a customer';
const FILE = 'environments/dev/rows.jsonl';

/** Kinds that read JSON Lines, with four good lines. */
const READERS: readonly (readonly [kind: string, spec: string, lines: readonly string[]])[] = [
  ['EvaluationGate', `target: { agent: a }, datasetFile: rows.jsonl, metrics: [${METRIC}]`, ITEMS],
  [
    'Evaluation',
    `candidates: [{ name: a, agent: a }, { name: b, agent: b }], datasetFile: rows.jsonl, metrics: [${GRADED}]`,
    ITEMS,
  ],
  [
    'EvaluationSchedule',
    `agent: a, trigger: { recurrence: { unit: Daily, hours: [3] } }, datasetFile: rows.jsonl, metrics: [${GRADED}]`,
    ITEMS,
  ],
  ['FineTuningJob', 'model: gpt-4.1-mini, trainingFile: rows.jsonl', EXAMPLES],
  ['FineTuningJob', 'model: gpt-4.1-mini, trainingFile: good.jsonl, validationFile: rows.jsonl', EXAMPLES],
  ['Dataset', 'source: rows.jsonl', ITEMS],
  ['Dataset', 'source: .', ITEMS],
];

let lab: Lab;
beforeEach(async () => {
  lab = await createLab();
});
afterEach(() => lab.close());

interface Printed {
  readonly diagnostics: readonly {
    code: string;
    message: string;
    at?: { file: string; line: number; column: number };
  }[];
}

async function problemsOf(kind: string, spec: string, lines: readonly string[]): Promise<Printed['diagnostics']> {
  lab.write({
    'environments/dev/work.yaml': `${HEAD}${kind}\nmetadata: { name: work }\nspec: { project: support, ${spec} }\n`,
    [FILE]: `${lines.join('\r\n')}\r\n`,
    'environments/dev/good.jsonl': `${Array.from({ length: 12 }, () => EXAMPLES[0]).join('\n')}\n`,
  });
  const text = await lab.ingate('validate', '-e', 'dev');
  expect(text.code).toBe(1);
  expect(text.err + text.out).not.toContain(SECRET);
  const { out } = await lab.ingate('validate', '-e', 'dev', '-o', 'json');
  return (JSON.parse(out) as Printed).diagnostics;
}

describe('a line of data', () => {
  it.each(READERS)('that %s (%s) cannot read is named by file and line, and not shown', async (kind, spec, lines) => {
    const found = await problemsOf(kind, spec, [...lines, `{"text": "${SECRET}"`]);
    const about = found.filter(({ at }) => at?.file === FILE);
    expect(about.map(({ at }) => [at?.line, at?.column])).toEqual([[5, 1]]);
    expect(about[0]?.message).toContain('not a JSON object');
  });

  it.each(READERS.slice(0, 3))(
    'that %s has twice, or without an id, is named by file and line',
    async (kind, spec, lines) => {
      const found = await problemsOf(kind, spec, [...lines, '{"query":"d"}', '{"id":"2","query":"e"}']);
      expect(
        found.filter(({ at }) => at?.file === FILE).map(({ at, message }) => [at?.line, message.replace(/^.*?: /, '')]),
      ).toEqual([
        [5, 'line 5 has no id'],
        [6, 'line 6 repeats the id 2'],
      ]);
    },
  );

  it('is named where the manifest names its file when the whole file is meant', async () => {
    const [kind, spec] = READERS[0] ?? ['', ''];
    const found = await problemsOf(kind, spec, []);
    const empty = found.find(({ code }) => code === 'ING7005');
    expect(empty).toMatchObject({
      message: expect.stringContaining('no items'),
      at: { file: 'environments/dev/work.yaml', line: 4 },
    });
    expect(empty?.at?.column).toBe(`spec: { project: support, ${spec}`.indexOf('rows.jsonl') + 1);
  });
});

describe('a criterion that cannot be met', () => {
  it.each([
    [
      'metrics',
      12,
      'metrics:\n    - { name: a, grader: { type: wordCount, most: 60 }, atLeast: 0.1, evidence: point }\n    - { name: b, grader: { type: wordCount, most: 60 }, atLeast: 0.99 }',
    ],
    [
      'safety',
      13,
      `metrics:\n    - ${METRIC}\n  safety:\n    - { name: s, grader: { type: evaluator, evaluator: builtin.violence }, maxDefectRate: 0.01 }`,
    ],
    ['minItems', 10, `minItems: 100\n  metrics:\n    - ${METRIC}`],
    [
      'slices',
      15,
      `metrics:\n    - name: a\n      grader: { type: wordCount, most: 60 }\n      slices:\n        - { field: id, values: ["1"], atLeast: 0.01 }\n        - { field: query, values: ["a"], atLeast: 0.9 }`,
    ],
  ])('is the one that is pointed to: %s', async (_, line, criteria) => {
    lab.write({
      'environments/dev/work.yaml': `${HEAD}EvaluationGate\nmetadata:\n  name: work\nspec:\n  project: support\n  judge: judge\n  target: { agent: a }\n  datasetFile: rows.jsonl\n  ${criteria}\n`,
      [FILE]: ITEMS.join('\n'),
    });
    const { out } = await lab.ingate('validate', '-e', 'dev', '-o', 'json');
    const found = (JSON.parse(out) as Printed).diagnostics.filter(({ code }) => code === 'ING7004');
    expect(found.map(({ at }) => at?.line)).toContain(line);
    expect(found.map(({ at }) => at?.file)).toEqual(found.map(() => 'environments/dev/work.yaml'));
  });
});
