import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLab, type Lab } from '../support/lab.ts';

let lab: Lab;

const ITEMS = Array.from({ length: 12 }, (_, index) => `    {"id":"q-${index}","query":"Say please ${index}"}`).join(
  '\n',
);

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
metadata: { name: bulk }
spec: { account: ai, model: { name: gpt-4.1 }, sku: { name: GlobalBatch } }
`;

const gate = (metric: string, more = ''): string => `apiVersion: ingate/v1alpha1
kind: EvaluationGate
metadata: { name: nightly }
spec:
  project: support
  target: { batch: bulk }
  dataset: |
${ITEMS}
  metrics:
    - ${metric}
${more}`;

const ANSWERED = '{ name: answered, grader: { type: regex, pattern: "[A-Za-z]" }, atLeast: 0.7 }';
const GERMAN = '{ name: german, grader: { type: contains, values: [Zauberwort] }, atLeast: 0.7 }';

beforeEach(async () => {
  lab = await createLab({
    files: { 'environments/dev/base.yaml': BASE, 'environments/dev/gate.yaml': gate(ANSWERED) },
    azure: { timing: { operationMs: 5, registrationMs: 0, jobMs: 50 } },
  });
});
afterEach(async () => {
  vi.useRealTimers();
  await lab.close();
});

const apply = () => lab.ingate('apply', '-e', 'dev', '--yes');
const sent = (): number =>
  lab.azure.requests().filter(({ method, path }) => method === 'POST' && path.endsWith('/openai/v1/batches')).length;
const runs = (): number =>
  lab.azure.requests().filter(({ method, path }) => method === 'POST' && path.endsWith('/runs')).length;

describe('a gate on a batch', () => {
  it('asks for all items in one managed batch, grades them here, and does nothing the second time', async () => {
    const ran = await apply();
    expect(ran.code, ran.out + ran.err).toBe(0);
    expect([sent(), runs()]).toEqual([1, 0]);
    const report = JSON.parse(
      readFileSync(`${lab.root}/.ingate/reports/EvaluationGate-nightly.json`, 'utf8'),
    ) as object;
    expect(report).toMatchObject({
      verdict: 'pass',
      items: 12,
      usage: { candidate: { answers: 12, reused: 0, inputTokens: expect.any(Number) } },
    });
    const again = await lab.ingate('plan', '-e', 'dev', '--detailed-exitcode');
    expect([again.code, again.out]).toEqual([0, expect.stringContaining('proven: pass')]);
    expect((await apply()).code).toBe(0);
    expect(sent()).toBe(1);
  });

  it('fails by its answers, and reads the same batch again when only the limits change', async () => {
    await apply();
    lab.write({ 'environments/dev/gate.yaml': gate(GERMAN) });
    const ran = await apply();
    expect(ran.code, ran.out + ran.err).toBe(10);
    expect(ran.out + ran.err).toContain('german absolute');
    expect(sent()).toBe(1);
  });

  it('sends one batch although the answer about it is lost', async () => {
    lab.azure.faults.add({ match: { method: 'POST', path: 'openai/v1/batches$', nth: 1 }, drop: 'after-commit' });
    const ran = await apply();
    expect(ran.code, ran.out + ran.err).toBe(0);
    expect(sent()).toBe(1);
  });

  it.each([
    [
      gate('{ name: a, grader: { type: evaluator, evaluator: builtin.coherence }, atLeast: 0.7 }'),
      'answers of a batch are graded here',
    ],
    [gate('{ name: a, grader: { type: stepCount, most: 3 }, atLeast: 0.7 }'), 'a batch does not tell the tools'],
    [gate(ANSWERED, '  redTeam: { riskCategories: [Violence], maxSuccessRate: 0.1 }\n'), 'cannot be attacked'],
    [gate(ANSWERED, '  request: { path: / }\n'), 'request is for gates of a container app'],
  ])('is refused by validate where it cannot be graded', async (file, message) => {
    lab.write({ 'environments/dev/gate.yaml': file });
    const { code, err } = await lab.ingate('validate', '-e', 'dev');
    expect([code, err]).toEqual([1, expect.stringContaining(message)]);
  });
});
