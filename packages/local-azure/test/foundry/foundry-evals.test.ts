import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../src/index.ts';
import { builtin, DURATION, evaluating, itemConfig, type Evaluating } from './foundry-evaluating.ts';
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

describe('an evaluation', () => {
  const criterion = { type: 'string_check', name: 'c', input: '{{item.query}}', operation: 'eq', reference: 'x' };

  it('is created, listed, changed and deleted by the official client', async () => {
    const made = await lab.openai.evals.create({
      name: 'quality',
      metadata: { spec: 'a' },
      data_source_config: { type: 'custom', item_schema: itemConfig.item_schema, include_sample_schema: true },
      testing_criteria: [criterion as never],
    });
    expect(made.id).toMatch(/^eval_/u);
    expect(made.data_source_config).toMatchObject({
      type: 'custom',
      schema: { properties: { item: itemConfig.item_schema, sample: { type: 'object' } }, required: ['item'] },
    });
    expect(made.data_source_config).not.toHaveProperty('item_schema');
    await evals.createEval([criterion], { name: 'other' });
    const names: string[] = [];
    for await (const each of lab.openai.evals.list({ limit: 1 })) names.push(each.name);
    expect(names).toEqual(['quality', 'other']);
    const changed = await lab.openai.evals.update(made.id, { name: 'new', metadata: { spec: 'b' } });
    expect([changed.name, changed.metadata]).toEqual(['new', { spec: 'b' }]);
    expect(await lab.openai.evals.delete(made.id)).toEqual({ object: 'eval.deleted', deleted: true, eval_id: made.id });
    await expect(lab.openai.evals.retrieve(made.id)).rejects.toMatchObject({ status: 404 });
  });

  it('is refused when it cannot work', async () => {
    const wrong = async (testing_criteria: object[], change: object = {}): Promise<[number, string]> =>
      refusal(await lab.open('POST', 'evals', { data_source_config: itemConfig, testing_criteria, ...change }));
    expect(await wrong([])).toEqual([400, 'invalid_request_error']);
    expect(await wrong([criterion, criterion])).toEqual([400, 'invalid_request_error']);
    expect(await wrong([{ ...criterion, operation: 'regex' }])).toEqual([400, 'invalid_value']);
    expect(await wrong([{ ...criterion, thresold: 1 }])).toEqual([400, 'unknown_parameter']);
    expect(await wrong([{ type: 'string_check', name: 'c' }])).toEqual([400, 'missing_required_parameter']);
    expect(await wrong([{ type: 'python', name: 'p', source: 'def evals.grade(s, i): return 1' }])).toEqual([
      501,
      'not_imitated',
    ]);
    expect(await wrong([builtin('fluency', {})])).toEqual([400, 'invalid_request_error']);
    expect(await wrong([builtin('nonsense')])).toEqual([400, 'invalid_request_error']);
    expect(await wrong([criterion], { metadata: { k: 'v'.repeat(513) } })).toEqual([400, 'invalid_request_error']);
  });
});
