import type { JsonObject } from '../../engine/json.ts';
import type { Builtin } from './builtin.ts';

/** A built-in evaluator as the list of evaluators shows it. Its prompt belongs to the service and is not returned. */
export function builtinVersion({ name, title, category, needs, may = [], scale, judged }: Builtin): JsonObject {
  const inputs = [...needs, ...may];
  const parameters = judged ? { deployment_name: { type: 'string' }, threshold: { type: 'number' } } : {};
  return {
    id: `azureai://built-in/evaluators/${name.replace(/^builtin\./u, '')}`,
    name,
    version: '1',
    display_name: title,
    evaluator_type: 'builtin',
    categories: [category],
    supported_evaluation_levels: ['turn'],
    tags: {},
    definition: {
      type: judged ? 'prompt' : 'code',
      ...(judged ? { prompt_text: '' } : {}),
      init_parameters: { type: 'object', properties: parameters, required: judged ? ['deployment_name'] : [] },
      data_schema: {
        type: 'object',
        properties: Object.fromEntries(inputs.map((input) => [input, { type: 'string' }])),
        required: needs,
      },
      metrics: {
        [name.replace(/^builtin\./u, '')]: {
          type: scale.type,
          desirable_direction: scale.better,
          min_value: scale.least,
          max_value: scale.most,
          threshold: scale.threshold,
          is_primary: true,
        },
      },
    },
    created_by: 'Microsoft',
    created_at: '2026-01-01T00:00:00.000Z',
    modified_at: '2026-01-01T00:00:00.000Z',
  };
}
