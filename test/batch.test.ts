import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { example, filesFor } from './support/examples.ts';
import { createLab, type Lab, type Ran } from './support/lab.ts';
import { repository } from './support/pipelines.ts';

const ESTATE = `apiVersion: ingate/v1alpha1
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
---
apiVersion: ingate/v1alpha1
kind: ContainerEnvironment
metadata: { name: apps }
spec: {}
---
apiVersion: ingate/v1alpha1
kind: ContainerJob
metadata: { name: sort }
spec:
  environment: apps
  trigger: Manual
  containers: [{ name: sort, image: "mcr.example.com/sort:1", args: [all] }]
`;

let lab: Lab;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ingate-batch-'));
  lab = await createLab({
    files: { 'environments/dev/estate.yaml': ESTATE },
    azure: { timing: { operationMs: 5, registrationMs: 0, jobMs: 100 } },
  });
  const applied = await lab.ingate('apply', '-e', 'dev', '--yes');
  if (applied.code !== 0) throw new Error(applied.out + applied.err);
});
afterEach(async () => {
  await lab.close();
  rmSync(folder, { recursive: true, force: true });
});

const rows = (name: string, ...lines: readonly object[]): string => {
  const path = join(folder, name);
  writeFileSync(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return path;
};
const batch = (...args: readonly string[]): Promise<Ran> => lab.ingate('batch', ...args, '-e', 'dev');
const BULK = 'ModelDeployment/bulk';

async function foundry(what: string): Promise<{ readonly id: string; readonly status: string }[]> {
  const { path = '' } = lab.azure.requests().find((one) => one.path.includes('/api/projects/')) ?? {};
  const base = /^(?<base>.*\/api\/projects\/[^/]+)/u.exec(path)?.groups?.['base'] ?? '';
  return ((await lab.send('GET', `${base}/openai/v1/${what}`)).body as { data: { id: string; status: string }[] }).data;
}

const lines = (name: string): Record<string, unknown>[] =>
  readFileSync(join(folder, 'out', name), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('a batch of a model deployment', () => {
  it('is sent once per input, waited for, and its answers are written apart from its errors', async () => {
    const input = rows('rows.jsonl', { id: 'a', input: 'Hello' }, { id: 'b', input: 'Where is my order?' });
    const out = join(folder, 'out');
    const ran = await batch('run', BULK, '--input', input, '--results', out);
    expect(ran.code, ran.out + ran.err).toBe(0);
    expect(new Set(lines('results.jsonl').map(({ custom_id }) => custom_id))).toEqual(new Set(['a', 'b']));
    expect(lines('errors.jsonl')).toEqual([]);
    expect(JSON.parse(readFileSync(join(out, 'batch.json'), 'utf8'))).toMatchObject({ answers: 2, errors: 0 });
    expect((await batch('run', BULK, '--input', input)).code).toBe(0);
    expect([(await foundry('batches')).length, (await foundry('files?purpose=batch')).length]).toEqual([1, 1]);
    expect((await batch('run', BULK, '--input', input, '--again')).code).toBe(0);
    expect([(await foundry('batches')).length, (await foundry('files?purpose=batch')).length]).toEqual([2, 1]);
    const status = JSON.parse((await batch('status', BULK, '-o', 'json')).out) as { batches: { total: number }[] };
    expect(status.batches.map(({ total }) => total)).toEqual([2, 2]);
    rmSync(out, { recursive: true });
    expect((await batch('results', BULK, '--results', out)).code).toBe(0);
    expect(lines('results.jsonl').length).toBe(2);
    expect((await batch('results', BULK, 'batch_none')).err).toContain('ING6505');
  });

  it('is there once although answers are lost', async () => {
    for (const path of ['openai/v1/files$', 'openai/v1/batches$'])
      lab.azure.faults.add({ match: { method: 'POST', path, nth: 1 }, drop: 'after-commit' });
    const ran = await batch('run', BULK, '--input', rows('rows.jsonl', { input: 'Hello' }));
    expect(ran.code, ran.out + ran.err).toBe(0);
    expect([(await foundry('batches')).length, (await foundry('files?purpose=batch')).length]).toEqual([1, 1]);
  });

  it('is found again by a later run when the process is killed', async () => {
    const input = rows('rows.jsonl', { input: 'Hello' }, { input: 'Bye' });
    const main = join(repository, 'src', 'cli', 'main.ts');
    const args = ['batch', 'run', BULK, '--input', input, '-e', 'dev', '--cwd', lab.root];
    const child = spawn(process.execPath, [main, ...args], { stdio: 'ignore' });
    const ended = once(child, 'exit');
    const isSent = lab.azure.until((log) =>
      log.some(({ method, path }) => method === 'POST' && path.endsWith('/batches')),
    );
    await Promise.race([isSent, ended]);
    child.kill('SIGKILL');
    await ended;
    expect((await batch('run', BULK, '--input', input)).code).toBe(0);
    expect((await foundry('batches')).length).toBe(1);
  });

  it('tells rows without an answer, and fails when they are more than allowed', async () => {
    const input = rows(
      'rows.jsonl',
      { id: 'good', input: 'Hello' },
      { custom_id: 'bad', body: { input: 'Hi', previous_response_id: 'resp_none' } },
    );
    const out = join(folder, 'out');
    const strict = await batch('run', BULK, '--input', input, '--results', out);
    expect([strict.code, strict.err]).toEqual([13, expect.stringContaining('ING6504')]);
    expect(lines('results.jsonl').map(({ custom_id }) => custom_id)).toEqual(['good']);
    expect(lines('errors.jsonl').map(({ custom_id }) => custom_id)).toEqual(['bad']);
    expect((await batch('run', BULK, '--input', input, '--fail-above', '0.5')).code).toBe(0);
  });

  it('on a deployment that takes none is refused before anything is sent', async () => {
    lab.write({ 'environments/dev/estate.yaml': ESTATE.replace('GlobalBatch', 'GlobalStandard') });
    expect((await lab.ingate('apply', '-e', 'dev', '--yes')).code).toBe(0);
    const input = rows('rows.jsonl', { input: 'Hello' });
    expect(await batch('run', BULK, '--input', input)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/ING6501[^]*GlobalBatch/u),
    });
    expect((await foundry('batches')).length).toBe(0);
  });

  it('needs rows that can be sent, and something that takes them', async () => {
    const wrong = rows('wrong.jsonl', { question: 'top secret' });
    const refused = await batch('run', BULK, '--input', wrong);
    expect(refused.err).toContain('line 1 has neither `input` nor `custom_id` and `body`');
    expect(refused.err).not.toContain('top secret');
    expect((await batch('run', BULK, '--input', join(folder, 'nothing'))).err).toContain('ING6502');
    expect((await batch('run', 'FoundryAccount/ai')).err).toContain('ING6501');
    expect((await batch('run', 'nothing')).err).toContain('ING6501');
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });
});

