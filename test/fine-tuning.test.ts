import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLab, GROUP, type Lab, type Ran } from './support/lab.ts';

const example = (index: number): string =>
  JSON.stringify({
    messages: [
      { role: 'user', content: `Where is order ${index}?` },
      { role: 'assistant', content: 'On its way, please wait.' },
    ],
  });
const examples = (count: number): string =>
  `${Array.from({ length: count }, (_, index) => example(index)).join('\n')}\n`;

const job = (more = ''): string => `apiVersion: ingate/v1alpha1
kind: FoundryAccount
metadata: { name: ai }
---
apiVersion: ingate/v1alpha1
kind: FoundryProject
metadata: { name: support }
spec: { account: ai }
---
apiVersion: ingate/v1alpha1
kind: FineTuningJob
metadata: { name: tone }
spec:
  project: support
  model: gpt-4.1-mini
  trainingFile: tone.jsonl
  validationFile: check.jsonl
${more}---
apiVersion: ingate/v1alpha1
kind: ModelDeployment
metadata: { name: tuned }
spec:
  account: ai
  model:
    name: { valueFrom: { kind: FineTuningJob, name: tone, output: fineTunedModel } }
    version: "1"
`;
const FILE = 'environments/dev/tuning.yaml';

let lab: Lab;
beforeEach(async () => {
  lab = await createLab({
    files: {
      [FILE]: job(),
      'environments/dev/tone.jsonl': examples(12),
      'environments/dev/check.jsonl': examples(2),
    },
    azure: { timing: { operationMs: 5, registrationMs: 0, jobMs: 200 } },
  });
});
afterEach(() => lab.close());

const apply = (): Promise<Ran> => lab.ingate('apply', '-e', 'dev', '--yes');
const plan = (): Promise<Ran> => lab.ingate('plan', '-e', 'dev');

interface Project {
  readonly jobs: readonly { readonly status: string; readonly fine_tuned_model: string | null }[];
  readonly files: number;
}

async function project(): Promise<Project> {
  const { path = '' } = lab.azure.requests().find((one) => one.path.includes('/api/projects/')) ?? {};
  const base = /^(?<base>.*\/api\/projects\/[^/]+)/u.exec(path)?.groups?.['base'] ?? '';
  const list = async (what: string): Promise<unknown[]> =>
    ((await lab.send('GET', `${base}/openai/v1/${what}`)).body as { data: unknown[] }).data;
  return {
    jobs: (await list('fine_tuning/jobs')) as Project['jobs'],
    files: (await list('files?purpose=fine-tune')).length,
  };
}

describe('a fine-tuning job', () => {
  it('runs once per content, tells its events, and its model feeds a deployment', async () => {
    expect((await plan()).out).toContain('> FineTuningJob/tone');
    const ran = await apply();
    expect(ran.code, ran.out + ran.err).toBe(0);
    expect(ran.out + ran.err).toContain('Fine-tuning job started');
    expect(ran.out + ran.err).toMatch(/checkpoint at step \d+: /u);
    const { jobs, files } = await project();
    expect([jobs.length, files, jobs[0]?.status]).toEqual([1, 2, 'succeeded']);
    const model = jobs[0]?.fine_tuned_model ?? '';
    expect(model).toMatch(/^gpt-4\.1-mini-.*\.ft-/u);
    const accounts = await lab.send(
      'GET',
      `${GROUP}/providers/Microsoft.CognitiveServices/accounts?api-version=2026-07-01`,
    );
    const [account] = (accounts.body as { value: { id: string }[] }).value;
    const deployments = await lab.send('GET', `${account?.id ?? ''}/deployments?api-version=2026-07-01`);
    const { value } = deployments.body as { value: { properties: { model: { name: string } } }[] };
    expect(value.map(({ properties }) => properties.model.name)).toEqual([model]);

    const again = await plan();
    expect(again.out).toContain('No changes.');
    expect(again.out).toContain(`trained: ${model}`);
    expect((await apply()).code).toBe(0);
    expect((await project()).jobs.length).toBe(1);

    lab.write({ [FILE]: job('  hyperparameters: { epochs: 1 }\n') });
    expect((await apply()).code).toBe(0);
    const after = await project();
    expect([after.jobs.length, after.files]).toEqual([2, 2]);
    lab.write({ [FILE]: job() });
    expect((await apply()).code).toBe(0);
    expect((await project()).jobs.length).toBe(2);
  });

  it('is there once although answers are lost or the process dies', async () => {
    for (const path of ['openai/v1/files$', 'fine_tuning/jobs$'])
      lab.azure.faults.add({ match: { method: 'POST', path, nth: 1 }, drop: 'after-commit' });
    const ran = await apply();
    expect(ran.code, ran.out + ran.err).toBe(0);
    const { jobs, files } = await project();
    expect([jobs.length, files]).toEqual([1, 2]);
  });

  it('that failed is told with its reason and not paid for again before somebody says so', async () => {
    lab.azure.faults.add({
      match: { method: 'POST', path: 'fine_tuning/jobs$', nth: 1 },
      operation: { error: { code: 'serverError', message: 'the machine broke' } },
    });
    const failed = await apply();
    expect(failed.code).toBe(13);
    expect(failed.out + failed.err).toMatch(/ING8020[^]*the machine broke/u);
    expect((await plan()).out).toContain('it is not started again unless `attempt` is raised');
    expect((await apply()).code).toBe(13);
    expect((await project()).jobs.length).toBe(1);
    lab.write({ [FILE]: job('  attempt: 2\n') });
    const ran = await apply();
    expect(ran.code, ran.out + ran.err).toBe(0);
    expect((await project()).jobs.map(({ status }) => status).toSorted()).toEqual(['failed', 'succeeded']);
  });

  it('cannot be declared with examples that the method does not take', async () => {
    lab.write({ 'environments/dev/tone.jsonl': `${examples(4)}{"text": "secret text"}\n` });
    const { code, err } = await lab.ingate('validate', '-e', 'dev');
    expect(code).toBe(1);
    expect(err).toContain('environments/dev/tone.jsonl:5:1');
    expect(err).toContain('line 5 is not a JSON object with a list messages');
    expect(err).toContain('there are 5 examples, 10 are needed');
    expect(err).not.toContain('secret text');
  });
});
