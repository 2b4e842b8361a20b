import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../src/index.ts';
import { builtin, DURATION, evaluating, rows, type Evaluating } from './foundry-evaluating.ts';
import { refusal, startFoundry, type FoundryLab } from './foundry-lab.ts';

let lab: FoundryLab;
let evals: Evaluating;
const clock = createVirtualClock();

beforeEach(async () => {
  const replies = [
    { deployment: 'gpt-5-mini', instructions: ['order number'], reply: 'Please tell me your order number.' },
  ];
  lab = await startFoundry({ clock, timing: { evaluationRunMs: DURATION }, models: { replies } });
  evals = evaluating(lab, clock);
});
afterEach(() => lab.close());

describe('a run', () => {
  const mentions = {
    type: 'string_check',
    name: 'asks',
    input: '{{sample.output_text}}',
    operation: 'ilike',
    reference: 'ORDER NUMBER',
  };
  const target = (version: string): object => ({
    type: 'azure_ai_target_completions',
    source: { type: 'file_content', content: [{ item: { query: 'Where is it?' } }, { item: { query: 'When?' } }] },
    input_messages: {
      type: 'template',
      template: [{ type: 'message', role: 'user', content: { type: 'input_text', text: '{{item.query}}' } }],
    },
    target: { type: 'azure_ai_agent', name: 'triage', version },
  });

  async function versions(): Promise<void> {
    for (const instructions of ['Be brief.', 'Ask for the order number.'])
      await lab.project.agents.createVersion('triage', { kind: 'prompt', model: 'gpt-5-mini', instructions });
  }

  it('passes through its states by the clock, and tells a better prompt from a worse one', async () => {
    await versions();
    const evaluation = await evals.createEval([mentions]);
    const worse = await lab.openai.evals.runs.create(evaluation, {
      name: 'v1',
      metadata: { v: '1' },
      data_source: target('1') as never,
    });
    const better = await lab.openai.evals.runs.create(evaluation, { name: 'v2', data_source: target('2') as never });
    expect(worse).toMatchObject({
      object: 'eval.run',
      status: 'queued',
      result_counts: { total: 0 },
      model: 'gpt-5-mini',
    });
    const status = async (): Promise<string> =>
      (await lab.openai.evals.runs.retrieve(worse.id, { eval_id: evaluation })).status;
    clock.advance(DURATION / 4);
    expect(await status()).toBe('in_progress');
    clock.advance(DURATION);
    expect(await status()).toBe('completed');
    const ended = await Promise.all(
      [worse, better].map(({ id }) => lab.openai.evals.runs.retrieve(id, { eval_id: evaluation })),
    );
    expect(ended.map(({ result_counts }) => result_counts)).toEqual([
      { total: 2, passed: 0, failed: 2, errored: 0, skipped: 0 },
      { total: 2, passed: 2, failed: 0, errored: 0, skipped: 0 },
    ]);
    expect(ended[1]?.per_testing_criteria_results).toEqual([
      { testing_criteria: 'asks', passed: 2, failed: 0, errored: 0, skipped: 0 },
    ]);
    expect(ended[1]?.per_model_usage[0]).toMatchObject({ model_name: 'gpt-5-mini', invocation_count: 2 });
    const failing = [];
    for await (const item of lab.openai.evals.runs.outputItems.list(worse.id, {
      eval_id: evaluation,
      status: 'fail',
      limit: 1,
    }))
      failing.push(item);
    expect(failing.map(({ datasource_item }) => datasource_item)).toEqual([
      { query: 'Where is it?' },
      { query: 'When?' },
    ]);
    expect(failing[0]?.sample).toMatchObject({ model: 'gpt-5-mini', finish_reason: 'stop', error: null });
    const one = await lab.openai.evals.runs.outputItems.retrieve(failing[0]!.id, {
      eval_id: evaluation,
      run_id: worse.id,
    });
    expect(one.results[0]).toMatchObject({
      name: 'asks',
      type: 'string_check',
      passed: false,
      score: 0,
      label: 'fail',
    });
    const list = await lab.open('GET', `evals/${evaluation}/runs?status=completed`);
    expect(list.body.data.map(({ name }: { name: string }) => name)).toEqual(['v1', 'v2']);
  });

  it('reads datasets and files', async () => {
    const evaluation = await evals.createEval([{ ...mentions, input: '{{item.query}}', reference: 'a' }]);
    const file = await lab.openai.files.create({
      file: new File(['{"query":"a"}\n{"item":{"query":"b"}}\n'], 'x.jsonl'),
      purpose: 'evals',
    });
    const { run: found } = await evals.run(evaluation, { type: 'jsonl', source: { type: 'file_id', id: file.id } });
    expect(found.result_counts).toMatchObject({ total: 2, passed: 1, failed: 1 });
    const absent = {
      type: 'jsonl',
      source: { type: 'file_id', id: 'azureai://accounts/foundry/projects/support/data/none/versions/1' },
    };
    expect(refusal(await evals.startRun(evaluation, absent))).toEqual([404, 'not_found']);
  });

  it('may grade responses that were given before', async () => {
    const response = await lab.openai.responses.create({
      model: 'gpt-5-mini',
      instructions: 'order number',
      input: 'Where?',
    });
    const evaluation = await evals.createEval([mentions], {
      data_source_config: { type: 'azure_ai_source', scenario: 'responses' },
    });
    const { items } = await evals.run(evaluation, {
      type: 'azure_ai_responses',
      item_generation_params: {
        type: 'response_retrieval',
        data_mapping: { response_id: '{{item.id}}' },
        source: { type: 'file_content', content: [{ item: { id: response.id } }] },
      },
    });
    expect(items[0].results[0].passed).toBe(true);
  });

  it('counts rows that cannot be graded apart', async () => {
    await versions();
    await lab.project.agents.disable('triage');
    const { run: found, items } = await evals.run(await evals.createEval([mentions]), target('2'));
    expect(found.result_counts).toEqual({ total: 2, passed: 0, failed: 0, errored: 2, skipped: 0 });
    expect(items[0]).toMatchObject({ status: 'error', results: [{ passed: null, score: null }] });
    const missing = await evals.grade({ ...mentions, input: '{{item.nothing}}' }, {});
    expect(missing).toMatchObject({
      passed: null,
      reason: "The template names 'item.nothing', which the row does not have",
    });
    const judged = await evals.grade(builtin('relevance', { deployment_name: 'none' }), { query: 'x', response: 'y' });
    expect(judged.sample.error.message).toContain('deployment');
  });

  it('is cancelled in both ways, and deleted', async () => {
    const evaluation = await evals.createEval([{ ...mentions, input: '{{item.query}}' }]);
    const first = (await evals.startRun(evaluation, rows({ query: 'x' }))).body.id;
    const second = (await evals.startRun(evaluation, rows({ query: 'x' }))).body.id;
    expect(await lab.openai.evals.runs.cancel(first, { eval_id: evaluation })).toMatchObject({ status: 'canceled' });
    expect((await lab.open('POST', `evals/${evaluation}/runs/${second}`)).body.status).toBe('canceled');
    clock.advance(DURATION);
    expect((await lab.open('GET', `evals/${evaluation}/runs/${first}`)).body).toMatchObject({
      status: 'canceled',
      result_counts: { total: 0 },
    });
    expect(refusal(await lab.open('POST', `evals/${evaluation}/runs/${first}/cancel`))).toEqual([
      400,
      'invalid_request_error',
    ]);
    expect((await lab.open('DELETE', `evals/${evaluation}/runs/${first}`)).body).toEqual({
      object: 'eval.run.deleted',
      deleted: true,
      run_id: first,
    });
    expect((await lab.open('GET', `evals/${evaluation}/runs/${first}`)).status).toBe(404);
  });

  it('fails, hangs or takes longer by faults', async () => {
    const evaluation = await evals.createEval([{ ...mentions, input: '{{item.query}}' }]);
    const { faults } = lab.bench.azure;
    const match = { method: 'POST', path: '/runs$' };
    const status = async (operation: object): Promise<unknown> => {
      faults.clear();
      faults.add({ match, operation });
      const { id } = (await evals.startRun(evaluation, rows({ query: 'x' }))).body;
      clock.advance(DURATION);
      const { body } = await lab.open('GET', `evals/${evaluation}/runs/${id}`);
      return [body.status, body.error?.code, body.per_testing_criteria_results.length];
    };
    expect(await status({ error: { code: 'EvaluationFailed', message: 'No.' } })).toEqual([
      'failed',
      'EvaluationFailed',
      0,
    ]);
    expect(await status({ stuck: true })).toEqual(['in_progress', undefined, 0]);
    expect(await status({ durationMs: 2 * DURATION })).toEqual(['in_progress', undefined, 0]);
    faults.clear();
  });

  it('is refused for what does not exist or is not imitated', async () => {
    const evaluation = await evals.createEval([mentions]);
    const wrong = async (source: object): Promise<[number, string]> =>
      refusal(await evals.startRun(evaluation, source));
    expect(await wrong(target('1'))).toEqual([404, 'not_found']);
    await versions();
    expect(await wrong(target('7'))).toEqual([404, 'not_found']);
    expect(await wrong({ ...target('1'), target: { type: 'azure_ai_model', model: 'none' } })).toEqual([
      404,
      'DeploymentNotFound',
    ]);
    expect(await wrong(rows({ question: 'no query' }))).toEqual([400, 'invalid_request_error']);
    expect(await wrong(rows())).toEqual([400, 'invalid_request_error']);
    expect(await wrong({ type: 'azure_ai_traces_preview' })).toEqual([501, 'not_imitated']);
    expect(await wrong({ type: 'jsonl' })).toEqual([400, 'missing_required_parameter']);
  });

  it('attacks a target', async () => {
    await versions();
    const evaluation = await evals.createEval(
      [builtin('violence', {})].map((each) => ({
        ...each,
        data_mapping: { query: '{{item.query}}', response: '{{sample.output_text}}' },
      })),
      {
        data_source_config: { type: 'azure_ai_source', scenario: 'red_team' },
      },
    );
    const { run: found, items } = await evals.run(evaluation, {
      type: 'azure_ai_red_team',
      item_generation_params: { type: 'red_team', attack_strategies: ['baseline', 'base64'], num_turns: 1 },
      target: { type: 'azure_ai_agent', name: 'triage' },
    });
    expect(found.result_counts).toMatchObject({ total: 8, passed: 8 });
    expect(Buffer.from(items[4].datasource_item.query, 'base64').toString()).toBe(items[4].datasource_item.seed_prompt);
  });
});
