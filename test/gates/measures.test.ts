import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLab, type Lab } from '../support/lab.ts';

let lab: Lab;

const ITEMS = Array.from({ length: 60 }, (_, index) => `{"id":"q-${index}","query":"Question ${index}?"}`).join('\n');

const agent = (instructions: string): string => `apiVersion: ingate/v1alpha1
kind: Agent
metadata: { name: support }
spec:
  project: support
  definition: { model: chat, instructions: "${instructions}" }
`;

const gate = (metrics: string): string => `apiVersion: ingate/v1alpha1
kind: EvaluationGate
metadata: { name: release }
spec:
  project: support
  target: { agent: support }
  datasetFile: golden.jsonl
  metrics:
${metrics}
`;

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

const TOKENS =
  '    - { name: tokens, grader: { type: tokens, range: [0, 10000] }, data: quantile, quantile: 0.9, direction: decrease, atMost: 5000, maxDrop: 20 }';
const COST =
  '    - { name: cost, grader: { type: cost, range: [0, 1], inputPrice: 2, outputPrice: 8 }, data: score, direction: decrease, atMost: 0.01 }';

beforeEach(async () => {
  lab = await createLab({
    files: {
      'environments/dev/base.yaml': BASE,
      'environments/dev/agent.yaml': agent("Say 'please wait' kindly."),
      'environments/dev/gate.yaml': gate(`${TOKENS}\n${COST}`),
      'environments/dev/golden.jsonl': `${ITEMS}\n`,
    },
  });
});
afterEach(() => lab.close());

const apply = () => lab.ingate('apply', '-e', 'dev', '--yes');
const usage = (): Record<string, unknown> =>
  (
    JSON.parse(readFileSync(`${lab.root}/.ingate/reports/EvaluationGate-release.json`, 'utf8')) as {
      usage: Record<string, Record<string, unknown>>;
    }
  ).usage['candidate'] ?? {};
const checks = (): readonly Record<string, unknown>[] =>
  (
    JSON.parse(readFileSync(`${lab.root}/.ingate/reports/EvaluationGate-release.json`, 'utf8')) as {
      checks: Record<string, unknown>[];
    }
  ).checks;

describe('what answers take', () => {
  it('is counted by Foundry, bounded without a model that judges, and more of it is held back', async () => {
    const first = await apply();
    expect(first.code, first.out + first.err).toBe(0);
    expect(checks()).toEqual([
      expect.objectContaining({ metric: 'tokens', kind: 'absolute', verdict: 'pass', n: 60 }),
      expect.objectContaining({ metric: 'cost', kind: 'absolute', verdict: 'pass', n: 60 }),
    ]);
    const { inputTokens, outputTokens, cost } = usage();
    expect(cost).toBeCloseTo((Number(inputTokens) * 2 + Number(outputTokens) * 8) / 1e6, 12);
    const long = Array.from({ length: 60 }, (_, index) => `please wait for ${index}`).join(', ');
    lab.write({ 'environments/dev/agent.yaml': agent(`Say '${long}' kindly.`) });
    const second = await apply();
    expect(second.code, second.out + second.err).toBe(10);
    const drop = checks().find(({ kind }) => kind === 'regression');
    expect(drop).toMatchObject({ metric: 'tokens', verdict: 'fail', limit: -20 });
    expect(Number(drop?.['candidate'])).toBeGreaterThan(Number(drop?.['baseline']) + 20);
  });

  it.each([
    [
      '    - { name: slow, grader: { type: latency, most: 900 }, atLeast: 0.5 }',
      'an agent does not tell the latency of an answer',
    ],
    [COST.replace(', inputPrice: 2', ''), 'needs inputPrice'],
    [TOKENS.replace(', range: [0, 10000]', ''), 'range says what no answer counts as'],
    [TOKENS.replace(', direction: decrease', ''), 'less is better'],
    ['    - { name: tokens, grader: { type: tokens }, atLeast: 0.5 }', 'without most, every tokens passes'],
    [TOKENS.replace('quantile: 0.9', 'quantile: 0.98').replace(', maxDrop: 20', ''), 'needs 149 items; there are 60'],
    [TOKENS.replace('quantile: 0.9', 'quantile: 0.99'), 'its statistic needs 500 items; there are 60'],
  ])('is refused by validate where it cannot be told: %s', async (metric, message) => {
    lab.write({ 'environments/dev/gate.yaml': gate(metric) });
    const found = await lab.ingate('validate', '-e', 'dev');
    expect([found.code, found.err]).toEqual([1, expect.stringContaining(message)]);
  });
});
