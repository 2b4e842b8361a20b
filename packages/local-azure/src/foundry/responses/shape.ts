import { compileObject, type ObjectNode } from '../../shape/notation.ts';

const reference = { 'type!': 'agent_reference', 'name!': 'string', version: 'string' } as const;

/** `POST /responses` */
export const CREATE_RESPONSE: ObjectNode = compileObject({
  agent: reference,
  agent_reference: reference,
  agent_session_id: 'string',
  background: 'boolean = false',
  conversation: 'any',
  include: ['string'],
  input: 'any',
  instructions: 'string',
  max_output_tokens: 'integer(1..)',
  max_tool_calls: 'integer(1..)',
  metadata: { '*': 'string' },
  model: 'string',
  parallel_tool_calls: 'boolean',
  previous_response_id: 'string',
  prompt_cache_key: 'string',
  reasoning: 'object',
  safety_identifier: 'string',
  service_tier: 'string',
  store: 'boolean = true',
  stream: 'boolean = false',
  stream_options: 'object',
  structured_inputs: 'object',
  temperature: 'number(0..2)',
  text: { format: { 'type!': 'text|json_object|json_schema', '*': 'any' }, '*': 'any' },
  tool_choice: 'any',
  tools: [{ 'type!': 'string', '*': 'any' }],
  top_logprobs: 'integer(0..20)',
  top_p: 'number(0..1)',
  truncation: 'auto|disabled',
  user: 'string',
});

/** `POST /conversations` */
export const CREATE_CONVERSATION: ObjectNode = compileObject({ items: ['any'], metadata: { '*': 'string' } });

/** `POST /conversations/{id}` */
export const UPDATE_CONVERSATION: ObjectNode = compileObject({ 'metadata!': { '*': 'string' } });

/** `POST /conversations/{id}/items` */
export const CREATE_ITEMS: ObjectNode = compileObject({ 'items!': ['any'] });
