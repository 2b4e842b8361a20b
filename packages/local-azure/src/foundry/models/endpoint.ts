import { arrayAt, textAt, valueAt, type Json } from '../../engine/json.ts';
import { FoundryError } from '../shared/foundry-error.ts';
import type { ModelAnswer, Prompt } from './prompt.ts';
import type { ModelEndpoint } from '../../engine/model-settings.ts';
import { tokensOf } from './words.ts';

/** Asks a real OpenAI-compatible endpoint. Rejects with 502 when it cannot be reached, refuses, or answers something else. */
export async function askEndpoint(endpoint: ModelEndpoint, prompt: Prompt): Promise<ModelAnswer> {
  const answer = await post(endpoint, requestFor(endpoint, prompt));
  const content = textAt(arrayAt(answer, 'choices')[0], 'message.content');
  if (content === undefined) throw unavailable('it answered without a message');
  return {
    text: content,
    answeredBy: 'endpoint',
    passage: undefined,
    usage: {
      input: count(answer, 'usage.prompt_tokens') ?? tokensOf(prompt.instructions),
      output: count(answer, 'usage.completion_tokens') ?? tokensOf(content),
    },
  };
}

function requestFor(endpoint: ModelEndpoint, { deployment, instructions, messages, knowledge }: Prompt): object {
  const facts = knowledge.map(({ name, text }) => `${name}:\n${text}`).join('\n\n');
  const system = [instructions, facts === '' ? '' : `Answer from this:\n${facts}`].filter((part) => part !== '');
  return {
    model: endpoint.model ?? deployment,
    messages: [
      ...(system.length === 0 ? [] : [{ role: 'system', content: system.join('\n\n') }]),
      ...messages.map(({ role, text }) => ({ role: role === 'developer' ? 'system' : role, content: text })),
    ],
  };
}

async function post({ url, apiKey }: ModelEndpoint, body: object): Promise<Json> {
  try {
    const response = await fetch(`${url.replace(/\/+$/u, '')}/chat/completions`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
      },
      body: JSON.stringify(body),
    });
    if (response.ok) return (await response.json()) as Json;
    throw unavailable(`it answered ${response.status}: ${(await response.text()).slice(0, 200)}`);
  } catch (error) {
    if (error instanceof FoundryError) throw error;
    throw unavailable(error instanceof Error ? error.message : String(error));
  }
}

function unavailable(why: string): FoundryError {
  return new FoundryError(502, 'server_error', `The model endpoint of the embedded Azure failed: ${why}`);
}

function count(answer: Json, path: string): number | undefined {
  const value = valueAt(answer, path);
  return typeof value === 'number' ? value : undefined;
}
