import { arrayAt, defined, member, textAt, valueAt, type JsonObject } from '../../engine/json.ts';
import { json, type Reply } from '../../http/reply.ts';
import { compileObject } from '../../shape/notation.ts';
import { readBody, requireOpenAiShape } from '../shared/body.ts';
import { FoundryError } from '../shared/foundry-error.ts';
import { answerCounted } from './usage.ts';
import { requireDeployment } from './deployment.ts';
import type { Message } from './prompt.ts';
import { epoch, newId } from '../shared/project-documents.ts';
import type { FoundryCall, Route } from '../shared/route.ts';

/** Chat completions of model deployments (OpenAI-compatible), without streaming. */
export const CHAT_COMPLETION_ROUTES: readonly Route[] = [
  {
    method: 'POST',
    path: 'openai/v1/chat/completions',
    withoutApiVersion: true,
    handle: async (call): Promise<Reply> => json(200, await completeChat(call, readBody(call))),
  },
];

const CHAT = compileObject({
  'model!': 'string',
  'messages!': [{ 'role!': 'system|developer|user|assistant|tool', '*': 'any' }],
  stream: 'boolean = false',
  response_format: 'object',
  max_completion_tokens: 'integer(1..)',
  max_tokens: 'integer(1..)',
  temperature: 'number(0..2)',
  top_p: 'number(0..1)',
  '*': 'any',
});

/** The answer to the body of `POST /chat/completions`. */
export async function completeChat(call: FoundryCall, content: JsonObject): Promise<JsonObject> {
  const body = requireOpenAiShape(CHAT, content);
  const { engine, account } = call;
  const model = textAt(body, 'model') ?? '';
  requireDeployment(engine, account, model);
  if (member(body, 'stream') === true)
    throw new FoundryError(501, 'not_imitated', 'The embedded Azure does not stream chat completions', 'stream');
  const messages = arrayAt(body, 'messages').map(toMessage);
  const answer = await answerCounted(engine, account, {
    deployment: model,
    agent: undefined,
    instructions: '',
    messages,
    knowledge: [],
    format: formatOf(body),
  });
  const { input, output } = answer.usage;
  return {
    id: newId(engine, 'chatcmpl-').slice(0, 38),
    object: 'chat.completion',
    created: epoch(engine.clock.now()),
    model,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: answer.text, refusal: null },
        logprobs: null,
        finish_reason: 'stop',
      },
    ],
    usage: { prompt_tokens: input, completion_tokens: output, total_tokens: input + output },
    system_fingerprint: `answered_by_${answer.answeredBy}`,
  };
}

/** Responses and chat completions write the same format in two ways. */
function formatOf(body: JsonObject): JsonObject | undefined {
  const type = textAt(body, 'response_format.type');
  if (type === undefined) return undefined;
  return defined({ type, schema: valueAt(body, 'response_format.json_schema.schema') });
}

function toMessage(message: JsonObject[string]): Message {
  const role = (['system', 'developer', 'assistant'] as const).find((each) => each === textAt(message, 'role'));
  const content = member(message, 'content');
  const parts = arrayAt(message, 'content').map((part) => textAt(part, 'text') ?? '');
  return { role: role ?? 'user', text: typeof content === 'string' ? content : parts.join('\n') };
}
