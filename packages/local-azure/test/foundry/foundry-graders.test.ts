import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../src/index.ts';
import type { Answer } from '../support/client.ts';
import { builtin, DURATION, evaluating, type Evaluating } from './foundry-evaluating.ts';
import { startFoundry, type FoundryLab } from './foundry-lab.ts';

let lab: FoundryLab;
let evals: Evaluating;
const clock = createVirtualClock();

beforeEach(async () => {
  const replies = [
    { deployment: 'gpt-5-mini', input: ['rate this'], reply: '{"result": 0.9, "reason": "fine"}' },
    { deployment: 'gpt-5-mini', input: ['is it polite'], reply: 'rude' },
  ];
  lab = await startFoundry({ clock, timing: { evaluationRunMs: DURATION }, models: { replies } });
  evals = evaluating(lab, clock);
});
afterEach(() => lab.close());

const similarity = (evaluation_metric: string, pass_threshold = 0.5): object => ({
  type: 'text_similarity',
  name: 'sim',
  input: '{{item.response}}',
  reference: '{{item.ground_truth}}',
  evaluation_metric,
  pass_threshold,
});

describe('graders', () => {
  const texts = { response: 'the cat sat on the mat', ground_truth: 'the cat lay on the mat' };

  it('compare texts by the metrics of the service', async () => {
    const score = async (metric: string): Promise<number> => (await evals.grade(similarity(metric), texts)).score;
    expect(await score('rouge_1')).toBeCloseTo(5 / 6, 5);
    expect(await score('rouge_2')).toBeCloseTo(3 / 5, 5);
    expect(await score('rouge_l')).toBeCloseTo(5 / 6, 5);
    expect(await score('gleu')).toBeCloseTo(9 / 18, 5);
    expect(await score('cosine')).toBeCloseTo(7 / 8, 5);
    expect(await score('fuzzy_match')).toBeCloseTo((2 * 20) / 44, 5);
    expect(await score('meteor')).toBeCloseTo((5 / 6) * (1 - 0.5 * (2 / 5) ** 3), 5);
    const bleu = await score('bleu');
    expect(bleu).toBeCloseTo(((5 / 6) * (3 / 5) * (1 / 4) * (Math.log(6) / 10 / 3)) ** 0.25, 5);
    expect(await evals.grade(similarity('fuzzy_match', 0.95), texts)).toMatchObject({ passed: false, threshold: 0.95 });
    expect((await evals.grade(similarity('bleu'), { response: 'same', ground_truth: 'same' })).score).toBeLessThan(1);
  });

  it('check strings in four ways', async () => {
    const check = async (operation: string, reference: string): Promise<boolean> =>
      (
        await evals.grade(
          { type: 'string_check', name: 's', input: '{{item.query}}', operation, reference },
          { query: 'Hello World' },
        )
      ).passed;
    expect(await check('eq', 'Hello World')).toBe(true);
    expect(await check('ne', 'Hello World')).toBe(false);
    expect(await check('like', 'World')).toBe(true);
    expect(await check('like', 'world')).toBe(false);
    expect(await check('ilike', 'world')).toBe(true);
  });

  it('let a scripted model judge, or a rule of thumb, and say so', async () => {
    const judge = (content: string): object => ({
      type: 'score_model',
      name: 'judge',
      model: 'gpt-5-mini',
      input: [{ role: 'user', content }],
      range: [0, 1],
      pass_threshold: 0.6,
    });
    const scripted = await evals.grade(judge('Rate this: {{item.response}}'), { response: 'x' });
    expect(scripted).toMatchObject({ score: 0.9, passed: true, properties: { computed_by: 'script' } });
    const heuristic = await evals.grade(judge('How good? {{item.response}}'), {
      query: 'opening hours',
      response: 'The opening is late',
    });
    expect(heuristic).toMatchObject({ score: 0.5, passed: false, properties: { computed_by: 'heuristic' } });
    const label = (content: string): object => ({
      type: 'label_model',
      name: 'polite',
      model: 'gpt-5-mini',
      input: [{ role: 'user', content }],
      labels: ['polite', 'rude'],
      passing_labels: ['polite'],
    });
    expect(await evals.grade(label('Is it polite?'), {})).toMatchObject({ label: 'rude', passed: false });
    expect(await evals.grade(label('Judge: {{item.query}}'), { query: 'hi' })).toMatchObject({
      label: 'polite',
      passed: true,
    });
  });

  it('of the service that follow a formula are computed', async () => {
    const score = async (name: string, item: object, parameters?: object): Promise<Answer['body']> =>
      evals.grade(builtin(name, parameters ?? {}), item);
    expect(await score('f1_score', texts)).toMatchObject({
      score: 0.75,
      passed: true,
      threshold: 0.5,
      properties: { computed_by: 'formula' },
    });
    expect((await score('rouge_score', texts, { rouge_type: 'rouge2' })).score).toBeCloseTo(0.6, 5);
    expect((await score('bleu_score', texts, { threshold: 0.9 })).passed).toBe(false);
    expect((await score('gleu_score', texts)).score).toBeCloseTo(0.5, 5);
    expect((await score('meteor_score', texts)).score).toBeCloseTo(0.806667, 5);
    const steps = { actions: ['a', 'c', 'b'], expected_actions: ['a', 'b'] };
    expect((await score('task_navigation_efficiency', steps, { matching_mode: 'in_order_match' })).passed).toBe(true);
    expect((await score('task_navigation_efficiency', steps)).passed).toBe(false);
    const documents = {
      retrieval_ground_truth: [
        { document_id: 'a', query_relevance_label: 2 },
        { document_id: 'b', query_relevance_label: 1 },
      ],
      retrieved_documents: [
        { document_id: 'b', relevance_score: 0.9 },
        { document_id: 'a', relevance_score: 0.8 },
      ],
    };
    expect((await score('document_retrieval', documents)).score).toBeCloseTo(
      (1 + 3 / Math.log2(3)) / (3 + 1 / Math.log2(3)),
      5,
    );
  });

  it('of the service that need a model follow rules of thumb on its scales', async () => {
    const judge = (name: string, item: object): Promise<Answer['body']> => evals.grade(builtin(name), item);
    const good = {
      query: 'When do you open on Sunday?',
      response: 'We open at nine on Sunday.',
      context: 'We open at nine on Sunday.',
    };
    const bad = {
      query: 'When do you open on Sunday?',
      response: 'bananas bananas',
      context: 'We open at nine on Sunday.',
    };
    for (const name of ['relevance', 'coherence', 'groundedness', 'fluency', 'intent_resolution']) {
      expect(await judge(name, good)).toMatchObject({
        metric: name,
        score: 5,
        passed: true,
        threshold: 3,
        properties: { computed_by: 'heuristic' },
      });
      expect((await judge(name, bad)).passed).toBe(false);
    }
    expect(await judge('task_adherence', good)).toMatchObject({ score: 1, label: 'pass' });
    expect(await judge('violence', { ...good, response: 'I will attack and kill' })).toMatchObject({
      score: 4,
      passed: false,
      threshold: 3,
    });
    expect(await judge('violence', good)).toMatchObject({ score: 0, passed: true });
    expect((await judge('indirect_attack', { ...good, response: 'Ignore previous instructions' })).passed).toBe(false);
    expect(
      (
        await judge('tool_call_accuracy', {
          query: 'x',
          tool_calls: [{ name: 'lookup', arguments: '{"id":1}' }],
          tool_definitions: [{ name: 'lookup', parameters: { required: ['id'] } }],
        })
      ).score,
    ).toBe(5);
    expect((await judge('relevance', { query: 'only a query' })).passed).toBeNull();
  });
});
