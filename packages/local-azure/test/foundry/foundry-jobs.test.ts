import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../src/index.ts';
import type { Answer } from '../support/client.ts';
import { refusal, startFoundry, type FoundryLab } from './foundry-lab.ts';
import { checkTraffic } from '../support/type-check.ts';

let lab: FoundryLab;
const clock = createVirtualClock();
const JOB = 80_000;
const replies = [{ deployment: 'batch', input: ['weather'], reply: 'Sunny.' }];

beforeEach(async () => {
  lab = await startFoundry({ clock, timing: { jobMs: JOB }, models: { replies } });
});
afterEach(() => {
  checkTraffic(lab.bench.azure.requests());
  return lab.close();
});

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

async function upload(purpose: 'batch' | 'fine-tune', lines: readonly unknown[]): Promise<string> {
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  return (await lab.openai.files.create({ file: new File([text], 'input.jsonl'), purpose })).id;
}

/** Creates a model deployment and returns the status. */
async function deploy(name: string, model: object, sku: string): Promise<number> {
  const path = `${lab.group}/Microsoft.CognitiveServices/accounts/foundry/deployments/${name}`;
  const body = { sku: { name: sku, capacity: 1 }, properties: { model: { format: 'OpenAI', ...model } } };
  return (await lab.bench.put(`${path}?api-version=2026-07-01`, body)).status;
}

describe('batches', () => {
  const request = (custom_id: string, body: object): object => ({
    custom_id,
    method: 'POST',
    url: '/v1/responses',
    body: { model: 'batch', ...body },
  });
  const start = (input_file_id: string): ReturnType<typeof lab.openai.batches.create> =>
    lab.openai.batches.create({
      input_file_id,
      endpoint: '/v1/responses',
      completion_window: '24h',
      metadata: { key: 'k' },
    });

  beforeEach(async () => {
    await deploy('batch', { name: 'gpt-5-mini', version: '2025-08-07' }, 'GlobalBatch');
  });

  it('answer each line of a file, and tell apart what was refused', async () => {
    const file = await upload('batch', [
      request('a', { input: 'The weather?' }),
      request('b', { input: 'x', temprature: 1 }),
      request('c', { input: 'Hi' }),
    ]);
    const made = await start(file);
    expect(made).toMatchObject({
      object: 'batch',
      status: 'validating',
      request_counts: { total: 0 },
      output_file_id: null,
      metadata: { key: 'k' },
    });
    clock.advance(JOB / 2);
    expect(await lab.openai.batches.retrieve(made.id)).toMatchObject({
      status: 'in_progress',
      request_counts: { total: 3, completed: 0 },
    });
    clock.advance(JOB / 2 - 1);
    expect((await lab.openai.batches.retrieve(made.id)).status).toBe('finalizing');
    clock.advance(1);
    const ended = await lab.openai.batches.retrieve(made.id);
    expect(ended).toMatchObject({ status: 'completed', request_counts: { total: 3, completed: 2, failed: 1 } });
    const lines = async (id: string | undefined): Promise<Answer['body'][]> =>
      (await (await lab.openai.files.content(id!)).text())
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
    const output = await lines(ended.output_file_id);
    expect(output.map(({ custom_id, response }) => `${custom_id} ${response.status_code}`)).toEqual(['a 200', 'c 200']);
    expect(output[0].response.body.output[0].content[0].text).toBe('Sunny.');
    const [refused] = await lines(ended.error_file_id);
    expect([refused.custom_id, refused.response.status_code, refused.response.body.error.code]).toEqual([
      'b',
      400,
      'unknown_parameter',
    ]);
    expect(await collect(lab.openai.batches.list())).toHaveLength(1);
  });

  it('fail as a whole when the file is wrong', async () => {
    const codes = async (lines: readonly unknown[]): Promise<string[]> => {
      const { id } = await start(await upload('batch', lines));
      clock.advance(JOB);
      const ended = await lab.openai.batches.retrieve(id);
      expect([ended.status, ended.output_file_id]).toEqual(['failed', null]);
      return ended.errors?.data?.map(({ code }) => code ?? '') ?? [];
    };
    expect(await codes(['{'])).toEqual(['invalid_json_line']);
    expect(await codes([request('a', {}), request('a', {})])).toEqual(['duplicate_custom_id']);
    expect(await codes([{ ...request('a', {}), url: '/v1/embeddings' }])).toEqual(['mismatched_url']);
    expect(await codes([request('a', {}), request('b', { model: 'gpt-5-mini' })])).toEqual(['mismatched_model']);
    expect(await codes([request('a', { model: 'gpt-5-mini' })])).toEqual(['model_not_found']);
  });

  it('are cancelled while they run, and refused for files of another kind', async () => {
    const { id } = await start(await upload('batch', [request('a', { input: 'x' })]));
    expect((await lab.openai.batches.cancel(id)).status).toBe('cancelled');
    await expect(lab.openai.batches.cancel(id)).rejects.toMatchObject({ status: 409 });
    await expect(start(await upload('fine-tune', []))).rejects.toMatchObject({ status: 400 });
    await expect(start('file-none')).rejects.toMatchObject({ status: 404 });
    const body = { input_file_id: 'x', endpoint: '/v1/embeddings', completion_window: '24h' };
    expect(refusal(await lab.open('POST', 'batches', body))).toEqual([501, 'not_imitated']);
  });

  it('take chat completions too', async () => {
    const line = {
      custom_id: 'a',
      method: 'POST',
      url: '/v1/chat/completions',
      body: { model: 'batch', messages: [{ role: 'user', content: 'weather' }] },
    };
    const made = await lab.openai.batches.create({
      input_file_id: await upload('batch', [line]),
      endpoint: '/v1/chat/completions',
      completion_window: '24h',
    });
    clock.advance(JOB);
    expect((await lab.openai.batches.retrieve(made.id)).request_counts?.completed).toBe(1);
    const chat = await lab.openai.chat.completions.create({
      model: 'batch',
      messages: [{ role: 'user', content: 'weather' }],
    });
    expect(chat.choices[0]?.message.content).toBe('Sunny.');
  });
});

