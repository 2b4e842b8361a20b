import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nameHint } from '../../src/planner/load/suggest.ts';
import { createLab, type Lab } from '../support/lab.ts';

const MANIFESTS = `apiVersion: ingate/v1alpha1
kind: FoundryAccount
metadata: { name: ai }
spec: { projects: [] }
---
apiVersion: ingate/v1alpha1
kind: FoundryProject
metadata: { name: support }
spec: { account: ai }
---
apiVersion: ingate/v1alpha1
kind: ModelDeployment
metadata: { name: chat }
spec: { account: ai, model: { name: gpt-5-mini, version: "2025-08-07" }, sku: { name: GlobalBatch } }
---
apiVersion: ingate/v1alpha1
kind: Agent
metadata: { name: support }
spec: { project: support, instructions: Be brief., definition: { model: chat } }
---
apiVersion: ingate/v1alpha1
kind: EvaluationGate
metadata: { name: quality }
spec:
  project: support
  target: { model: chat }
  dataset: |
    {"id":"1","query":"a"}
  metrics:
    - { name: short, grader: { type: wordCount, most: 60 }, atLeast: 0.1, evidence: point }
`;

let lab: Lab;
beforeAll(async () => {
  lab = await createLab({
    files: { 'environments/dev/all.yaml': MANIFESTS.replace('spec: { projects: [] }', 'spec: {}') },
  });
});
afterAll(() => lab.close());

/** A command line with a misspelt name, and what was meant. */
const LINES: readonly (readonly [line: string, meant: string])[] = [
  ['plann', 'plan'],
  ['plan -e dve', 'dev'],
  ['explain Agnet', 'Agent'],
  ['explain Agent.definitoin', 'definition'],
  ['explain ING3O12', 'ING3012'],
  ['schema ModelDeploymnet', 'ModelDeployment'],
  ['completion bsh', 'bash'],
  ['invoke dev Agent/suport --input hi', 'Agent/support'],
  ['gate run qualty -e dev', 'quality'],
  ['gate report qualty -e dev', 'quality'],
  ['gate power qualty -e dev', 'quality'],
  ['rollback suport -e dev', 'Agent/support'],
  ['evidence sign qualty -e dev', 'quality'],
];

describe('a misspelt name', () => {
  it.each(LINES)('ingate %s: did you mean %s?', async (line, meant) => {
    const { code, out, err } = await lab.ingate(...line.split(' '));
    expect(code).not.toBe(0);
    expect(out + err).toMatch(new RegExp(`did you mean "?${meant}"?\\?`, 'i'));
    expect(out + err).not.toContain('bug');
  });
});

describe('a hint for a name', () => {
  it.each([
    ['qualty', ['quality', 'other'], 'Did you mean "quality"?'],
    ['support', ['Agent/support', 'Agent/other'], 'Did you mean "Agent/support"?'],
    ['zzz', ['b', 'a'], 'There are: a, b.'],
    ['zzzzzz', [], 'There are no gates.'],
    ['zzzzzz', Array.from({ length: 15 }, (_, n) => `name-${String(n).padStart(2, '0')}`), ', and 3 more.'],
  ])('%s among %j', (word, known, hint) => {
    expect(nameHint(word, known, 'gates')).toContain(hint);
  });
});
