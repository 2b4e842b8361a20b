import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLab, type Lab } from '../support/lab.ts';

let lab: Lab;

const deployment = (name: string, model: string, more = ''): string => `apiVersion: ingate/v1alpha1
kind: ModelDeployment
metadata: { name: ${name} }
spec: { account: ai, model: ${model}${more} }
---
`;

const MINI = '{ name: gpt-4.1-mini, version: "2025-04-14" }';
const LARGE = '{ name: gpt-4.1, version: "2025-04-14" }';

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
kind: Agent
metadata: { name: support }
spec:
  project: support
  definition: { model: chat, instructions: "Say please." }
---
${deployment('chat', LARGE)}`;

const gate = (more: string, target = '{ agent: support }'): string => `apiVersion: ingate/v1alpha1
kind: EvaluationGate
metadata: { name: release }
spec:
  project: support
  target: ${target}
  dataset: |
    {"id":"1","query":"Where is my order?"}
  metrics:
    - { name: coherence, grader: { type: evaluator, evaluator: builtin.coherence }, atLeast: 0, evidence: point }
${more}
`;

beforeEach(async () => {
  lab = await createLab({ files: { 'environments/dev/base.yaml': BASE } });
});
afterEach(() => lab.close());

const apply = () => lab.ingate('apply', '-e', 'dev', '--yes');
const asked = (): number =>
  lab.azure.requests().filter(({ method, path }) => method === 'POST' && /\/evals(?:$|\/)/.test(path)).length;

describe('the judge of a gate', () => {
  it.each([
    [
      'is not pinned',
      deployment('judge', MINI, ', versionUpgradeOption: OnceNewDefaultVersionAvailable'),
      '',
      ' is not pinned',
    ],
    [
      'is another model',
      deployment('judge', MINI),
      '  judgeModel: gpt-5-mini',
      'is gpt-4.1-mini, and the gate asks for gpt-5-mini',
    ],
    [
      'is another version',
      deployment('judge', MINI),
      '  judgeVersion: "2026-01-01"',
      'is 2025-04-14, and the gate asks for 2026-01-01',
    ],
    ['is the model of the agent', deployment('judge', LARGE), '', 'the target answers with gpt-4.1 as well'],
  ])('is refused before anything is asked when it %s', async (_, judge, more, message) => {
    lab.write({ 'environments/dev/judge.yaml': judge, 'environments/dev/gate.yaml': gate(`  judge: judge\n${more}`) });
    const ran = await apply();
    expect(ran.code).not.toBe(0);
    expect(ran.out + ran.err).toContain('ING7008');
    expect(ran.out + ran.err).toContain(message);
    expect(asked()).toBe(0);
  });

  it('is refused when it is the deployment of the agent, unless the gate allows it', async () => {
    lab.write({ 'environments/dev/gate.yaml': gate('  judge: chat') });
    const refused = await apply();
    expect(refused.out + refused.err).toContain('the target answers with the deployment chat');
    expect(asked()).toBe(0);
    lab.write({ 'environments/dev/gate.yaml': gate('  judge: chat\n  forbidSameModelAsTarget: false') });
    const allowed = await apply();
    expect(allowed.code, allowed.out + allowed.err).toBe(0);
  });

  it('that is pinned and what the gate asks for grades', async () => {
    lab.write({
      'environments/dev/judge.yaml': deployment('judge', MINI),
      'environments/dev/gate.yaml': gate('  judge: judge\n  judgeModel: gpt-4.1-mini\n  judgeVersion: "2025-04-14"'),
    });
    const ran = await apply();
    expect(ran.code, ran.out + ran.err).toBe(0);
    expect((await lab.ingate('plan', '-e', 'dev', '--detailed-exitcode')).code).toBe(0);
  });

  it('that is the target is found by validate, and so are pins without a judge', async () => {
    lab.write({ 'environments/dev/gate.yaml': gate('  judge: chat', '{ model: chat }') });
    const same = await lab.ingate('validate', '-e', 'dev');
    expect([same.code, same.err]).toEqual([
      1,
      expect.stringMatching(/gate\.yaml:\d+:\d+[\s\S]*chat would grade itself/),
    ]);
    lab.write({ 'environments/dev/gate.yaml': gate('  judgeModel: gpt-5') });
    expect((await lab.ingate('validate', '-e', 'dev')).err).toContain('no judge is named');
  });
});
