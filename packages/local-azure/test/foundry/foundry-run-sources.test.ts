import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock, type LocalAzureOptions } from '../../src/index.ts';
import { DURATION, evaluating, rows, type Evaluating } from './foundry-evaluating.ts';
import { startFoundry, type FoundryLab } from './foundry-lab.ts';

let lab: FoundryLab;
let evals: Evaluating;
let folder: string;
const clock = createVirtualClock();

async function start(options: LocalAzureOptions = {}): Promise<void> {
  lab = await startFoundry({ clock, timing: { evaluationRunMs: DURATION }, ...options });
  evals = evaluating(lab, clock);
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ingate-runs-'));
  await start();
});
afterEach(async () => {
  await lab.close();
  rmSync(folder, { recursive: true });
});

const said = {
  type: 'string_check',
  name: 'said',
  input: '{{sample.output_text}}',
  operation: 'like',
  reference: 'You said',
};
const content = (...queries: readonly string[]): object => ({
  type: 'file_content',
  content: queries.map((query) => ({ item: { query } })),
});
const template = (text: string): object => ({ type: 'template', template: [{ role: 'user', content: text }] });

describe('rows are read', () => {
  it('from a dataset that the official client uploaded', async () => {
    const file = join(folder, 'golden.jsonl');
    writeFileSync(file, '{"query":"a","expected":"A"}\n{"query":"b","expected":"b"}\n');
    const { id } = await lab.project.datasets.uploadFile('golden', '1', file);
    const criterion = {
      type: 'string_check',
      name: 'same',
      input: '{{item.query}}',
      operation: 'eq',
      reference: '{{item.expected}}',
    };
    const { run, items } = await evals.run(await evals.createEval([criterion]), {
      type: 'jsonl',
      source: { type: 'file_id', id },
    });
    expect(run.result_counts).toMatchObject({ total: 2, passed: 1, failed: 1 });
    expect(items.map(({ datasource_item }) => datasource_item)).toEqual([
      { query: 'a', expected: 'A' },
      { query: 'b', expected: 'b' },
    ]);
  });

  it('and answered by a model, from their context where they have one', async () => {
    const evaluation = await evals.createEval([said]);
    const completions = {
      type: 'completions',
      model: 'gpt-5-mini',
      input_messages: template('Q: {{item.query}}'),
      source: content('x'),
    };
    const { items } = await evals.run(evaluation, completions);
    expect(items[0].sample.output_text).toBe('You said: Q: x');
    expect(items[0].sample.input).toEqual([{ role: 'user', content: 'Q: x' }]);
    const target = {
      type: 'azure_ai_target_completions',
      source: {
        type: 'file_content',
        content: [{ item: { query: 'opening hours', context: 'We sell tea. The opening hours are nine to five.' } }],
      },
      input_messages: { type: 'item_reference', item_reference: 'item.query' },
      target: { type: 'azure_ai_model', model: 'gpt-5-mini', sampling_params: { temperature: 0 } },
    };
    const { items: retrieved } = await evals.run(evaluation, target);
    expect(retrieved[0].sample).toMatchObject({
      output_text: 'The opening hours are nine to five.',
      answered_by: 'retrieval',
      temperature: 0,
    });
  });

  it('from responses that are stored', async () => {
    for (const input of ['one', 'two']) await lab.openai.responses.create({ model: 'gpt-5-mini', input });
    const evaluation = await evals.createEval([said]);
    const { items } = await evals.run(evaluation, {
      type: 'responses',
      source: { type: 'responses', model: 'gpt-5-mini' },
    });
    expect(items.map(({ datasource_item }) => datasource_item.query)).toEqual(['one', 'two']);
  });

  it('with samples that they bring along', async () => {
    const source = {
      type: 'file_content',
      content: [{ item: { query: 'x' }, sample: { output_text: 'You said so' } }],
    };
    const { run } = await evals.run(await evals.createEval([said]), { type: 'jsonl', source });
    expect(run.result_counts.passed).toBe(1);
  });
});

describe('a real model', () => {
  let model: Server;
  let release: () => void;

  beforeEach(async () => {
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    model = createServer((request, response) => {
      request.resume();
      request.on('end', () => {
        void held.then(() => response.end(JSON.stringify({ choices: [{ message: { content: 'You said 0.8' } }] })));
      });
    });
    await new Promise<void>((resolve) => model.listen(0, '127.0.0.1', resolve));
    await lab.close();
    await start({ models: { endpoint: { url: `http://127.0.0.1:${(model.address() as AddressInfo).port}` } } });
  });
  afterEach(() => {
    model.closeAllConnections();
    model.close();
  });

  it('answers and judges in its own time, until then the run is in progress', async () => {
    const judge = {
      type: 'score_model',
      name: 'judge',
      model: 'gpt-5-mini',
      input: [{ role: 'user', content: 'Rate {{sample.output_text}}' }],
    };
    const evaluation = await evals.createEval([said, judge]);
    const source = {
      type: 'azure_ai_target_completions',
      source: content('x'),
      target: { type: 'azure_ai_model', model: 'gpt-5-mini' },
    };
    const { id } = (await evals.startRun(evaluation, source)).body;
    clock.advance(DURATION);
    const read = async (): Promise<Awaited<ReturnType<FoundryLab['open']>>['body']> =>
      (await lab.open('GET', `evals/${evaluation}/runs/${id}`)).body;
    expect((await read()).status).toBe('in_progress');
    release();
    await expect.poll(async () => (await read()).status, { timeout: 300_000 }).toBe('completed');
    const [item] = (await lab.open('GET', `evals/${evaluation}/runs/${id}/output_items`)).body.data;
    expect(item.results[1]).toMatchObject({ score: 0.8, properties: { computed_by: 'endpoint' } });
    expect((await read()).result_counts.passed).toBe(1);
  });
});

it('everything survives a restart', async () => {
  await lab.close();
  const stateFile = join(folder, 'state.db');
  await start({ stateFile });
  const evaluation = await evals.createEval([{ ...said, input: '{{item.query}}', reference: 'x' }]);
  const { id } = (await evals.startRun(evaluation, rows({ query: 'x' }))).body;
  const file = await lab.openai.files.create({ file: new File(['kept'], 'kept.txt'), purpose: 'assistants' });
  await lab.close();
  clock.advance(DURATION);
  await start({ stateFile });
  const { body } = await lab.open('GET', `evals/${evaluation}/runs/${id}`);
  expect(body).toMatchObject({ status: 'completed', result_counts: { total: 1, passed: 1 } });
  expect(await (await lab.openai.files.content(file.id)).text()).toBe('kept');
});
