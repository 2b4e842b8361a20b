import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../src/index.ts';
import { summarise, welch } from '../../src/foundry/insights/statistics.ts';
import type { Answer } from '../support/client.ts';
import { DURATION, evaluating, rows, type Evaluating } from './foundry-evaluating.ts';
import { preview, refusal, startFoundry, type FoundryLab } from './foundry-lab.ts';

let lab: FoundryLab;
let evals: Evaluating;
const clock = createVirtualClock();
const JOB = 8000;
const header = preview('Insights=V1Preview');

beforeEach(async () => {
  lab = await startFoundry({ clock, timing: { evaluationRunMs: DURATION, jobMs: JOB } });
  evals = evaluating(lab, clock);
});
afterEach(() => lab.close());

const criterion = {
  type: 'text_similarity',
  name: 'sim',
  input: '{{item.query}}',
  reference: 'one two three four',
  evaluation_metric: 'rouge_1',
};

/** A run whose scores are those of the texts. */
async function runOver(evaluation: string, texts: readonly string[]): Promise<string> {
  return (await evals.run(evaluation, rows(...texts.map((query) => ({ query }))))).run.id;
}

const good = Array.from({ length: 12 }, (_, index) => (index % 4 === 0 ? 'one two three' : 'one two three four'));
const poor = Array.from({ length: 12 }, (_, index) => (index % 3 === 0 ? 'one two' : 'one'));

async function compare(
  evaluation: string,
  baselineRunId: string,
  ...treatmentRunIds: string[]
): Promise<Answer['body']> {
  const request = { type: 'EvaluationComparison' as const, evalId: evaluation, baselineRunId, treatmentRunIds };
  const { insight_id } = await lab.project.beta.insights.generate({ displayName: 'a against b', request });
  clock.advance(JOB);
  return lab.project.beta.insights.get(insight_id);
}

describe('comparisons of runs', () => {
  it('tell better, worse, undecided and too few by a t-test', async () => {
    const evaluation = await evals.createEval([criterion]);
    const baseline = await runOver(evaluation, poor);
    const better = await runOver(evaluation, good);
    const same = await runOver(evaluation, poor.toReversed());
    const few = await runOver(evaluation, good.slice(0, 3));
    const insight = await compare(evaluation, baseline, better, same, few);
    expect(insight).toMatchObject({ state: 'Succeeded', result: { type: 'EvaluationComparison', method: 't-test' } });
    const [comparison] = insight.result.comparisons;
    expect(comparison).toMatchObject({ testingCriteria: 'sim', metric: 'rouge_1', evaluator: 'text_similarity' });
    expect(comparison.baselineRunSummary).toMatchObject({ runId: baseline, sampleCount: 12 });
    expect(comparison.baselineRunSummary.average).toBeCloseTo((4 * (2 / 3) + 8 * 0.4) / 12, 5);
    expect(comparison.compareItems.map(({ treatmentEffect }: { treatmentEffect: string }) => treatmentEffect)).toEqual([
      'Improved',
      'Inconclusive',
      'TooFewSamples',
    ]);
    expect(comparison.compareItems[0].pValue).toBeLessThan(0.001);
    expect(comparison.compareItems[1].deltaEstimate).toBeCloseTo(0, 10);
    const reverse = await compare(evaluation, better, baseline);
    expect(reverse.result.comparisons[0].compareItems[0].treatmentEffect).toBe('Degraded');
  });

  it('take time, are listed, and are not made twice for one request', async () => {
    const evaluation = await evals.createEval([criterion]);
    const id = await runOver(evaluation, good);
    const request = { type: 'EvaluationComparison', evalId: evaluation, baselineRunId: id, treatmentRunIds: [id] };
    const send = (): Promise<Answer> =>
      lab.native('POST', 'insights', { displayName: 'x', request }, { ...header, 'repeatability-request-id': 'r1' });
    const made = await send();
    expect([made.status, made.body.state, made.body.result]).toEqual([201, 'NotStarted', undefined]);
    expect((await send()).body.id).toBe(made.body.id);
    clock.advance(JOB / 2);
    expect((await lab.native('GET', `insights/${made.body.id}`, undefined, header)).body.state).toBe('Running');
    const list = await lab.native('GET', `insights?evalId=${evaluation}`, undefined, header);
    expect(list.body.value).toHaveLength(1);
    expect((await lab.native('GET', 'insights?evalId=other', undefined, header)).body.value).toEqual([]);
  });

  it('group what failed', async () => {
    const evaluation = await evals.createEval([criterion]);
    const id = await runOver(evaluation, poor);
    const request = {
      type: 'EvaluationRunClusterInsight',
      evalId: evaluation,
      runIds: [id],
      modelConfiguration: { modelDeploymentName: 'gpt-5-mini' },
    };
    const { body } = await lab.native('POST', 'insights', { displayName: 'x', request }, header);
    clock.advance(JOB);
    const found = (await lab.native('GET', `insights/${body.id}`, undefined, header)).body.result.clusterInsight;
    expect(found.summary).toMatchObject({ sampleCount: 8, uniqueClusterCount: 1 });
    expect(found.clusters[0].samples).toHaveLength(8);
  });

  it('need the preview header, runs that exist and are completed', async () => {
    const evaluation = await evals.createEval([criterion]);
    const started = (await evals.startRun(evaluation, rows({ query: 'x' }))).body.id;
    const send = (baselineRunId: string, headers = header): Promise<[number, string]> =>
      lab
        .native(
          'POST',
          'insights',
          {
            displayName: 'x',
            request: { type: 'EvaluationComparison', evalId: evaluation, baselineRunId, treatmentRunIds: [] },
          },
          headers,
        )
        .then(refusal);
    expect(await send(started, {})).toEqual([403, 'preview_feature_required']);
    expect(await send('evalrun_none')).toEqual([404, 'not_found']);
    expect(await send(started)).toEqual([400, 'UserError']);
  });
});

it('p-values are those of Welch', () => {
  const a = summarise([27.5, 21, 19, 23.6, 17, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19, 21.7, 21.4]);
  const b = summarise([27.1, 22, 20.8, 23.4, 23.4, 23.5, 25.8, 22, 24.8, 20.2, 21.9, 22.1, 22.9, 30.5, 22]);
  expect(a.mean).toBeCloseTo(20.82, 6);
  expect(welch(a, b)).toBeCloseTo(0.0122, 4);
  expect(welch(a, a)).toBeCloseTo(1, 10);
  expect(welch(summarise([1, 1]), summarise([2, 2]))).toBe(0);
});
