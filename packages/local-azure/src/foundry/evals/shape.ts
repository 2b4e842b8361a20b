import { compileObject, type ObjectNode, type Shape } from '../../shape/notation.ts';

const metadata = { '*': 'string' } as const;
const messages = [{ 'role!': 'string', 'content!': 'any', type: 'string' }] as const;

const evaluator = {
  'evaluator_name!': 'string',
  evaluator_version: 'string',
  initialization_parameters: 'object',
  data_mapping: 'object',
  evaluation_level: 'string',
} as const;

const criterion = {
  'type!': 'azure_ai_evaluator|string_check|text_similarity|score_model|label_model|python',
  'name!': 'string(1..)',
  id: 'readonly',
  '?type': {
    azure_ai_evaluator: evaluator,
    string_check: { 'input!': 'string', 'operation!': 'eq|ne|like|ilike', 'reference!': 'string' },
    text_similarity: {
      'input!': 'string',
      'reference!': 'string',
      'evaluation_metric!': 'cosine|fuzzy_match|bleu|gleu|meteor|rouge_1|rouge_2|rouge_3|rouge_4|rouge_5|rouge_l',
      pass_threshold: 'number',
    },
    score_model: {
      'model!': 'string',
      'input!': messages,
      range: ['number'],
      pass_threshold: 'number',
      sampling_params: 'object',
    },
    label_model: { 'model!': 'string', 'input!': messages, 'labels!': ['string'], 'passing_labels!': ['string'] },
    python: { 'source!': 'string', image_tag: 'string', pass_threshold: 'number' },
  },
} as const;

/** `POST /evals` */
export const CREATE_EVAL: ObjectNode = compileObject({
  name: 'string',
  metadata,
  properties: metadata,
  'data_source_config!': {
    'type!': 'custom|azure_ai_source|logs|stored_completions',
    '?type': {
      custom: { 'item_schema!': 'object', include_sample_schema: 'boolean = false' },
      azure_ai_source: {
        'scenario!': 'responses|red_team|traces_preview|synthetic_data_gen_preview|benchmark_preview',
        benchmark_name: 'string',
        benchmark_version: 'string',
        grader_model: 'string',
      },
      logs: { metadata: 'object' },
      stored_completions: { metadata: 'object' },
    },
  },
  'testing_criteria!': [criterion],
});

/** `POST /evals/{id}` */
export const UPDATE_EVAL: ObjectNode = compileObject({ name: 'string', metadata, properties: metadata });

const rows = {
  'type!': 'file_content|file_id',
  '?type': {
    file_content: { 'content!': [{ 'item!': 'object', sample: 'object' }] },
    file_id: { 'id!': 'string' },
  },
} as const;

const sampling = { '*': 'any' } as const;
const input = {
  'type!': 'template|item_reference',
  '?type': {
    template: { 'template!': [{ 'role!': 'string', 'content!': 'any', type: 'string' }] },
    item_reference: { 'item_reference!': 'string' },
  },
} as const;

const target = {
  'type!': 'azure_ai_agent|azure_ai_model',
  '?type': {
    azure_ai_agent: { 'name!': 'string', version: 'string', tool_descriptions: 'any', tools: 'any' },
    azure_ai_model: { 'model!': 'string', sampling_params: sampling },
  },
} as const;

const stored = {
  'type!': 'file_content|file_id|responses',
  '?type': {
    file_content: { 'content!': [{ 'item!': 'object', sample: 'object' }] },
    file_id: { 'id!': 'string' },
    responses: { model: 'string', created_after: 'integer', created_before: 'integer', '*': 'any' },
  },
} as const;

const generation = {
  'type!': 'response_retrieval',
  max_num_turns: 'integer(1..)',
  'data_mapping!': 'object',
  'source!': rows,
} as const;

const attack = {
  'type!': 'red_team|red_team_seed_prompts|red_team_taxonomy',
  attack_strategies: ['string'],
  num_turns: 'integer(1..) = 20',
  source: rows,
} as const;

const sources: Shape = {
  jsonl: { 'source!': rows },
  completions: { 'source!': rows, input_messages: input, 'model!': 'string', sampling_params: sampling },
  responses: { 'source!': stored, input_messages: input, model: 'string', sampling_params: sampling },
  azure_ai_target_completions: { 'source!': rows, input_messages: input, 'target!': target },
  azure_ai_responses: {
    'item_generation_params!': generation,
    max_runs_hourly: 'integer',
    event_configuration_id: 'string',
  },
  azure_ai_red_team: { 'item_generation_params!': attack, 'target!': target },
  '*': { '*': 'any' },
};

/** `POST /evals/{id}/runs` */
export const CREATE_RUN: ObjectNode = compileObject({
  name: 'string',
  metadata,
  properties: metadata,
  eval_id: 'string',
  'data_source!': {
    'type!':
      'jsonl|completions|responses|azure_ai_target_completions|azure_ai_responses|azure_ai_red_team|azure_ai_traces_preview|azure_ai_trace_data_source_preview|azure_ai_synthetic_data_gen_preview',
    '?type': sources,
  },
});