describe('a batch of a container job', () => {
  it('is an execution that is started once per arguments', async () => {
    const JOB = 'ContainerJob/sort';
    const ran = await batch('run', JOB, '--arg', 'tickets');
    expect(ran.code, ran.out + ran.err).toBe(0);
    expect((await batch('run', JOB, '--arg', 'tickets')).code).toBe(0);
    const listed = async (): Promise<number> =>
      (JSON.parse((await batch('status', JOB, '-o', 'json')).out) as { batches: unknown[] }).batches.length;
    expect(await listed()).toBe(1);
    lab.azure.faults.add({ match: { method: 'POST', path: '/start$', nth: 1 }, drop: 'after-commit' });
    expect((await batch('run', JOB, '--arg', 'orders')).code).toBe(0);
    expect(await listed()).toBe(2);
    const start = lab.azure.requests().findLast(({ path }) => path.endsWith('/start'));
    expect(start?.requestBody).toMatchObject({ containers: [{ name: 'sort', args: ['orders'] }] });
  });
});

describe('a batch of a batch endpoint', () => {
  it('is a job that is sent once per input', async () => {
    lab.write(filesFor('BatchDeployment', example('BatchDeployment', 'full') ?? ''));
    const applied = await lab.ingate('apply', '-e', 'dev', '--yes');
    expect(applied.code, applied.out + applied.err).toBe(0);
    const rendered = JSON.parse((await lab.ingate('render', '-e', 'dev', '-o', 'json')).out) as {
      kind: string;
      metadata: { name: string };
    }[];
    const endpoint = rendered.find(({ kind }) => kind === 'BatchEndpoint')?.metadata.name ?? '';
    const target = `BatchEndpoint/${endpoint}`;
    expect((await batch('run', target)).err).toContain('ING6502');
    const input = 'azureml://datastores/tickets/paths/2026/';
    lab.azure.faults.add({ match: { method: 'POST', path: '/jobs$', nth: 1 }, drop: 'after-commit' });
    for (let time = 0; time < 2; time++) {
      const ran = await batch('run', target, '--input-uri', input);
      expect(ran.code, ran.out + ran.err).toBe(0);
    }
    const { batches } = JSON.parse((await batch('status', target, '-o', 'json')).out) as {
      batches: { status: string }[];
    };
    expect(batches.map(({ status }) => status)).toEqual(['succeeded']);
  });
});