describe('fine-tuning', () => {
  const example = {
    messages: [
      { role: 'user', content: 'a' },
      { role: 'assistant', content: 'b' },
    ],
  };
  const start = async (lines: readonly unknown[], change: object = {}): Promise<string> => {
    const training_file = await upload('fine-tune', lines);
    return (await lab.openai.fineTuning.jobs.create({ model: 'gpt-4.1', training_file, ...change })).id;
  };
  const examples = Array.from({ length: 10 }, () => example);
  const status = async (id: string): Promise<string> => (await lab.openai.fineTuning.jobs.retrieve(id)).status;

  it('ends by the clock with a model that ARM can deploy', async () => {
    const id = await start(examples, {
      suffix: 'triage',
      metadata: { key: 'k' },
      trainingType: 'GlobalStandard',
      method: { type: 'supervised', supervised: { hyperparameters: { n_epochs: 2 } } },
    });
    const seen: string[] = [];
    for (const part of [0, 0.2, 0.3, 0.5]) {
      clock.advance(part * JOB);
      seen.push(await status(id));
    }
    expect(seen).toEqual(['validating_files', 'queued', 'running', 'succeeded']);
    const job = await lab.openai.fineTuning.jobs.retrieve(id);
    expect(job).toMatchObject({
      object: 'fine_tuning.job',
      error: null,
      metadata: { key: 'k' },
      trainingType: 'GlobalStandard',
    });
    expect(job.fine_tuned_model).toMatch(/^gpt-4\.1-2025-04-14\.ft-[0-9a-f]+-triage$/u);
    expect(job.result_files).toHaveLength(1);
    const events = await collect(lab.openai.fineTuning.jobs.listEvents(id));
    expect([events.at(-1)?.message, events[0]?.message]).toEqual([
      `Created fine-tuning job: ${id}`,
      'The job has successfully completed',
    ]);
    expect(events.filter(({ type }) => type === 'metrics')).toHaveLength(20);
    const checkpoints = await collect(lab.openai.fineTuning.jobs.checkpoints.list(id));
    expect(checkpoints.map(({ step_number }) => step_number)).toEqual([20, 10]);
    expect(await deploy('tuned', { name: job.fine_tuned_model, version: '1' }, 'Standard')).toBe(201);
    expect((await lab.openai.responses.create({ model: 'tuned', input: 'hi' })).output_text).toBe('You said: hi');
  });

  it('fails on a bad file, or by a fault', async () => {
    const bad = await start([...examples.slice(1), { text: 'x' }]);
    clock.advance(JOB);
    expect(await lab.openai.fineTuning.jobs.retrieve(bad)).toMatchObject({
      status: 'failed',
      fine_tuned_model: null,
      error: { code: 'invalidTrainingFile', param: 'training_file' },
    });
    lab.bench.azure.faults.add({
      match: { method: 'POST', path: 'fine_tuning' },
      operation: { error: { code: 'internalError', message: 'No.' } },
    });
    const unlucky = await start(examples);
    clock.advance(JOB);
    expect(await lab.openai.fineTuning.jobs.retrieve(unlucky)).toMatchObject({
      status: 'failed',
      error: { code: 'internalError' },
    });
  });

  it('is paused, resumed and cancelled', async () => {
    const id = await start(examples);
    await expect(lab.openai.fineTuning.jobs.pause(id)).rejects.toMatchObject({ status: 400 });
    clock.advance(JOB / 2);
    expect((await lab.openai.fineTuning.jobs.pause(id)).status).toBe('paused');
    clock.advance(2 * JOB);
    expect(await status(id)).toBe('paused');
    expect((await lab.openai.fineTuning.jobs.resume(id)).status).toBe('running');
    clock.advance(JOB / 4);
    expect((await lab.openai.fineTuning.jobs.cancel(id)).status).toBe('cancelled');
    clock.advance(JOB);
    expect(await lab.openai.fineTuning.jobs.retrieve(id)).toMatchObject({
      status: 'cancelled',
      fine_tuned_model: null,
    });
    await expect(lab.openai.fineTuning.jobs.cancel(id)).rejects.toMatchObject({ status: 400 });
    await expect(start(examples, { model: 'gpt-5-mini' })).rejects.toMatchObject({ status: 400 });
    await expect(lab.openai.fineTuning.jobs.retrieve('ftjob-none')).rejects.toMatchObject({ status: 404 });
  });
});
