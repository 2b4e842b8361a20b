import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock, type Clock } from '../../src/index.ts';
import type { Answer } from '../support/client.ts';
import { DURATION, evaluating, rows, type Evaluating } from './foundry-evaluating.ts';
import { preview, refusal, startFoundry, type FoundryLab } from './foundry-lab.ts';

let lab: FoundryLab;
let evals: Evaluating;
let clock: Clock;
const HOUR = 3_600_000;

beforeEach(async () => {
  clock = createVirtualClock(Date.UTC(2026, 0, 5, 12));
  lab = await startFoundry({ clock, timing: { evaluationRunMs: DURATION, jobMs: 8000 } });
  evals = evaluating(lab, clock);
});
afterEach(() => lab.close());

const criterion = { type: 'string_check', name: 'c', input: '{{item.query}}', operation: 'eq', reference: 'x' };
const schedules = preview('Schedules=V1Preview');

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe('schedules', () => {
  async function put(trigger: object, change: object = {}): Promise<string> {
    const evaluation = await evals.createEval([criterion]);
    const task = {
      type: 'Evaluation',
      evalId: evaluation,
      evalRun: { eval_id: evaluation, name: 'nightly', data_source: rows({ query: 'x' }) },
    };
    await lab.project.beta.schedules.createOrUpdate('nightly', {
      displayName: 'Nightly',
      enabled: true,
      trigger,
      task,
      ...change,
    } as never);
    return evaluation;
  }
  const times = async (): Promise<string[]> =>
    (await collect(lab.project.beta.schedules.listRuns('nightly'))).map(({ triggerTime }) =>
      new Date(triggerTime as never).toISOString(),
    );

  it('start runs by the clock', async () => {
    const evaluation = await put({ type: 'Cron', expression: '0 3 * * *', timeZone: 'UTC' });
    clock.advance(14 * HOUR);
    expect(await times()).toEqual([]);
    clock.advance(26 * HOUR);
    expect(await times()).toEqual(['2026-01-06T03:00:00.000Z', '2026-01-07T03:00:00.000Z']);
    const runs = (await lab.open('GET', `evals/${evaluation}/runs`)).body.data;
    expect(runs.map(({ name, status }: { name: string; status: string }) => `${name} ${status}`)).toEqual([
      'nightly completed',
      'nightly completed',
    ]);
  });

  it('of every kind fire when they say', async () => {
    const fired = async (trigger: object, hours: number): Promise<string[]> => {
      await lab.project.beta.schedules.delete('nightly');
      clock = createVirtualClock();
      await put(trigger);
      const { clock: own } = lab.bench.azure;
      own.advance(hours * HOUR);
      return (await times()).map((time) => time.slice(5, 16));
    };
    expect(await fired({ type: 'OneTime', triggerAt: '2026-01-05T13:00:00Z' }, 2)).toEqual(['01-05T13:00']);
    expect(await fired({ type: 'Recurrence', interval: 2, schedule: { type: 'Hourly' } }, 4)).toHaveLength(2);
    expect(
      await fired({ type: 'Recurrence', interval: 1, schedule: { type: 'Daily', hours: [3, 4] } }, 24),
    ).toHaveLength(2);
    expect(
      await fired({ type: 'Recurrence', interval: 1, schedule: { type: 'Weekly', daysOfWeek: ['Sunday'] } }, 14 * 24),
    ).toHaveLength(2);
    expect(
      await fired({ type: 'Recurrence', interval: 1, schedule: { type: 'Monthly', daysOfMonth: [15] } }, 31 * 24),
    ).toHaveLength(1);
    expect(
      await fired({ type: 'Cron', expression: '30 9 * * 1-5', timeZone: 'Europe/Stockholm' }, 7 * 24),
    ).toHaveLength(5);
  });

  it('do nothing while they are disabled, and tell why a run could not start', async () => {
    const evaluation = await put({ type: 'Cron', expression: '0 * * * *' }, { enabled: false });
    clock.advance(3 * HOUR);
    expect(await times()).toEqual([]);
    await lab.open('DELETE', `evals/${evaluation}`);
    const written = await lab.project.beta.schedules.get('nightly');
    await lab.project.beta.schedules.createOrUpdate('nightly', { ...written, enabled: true });
    clock.advance(HOUR);
    const [run] = await collect(lab.project.beta.schedules.listRuns('nightly'));
    expect(run).toMatchObject({ success: false, error: expect.stringContaining('not found') });
    expect(await lab.project.beta.schedules.getRun('nightly', run!.runId)).toEqual(run);
  });

  it('are written with 201, then 200, need their header, and are refused when wrong', async () => {
    const evaluation = await evals.createEval([criterion]);
    const body = (trigger: object, change: object = {}): object => ({
      enabled: true,
      trigger,
      task: { type: 'Evaluation', evalId: evaluation, evalRun: {} },
      properties: { a: '1' },
      ...change,
    });
    const cron = { type: 'Cron', expression: '0 3 * * *' };
    const send = (content: object, headers = schedules): ReturnType<FoundryLab['native']> =>
      lab.native('PUT', 'schedules/s', content, headers);
    expect(refusal(await send(body(cron), {}))).toEqual([403, 'preview_feature_required']);
    expect((await send(body(cron))).status).toBe(201);
    const again = await send(body(cron, { properties: { a: '1', b: '2' } }));
    expect([again.status, again.body.provisioningStatus]).toEqual([200, 'Succeeded']);
    expect(refusal(await send(body(cron, { properties: {} })))).toEqual([400, 'UserError']);
    expect(refusal(await send(body({ type: 'Cron', expression: 'daily' })))).toEqual([400, 'UserError']);
    expect(refusal(await send(body({ type: 'Never' })))).toEqual([400, 'invalid_request_error']);
    expect((await lab.native('GET', 'schedules?type=Insight', undefined, schedules)).body.value).toEqual([]);
    expect((await lab.native('DELETE', 'schedules/s', undefined, schedules)).status).toBe(204);
  });
});

