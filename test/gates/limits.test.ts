import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLab, type Lab } from '../support/lab.ts';

let lab: Lab;

const ITEMS = Array.from({ length: 60 }, (_, index) => {
  const language = index % 3 === 0 ? 'de' : 'en';
  return `{"id":"q-${index}","query":"Question ${index}?","language":"${language}"}`;
}).join('\n');

const BASE = `apiVersion: ingate/v1alpha1
kind: FoundryAccount
metadata: { name: ai }
---
apiVersion: ingate/v1alpha1
kind: FoundryProject
metadata: { name: support }
spec: { account: ai }
---
apiVersion: ingate/v1alpha1
kind: ModelDeployment
metadata: { name: chat }
spec: { account: ai, model: { name: gpt-4.1 } }
`;

const agent = (instructions: string): string => `apiVersion: ingate/v1alpha1
kind: Agent
metadata: { name: support }
spec:
  project: support
  definition: { model: chat, instructions: "${instructions}" }
`;

const gate = (metric: string): string => `apiVersion: ingate/v1alpha1
kind: EvaluationGate
metadata: { name: release }
spec:
  project: support
  target: { agent: support }
  datasetFile: golden.jsonl
  metrics:
    - ${metric}
`;

const TOKENS =
  '{ name: tokens, grader: { type: tokens, range: [0, 10000] }, data: score, direction: decrease, atMost: 5000, maxIncreasePercent: 25 }';
const POLITE = (slices: string): string =>
  `{ name: polite, grader: { type: contains, values: [please], ignoreCase: true }, atLeast: 0.8, slices: [${slices}] }`;

beforeEach(async () => {
  lab = await createLab({
    files: {
      'environments/dev/base.yaml': BASE,
      'environments/dev/agent.yaml': agent("Say 'please wait' kindly."),
      'environments/dev/golden.jsonl': `${ITEMS}\n`,
    },
  });
});
afterEach(() => lab.close());

const apply = () => lab.ingate('apply', '-e', 'dev', '--yes');
const report = () =>
  JSON.parse(readFileSync(`${lab.root}/.ingate/reports/EvaluationGate-release.json`, 'utf8')) as {
    checks: Record<string, unknown>[];
  };

describe('limits in percent of the baseline', () => {
  it('hold back a version that takes too many more tokens', async () => {
    lab.write({ 'environments/dev/gate.yaml': gate(TOKENS) });
    expect((await apply()).code).toBe(0);
    const long = Array.from({ length: 60 }, (_, index) => `please wait for ${index}`).join(', ');
    lab.write({ 'environments/dev/agent.yaml': agent(`Say '${long}' kindly.`) });
    const ran = await apply();
    expect(ran.code, ran.out + ran.err).toBe(10);
    expect(ran.out + ran.err).toContain('worse by more than 25 % of the baseline');
    expect(report().checks).toContainEqual(
      expect.objectContaining({ metric: 'tokens', kind: 'regression', verdict: 'fail', limit: 0 }),
    );
    const power = await lab.ingate('gate', 'power', '-e', 'dev');
    expect(power.out).toMatch(/tokens rise of at most 25 %: \d+ items .*seen in the last run/);
  });
});

describe('limits of slices', () => {
  it('are checks of their own, named in every report', async () => {
    lab.write({ 'environments/dev/gate.yaml': gate(POLITE('{ field: language, atLeast: 0.8 }')) });
    const ran = await apply();
    expect(ran.code, ran.out + ran.err).toBe(0);
    expect(report().checks).toMatchObject([
      { n: 60, verdict: 'pass' },
      { n: 20, verdict: 'pass', slice: 'language=de' },
      { n: 40, verdict: 'pass', slice: 'language=en' },
    ]);
    for (const output of ['text', 'junit', 'html', 'markdown', 'json']) {
      const { out } = await lab.ingate('gate', 'report', '-e', 'dev', '-o', output);
      expect(out).toContain('language=de');
    }
  });
});

describe('limits that mean nothing', () => {
  it.each([
    [TOKENS.replace('maxIncreasePercent', 'maxDropPercent'), 'the limit is maxIncreasePercent'],
    [TOKENS.replace('atMost: 5000', 'maxDrop: 5'), 'either maxDrop or a percentage'],
    [TOKENS.replace('[0, 10000]', '[-1, 10000]'), 'without numbers below 0'],
    [
      POLITE('{ field: language, atLeast: 0.8 }').replace('atLeast: 0.8,', 'atLeast: 0.8, maxDropPercent: 5,'),
      'pass rates are compared by maxDrop',
    ],
    [POLITE('{ field: language }'), 'has no limit'],
    [POLITE('{ field: region, atLeast: 0.5 }'), 'no item has region'],
    [POLITE('{ field: language, values: [de, fr], atLeast: 0.5 }'), 'no item has language fr'],
    [
      POLITE('{ field: language, values: [de], atLeast: 0.9 }'),
      'polite of language=de: a pass rate of at least 0.9 needs 25 items',
    ],
  ])('are refused by validate: %s', async (metric, message) => {
    lab.write({ 'environments/dev/gate.yaml': gate(metric) });
    const { code, err } = await lab.ingate('validate', '-e', 'dev');
    expect([code, err]).toEqual([1, expect.stringContaining(message)]);
    expect(err).toMatch(/gate\.yaml:\d+:\d+/);
  });
});
