import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLab, type Lab } from '../support/lab.ts';

let lab: Lab;

const ITEMS = Array.from({ length: 12 }, (_, index) => `    {"id":"q-${index}","query":"Question ${index}?"}`).join(
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
metadata: { name: chat }
spec: { account: ai, model: { name: gpt-4.1 } }
---
apiVersion: ingate/v1alpha1
kind: Agent
metadata: { name: support }
spec:
  project: support
  definition: { model: chat, instructions: "Say 'please wait' kindly." }
`;

const gate = (...graders: readonly string[]): string => `apiVersion: ingate/v1alpha1
kind: EvaluationGate
metadata: { name: release }
spec:
  project: support
  target: { agent: support }
  dataset: |
${ITEMS}
  metrics:
${graders.map((grader, index) => `    - { name: m${index}, grader: ${grader}, atLeast: 0.7 }`).join('\n')}
`;

beforeEach(async () => {
  lab = await createLab({ files: { 'environments/dev/base.yaml': BASE } });
});
afterEach(() => lab.close());

describe('graders in a gate', () => {
  it('look at the answers that Foundry recorded', async () => {
    const good = [
      '{ type: refusal, negate: true }',
      '{ type: json, negate: true }',
      "{ type: cosine, reference: '{{item.query}}', passAt: 0 }",
    ];
    lab.write({ 'environments/dev/gate.yaml': gate(...good) });
    const ran = await lab.ingate('apply', '-e', 'dev', '--yes');
    expect(ran.code, ran.out + ran.err).toBe(0);
    lab.write({
      'environments/dev/gate.yaml': gate(
        '{ type: jsonSchema, schema: { type: object } }',
        '{ type: jsonPath, path: $.a }',
        '{ type: refusal }',
      ),
    });
    const failed = await lab.ingate('apply', '-e', 'dev', '--yes');
    expect(failed.code, failed.out + failed.err).toBe(10);
    for (const name of ['m0', 'm1', 'm2'])
      expect(failed.out + failed.err).toContain(`${name} absolute: it is shown not to be`);
  });

  it.each([
    ['{ type: jsonSchema, schema: { type: strnig } }', 'the schema cannot be used'],
    ['{ type: jsonSchema }', 'needs schema'],
    ['{ type: jsonPath }', 'needs path'],
    ["{ type: jsonPath, path: '$.a[*]' }", 'path'],
    ["{ type: jsonPath, path: $.a, pattern: '(a' }", 'the pattern is not valid'],
    ['{ type: f1, reference: a, negate: true }', 'does not read negate'],
    ['{ type: bleu }', 'needs reference'],
  ])('are refused by validate with their place: %s', async (grader, message) => {
    lab.write({ 'environments/dev/gate.yaml': gate(grader) });
    const { code, err } = await lab.ingate('validate', '-e', 'dev');
    expect([code, err]).toEqual([1, expect.stringContaining(message)]);
    expect(err).toMatch(/gate\.yaml:\d+:\d+/);
  });
});