describe('evaluation rules', () => {
  async function rule(change: object = {}): Promise<string> {
    const evaluation = await evals.createEval(
      [{ ...criterion, input: '{{sample.output_text}}', operation: 'ilike', reference: 'you said' }],
      {
        data_source_config: { type: 'azure_ai_source', scenario: 'responses' },
      },
    );
    await lab.project.agents.createVersion('triage', { kind: 'prompt', model: 'gpt-5-mini', instructions: 'Help.' });
    await lab.project.evaluationRules.createOrUpdate('r1', {
      displayName: 'quality',
      enabled: true,
      eventType: 'responseCompleted',
      filter: { agentName: 'triage' },
      action: { type: 'continuousEvaluation', evalId: evaluation, maxHourlyRuns: 3, samplingRate: 50 },
      ...change,
    } as never);
    return evaluation;
  }
  const ask = (): Promise<unknown> =>
    lab.openai.responses.create({ input: 'hi' }, { body: { agent: { type: 'agent_reference', name: 'triage' } } });
  const runs = async (evaluation: string): Promise<Answer['body'][]> =>
    (await lab.open('GET', `evals/${evaluation}/runs`)).body.data;

  it('evaluate every n-th answer of an agent, up to a number an hour', async () => {
    const evaluation = await rule();
    for (let count = 0; count < 5; count += 1) await ask();
    clock.advance(DURATION);
    const found = await runs(evaluation);
    expect(found).toHaveLength(2);
    expect(found[0]).toMatchObject({
      status: 'completed',
      result_counts: { total: 1, passed: 1 },
      data_source: { event_configuration_id: 'r1' },
    });
    for (let count = 0; count < 7; count += 1) await ask();
    expect(await runs(evaluation)).toHaveLength(3);
    clock.advance(HOUR);
    await ask();
    await ask();
    expect(await runs(evaluation)).toHaveLength(4);
  });

  it('are written, listed and deleted', async () => {
    const evaluation = await rule({ enabled: false });
    await ask();
    await ask();
    expect(await runs(evaluation)).toEqual([]);
    const found = await lab.project.evaluationRules.get('r1');
    expect(found).toMatchObject({
      id: 'r1',
      enabled: false,
      action: { type: 'continuousEvaluation', evalId: evaluation },
    });
    const send = (id: string, body: object): ReturnType<FoundryLab['native']> =>
      lab.native('PUT', `evaluationrules/${id}`, body);
    const body = {
      enabled: true,
      eventType: 'responseCompleted',
      action: { type: 'continuousEvaluation', evalId: evaluation },
    };
    expect((await send('r1', body)).status).toBe(200);
    expect((await send('r2', body)).status).toBe(201);
    expect(refusal(await send('r3', { ...body, action: { ...body.action, evalId: 'none' } }))).toEqual([
      400,
      'UserError',
    ]);
    const human = { ...body, action: { type: 'humanEvaluationPreview', templateId: 't' } };
    expect(refusal(await send('r3', human))).toEqual([403, 'preview_feature_required']);
    expect((await lab.native('GET', 'evaluationrules?agentName=triage')).body.value).toEqual([]);
    expect(await collect(lab.project.evaluationRules.list())).toHaveLength(2);
    await lab.project.evaluationRules.delete('r1');
    await expect(lab.project.evaluationRules.get('r1')).rejects.toMatchObject({ statusCode: 404 });
  });
});

describe('red teams and taxonomies', () => {
  it('attack a model and tell how often it fell', async () => {
    const body = {
      displayName: 'scan',
      numTurns: 1,
      attackStrategies: ['baseline', 'flip'],
      riskCategories: ['Violence'],
      target: { type: 'AzureOpenAIModel', modelDeploymentName: 'gpt-5-mini' },
    };
    const made = await lab.project.beta.redTeams.create(body as never);
    expect(made.status).toBe('NotStarted');
    clock.advance(8000);
    expect(await lab.project.beta.redTeams.get(made.name)).toMatchObject({
      status: 'Completed',
      properties: { attack_success_rate: '0' },
    });
    expect(await collect(lab.project.beta.redTeams.list())).toHaveLength(1);
    const absent = { ...body, target: { type: 'AzureOpenAIModel', modelDeploymentName: 'none' } };
    expect(refusal(await lab.native('POST', 'redTeams/runs:run', absent, preview('RedTeams=V1Preview')))).toEqual([
      404,
      'DeploymentNotFound',
    ]);
    expect(refusal(await lab.native('POST', 'redTeams/runs:run', body))).toEqual([403, 'preview_feature_required']);
  });

  it('have categories', async () => {
    const { evaluationTaxonomies } = lab.project.beta;
    const taxonomyInput = {
      type: 'agent',
      target: { type: 'azure_ai_agent', name: 'triage', version: '1' },
      riskCategories: ['Violence'],
    };
    const made = await evaluationTaxonomies.create('tax', { description: 'x', taxonomyInput } as never);
    expect(made.taxonomyCategories?.[0]).toMatchObject({ riskCategory: 'Violence' });
    expect(await collect(evaluationTaxonomies.list())).toHaveLength(1);
    await evaluationTaxonomies.delete('tax');
    await expect(evaluationTaxonomies.get('tax')).rejects.toMatchObject({ statusCode: 404 });
  });
});
