import type { CallTarget } from '../agents/call-target.ts';
import type { Engine } from '../../arm/contract.ts';
import { arrayAt, member, objectAt, textAt, type Json, type JsonObject } from '../../engine/json.ts';
import type { ModelAnswer, Prompt } from '../models/prompt.ts';
import { lastInput } from '../models/prompt.ts';
import { epoch, newId } from '../shared/project-documents.ts';

/** Parts of a response. */
export interface Answered {
  /** The request. */
  readonly body: JsonObject;
  readonly prompt: Prompt;
  readonly answer: ModelAnswer;
  /** Undefined when no agent answered. */
  readonly target: CallTarget | undefined;
  readonly conversation: string | undefined;
}

/**
 * A response as `GET /responses/{id}` returns it. `metadata.answered_by` says who answered: a script, retrieval, an
 * echo, an endpoint.
 */
export function renderResponse(engine: Engine, { body, prompt, answer, target, conversation }: Answered): JsonObject {
  const definition = target?.version.definition ?? {};
  const settings = target ? definition : body;
  return {
    id: newId(engine, 'resp_'),
    object: 'response',
    created_at: epoch(engine.clock.now()),
    status: 'completed',
    background: false,
    completed_at: epoch(engine.clock.now()),
    error: null,
    incomplete_details: null,
    instructions: member(settings, 'instructions') ?? null,
    max_output_tokens: member(body, 'max_output_tokens') ?? null,
    model: prompt.deployment,
    output: outputItems(engine, prompt, answer),
    parallel_tool_calls: member(body, 'parallel_tool_calls') ?? true,
    previous_response_id: member(body, 'previous_response_id') ?? null,
    reasoning: { effort: null, summary: null, ...objectAt(settings, 'reasoning') },
    store: member(body, 'store') ?? true,
    temperature: member(settings, 'temperature') ?? 1,
    text: { format: { type: 'text' }, ...objectAt(settings, 'text') },
    tool_choice: member(settings, 'tool_choice') ?? 'auto',
    tools: arrayAt(settings, 'tools'),
    top_p: member(settings, 'top_p') ?? 1,
    truncation: member(body, 'truncation') ?? 'disabled',
    usage: usageOf(answer),
    user: member(body, 'user') ?? null,
    metadata: { ...objectAt(body, 'metadata'), answered_by: answer.answeredBy },
    ...(conversation === undefined ? {} : { conversation: { id: conversation } }),
    ...(target
      ? { agent_reference: { type: 'agent_reference', name: target.agent.name, version: target.version.version } }
      : {}),
  };
}

function usageOf({ usage }: ModelAnswer): JsonObject {
  return {
    input_tokens: usage.input,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: usage.output,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: usage.input + usage.output,
  };
}

/** The message, after the search that it was found with. */
function outputItems(engine: Engine, prompt: Prompt, answer: ModelAnswer): Json[] {
  const { passage, text } = answer;
  const isFile = passage?.source.startsWith('file-') === true || passage?.source.startsWith('assistant-') === true;
  const search = {
    id: newId(engine, 'fs_'),
    type: 'file_search_call',
    status: 'completed',
    queries: [lastInput(prompt)],
    results: null,
  };
  const citation = {
    type: 'file_citation',
    index: text.length,
    file_id: passage?.source ?? '',
    filename: passage?.name ?? '',
  };
  const message = {
    id: newId(engine, 'msg_'),
    type: 'message',
    status: 'completed',
    role: 'assistant',
    content: [{ type: 'output_text', text, annotations: isFile ? [citation] : [], logprobs: [] }],
  };
  return isFile ? [search, message] : [message];
}

/** The text of a response's messages, as clients put it together. */
export function outputText(response: Json): string {
  return arrayAt(response, 'output')
    .flatMap((item) => arrayAt(item, 'content'))
    .map((part) => textAt(part, 'text') ?? '')
    .join('');
}
