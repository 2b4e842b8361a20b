import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../src/index.ts';
import { DURATION, evaluating, type Evaluating } from './foundry-evaluating.ts';
import { refusal, startFoundry, type FoundryLab } from './foundry-lab.ts';

let lab: FoundryLab;
let evals: Evaluating;
const clock = createVirtualClock();

beforeEach(async () => {
  const replies = [{ deployment: 'gpt-5-mini', input: ['rate this'], reply: '{"result": 0.9, "reason": "fine"}' }];
  lab = await startFoundry({ clock, timing: { evaluationRunMs: DURATION }, models: { replies } });
  evals = evaluating(lab, clock);
});
afterEach(() => lab.close());

describe('evaluators', () => {
  const body = {
    display_name: 'House style',
    evaluator_type: 'custom' as const,
    categories: ['quality' as const],
    tags: { hash: 'a' },
    definition: {
      type: 'prompt' as const,
      prompt_text: 'Please rate this: {{response}}',
      metrics: {
        house_style: {
          type: 'continuous' as const,
          desirable_direction: 'increase' as const,
          min_value: 0,
          max_value: 1,
          threshold: 0.8,
          is_primary: true,
        },
      },
    },
  };

  it('are counted by the service, changed in what describes them, and deleted', async () => {
    const { evaluators } = lab.project;
    const first = await evaluators.createVersion('house-style', body as never);
    expect(first).toMatchObject({ name: 'house-style', version: '1', definition: body.definition });
    expect((await evaluators.createVersion('house-style', body as never)).version).toBe('2');
    const changed = await evaluators.updateVersion('house-style', '2', { ...body, tags: { hash: 'b' } } as never);
    expect(changed.tags).toEqual({ hash: 'b' });
    const different = { definition: { ...body.definition, prompt_text: 'other' } };
    expect(refusal(await lab.native('PATCH', 'evaluators/house-style/versions/2', different))).toEqual([
      400,
      'UserError',
    ]);
    await evaluators.deleteVersion('house-style', '2');
    expect((await evaluators.createVersion('house-style', body as never)).version).toBe('3');
    expect(refusal(await lab.native('POST', 'evaluators/builtin.mine/versions', body))).toEqual([400, 'UserError']);
    const names: string[] = [];
    for await (const each of evaluators.list({ evaluatorType: 'custom' })) names.push(`${each.name} ${each.version}`);
    expect(names).toEqual(['house-style 3']);
    const builtins: string[] = [];
    for await (const each of evaluators.list({ evaluatorType: 'builtin' })) builtins.push(each.name);
    expect(builtins).toContain('builtin.task_adherence');
  });

  it('grade by their prompt', async () => {
    await lab.project.evaluators.createVersion('house-style', body as never);
    const criterion = {
      type: 'azure_ai_evaluator',
      name: 'style',
      evaluator_name: 'house-style',
      initialization_parameters: { deployment_name: 'gpt-5-mini' },
      data_mapping: { response: '{{item.response}}' },
    };
    expect(await evals.grade(criterion, { response: 'x' })).toMatchObject({
      metric: 'house_style',
      score: 0.9,
      threshold: 0.8,
      passed: true,
      properties: { computed_by: 'script' },
    });
  });
});
