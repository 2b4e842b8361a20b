import { compileObject, type ObjectNode } from '../../shape/notation.ts';

const described = {
  display_name: 'string',
  description: 'string',
  metadata: { '*': 'string' },
  tags: { '*': 'string' },
  categories: ['quality|safety|agents'],
  supported_evaluation_levels: ['turn|conversation'],
} as const;

const readOnly = {
  id: 'readonly',
  created_by: 'readonly',
  created_at: 'readonly',
  modified_at: 'readonly',
  generation_artifacts: 'readonly',
  generation_job_id: 'readonly',
  warnings: 'readonly',
  name: 'string',
  version: 'string',
} as const;

const metric = {
  type: 'ordinal|continuous|boolean',
  desirable_direction: 'increase|decrease|neutral',
  min_value: 'number',
  max_value: 'number',
  threshold: 'number',
  is_primary: 'boolean',
} as const;

const dimension = {
  'id!': 'string',
  'description!': 'string',
  'weight!': 'integer(1..10)',
  always_applicable: 'boolean',
} as const;

/** `POST /evaluators/{name}/versions` */
export const CREATE_EVALUATOR: ObjectNode = compileObject({
  ...described,
  ...readOnly,
  'evaluator_type!': 'builtin|custom',
  'categories!': ['quality|safety|agents'],
  'definition!': {
    'type!': 'code|prompt|rubric|endpoint',
    init_parameters: 'object',
    data_schema: 'object',
    metrics: { '*': metric },
    '?type': {
      code: { code_text: 'string', entry_point: 'string', image_tag: 'string', blob_uri: 'string' },
      prompt: { 'prompt_text!': 'string' },
      rubric: { 'dimensions!': [dimension], pass_threshold: 'number = 0.5' },
      endpoint: { 'connection_name!': 'string' },
    },
  },
});

/** `PATCH /evaluators/{name}/versions/{version}`, without the definition, which stays. */
export const UPDATE_EVALUATOR: ObjectNode = compileObject({ ...described, ...readOnly, evaluator_type: 'string' });
