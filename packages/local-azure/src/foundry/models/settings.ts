import { isArray, isObject, member, textAt, type Json } from '../../engine/json.ts';
import type { ModelEndpoint, ModelSettings, ScriptedReply } from '../../engine/model-settings.ts';

export function modelSettings({
  replies = [],
  endpoint = fromEnvironment(),
}: Partial<ModelSettings> = {}): ModelSettings {
  return { replies, ...(endpoint ? { endpoint } : {}) };
}

function fromEnvironment(): ModelEndpoint | undefined {
  const { INGATE_LOCAL_MODEL_URL: url, INGATE_LOCAL_MODEL_KEY: apiKey, INGATE_LOCAL_MODEL_NAME: model } = process.env;
  if (url === undefined || url === '') return undefined;
  return { url, ...(apiKey ? { apiKey } : {}), ...(model ? { model } : {}) };
}

/** The settings with the `replies` of a seed file after their own. Throws a TypeError when one is not a reply. */
export function withReplies(settings: Partial<ModelSettings> | undefined, seed: unknown): Partial<ModelSettings> {
  const replies = isObject(seed) ? (member(seed, 'replies') ?? []) : [];
  if (!isArray(replies)) throw new TypeError('`replies` of a seed file is a list');
  return { ...settings, replies: [...(settings?.replies ?? []), ...replies.map(parseReply)] };
}

function parseReply(value: Json): ScriptedReply {
  const reply = textAt(value, 'reply');
  if (reply === undefined) throw new TypeError(`Not a scripted reply: ${JSON.stringify(value)}`);
  const deployment = textAt(value, 'deployment');
  const agent = textAt(value, 'agent');
  return {
    ...(deployment === undefined ? {} : { deployment }),
    ...(agent === undefined ? {} : { agent }),
    instructions: phrases(member(value, 'instructions')),
    input: phrases(member(value, 'input')),
    reply,
  };
}

function phrases(value: Json | undefined): string[] {
  const all = isArray(value) ? value : value === undefined ? [] : [value];
  return all.map((phrase) => {
    if (typeof phrase === 'string') return phrase;
    throw new TypeError(`Not a phrase of a scripted reply: ${JSON.stringify(phrase)}`);
  });
}
