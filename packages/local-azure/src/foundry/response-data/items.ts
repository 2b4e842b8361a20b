import type { Engine } from '../../arm/contract.ts';
import { arrayAt, isArray, isObject, member, textAt, type Json, type JsonObject } from '../../engine/json.ts';
import { FoundryError } from '../shared/foundry-error.ts';
import type { Message } from '../models/prompt.ts';
import { newId } from '../shared/project-documents.ts';

const ROLES = ['user', 'assistant', 'system', 'developer'] as const;

/**
 * `input` of a request, or items of a conversation, as they are kept: each with id, type and status. 400 for anything
 * else.
 */
export function toItems(engine: Engine, input: Json | undefined, param = 'input'): JsonObject[] {
  if (input === undefined) return [];
  if (typeof input === 'string') return [messageItem(engine, 'user', input)];
  if (!isArray(input)) throw wrong(`'${param}' is a text or a list of items.`, param);
  return input.map((item, index) => toItem(engine, item, `${param}.${index}`));
}

function toItem(engine: Engine, item: Json, param: string): JsonObject {
  if (!isObject(item)) throw wrong(`'${param}' is not an item.`, param);
  const type = textAt(item, 'type') ?? 'message';
  if (type !== 'message') return { id: newId(engine, 'item_'), status: 'completed', ...item };
  const role = textAt(item, 'role') ?? '';
  if (!ROLES.some((known) => known === role)) {
    const message = `Invalid value: '${role}'. Supported values are: ${ROLES.map((each) => `'${each}'`).join(', ')}.`;
    throw wrong(message, `${param}.role`);
  }
  return {
    ...messageItem(engine, role, contentOf(item, role, param)),
    ...(textAt(item, 'id') ? { id: item['id'] ?? '' } : {}),
  };
}

function contentOf(item: JsonObject, role: string, param: string): readonly Json[] {
  const content = member(item, 'content');
  if (typeof content === 'string') return [part(role, content)];
  if (isObject(content)) return [content];
  if (isArray(content)) return content;
  throw wrong(`Missing required parameter: '${param}.content'.`, `${param}.content`);
}

function part(role: string, text: string): JsonObject {
  return role === 'assistant' ? { type: 'output_text', text, annotations: [] } : { type: 'input_text', text };
}

/** A message of a conversation. */
function messageItem(engine: Engine, role: string, content: string | readonly Json[]): JsonObject {
  return {
    id: newId(engine, 'msg_'),
    type: 'message',
    status: 'completed',
    role,
    content: typeof content === 'string' ? [part(role, content)] : content,
  };
}

/** The items as a model sees them: messages with their texts, and results of functions as words of the user. */
export function toMessages(items: readonly Json[]): Message[] {
  return items.flatMap((item): Message[] => {
    const type = textAt(item, 'type');
    if (type === 'function_call_output') return [{ role: 'user', text: textAt(item, 'output') ?? '' }];
    if (type !== 'message') return [];
    const role = ROLES.find((known) => known === textAt(item, 'role')) ?? 'user';
    return [{ role, text: textOf(item) }];
  });
}

/** The texts of an item's parts, joined. */
function textOf(item: Json): string {
  return arrayAt(item, 'content')
    .map((each) => textAt(each, 'text') ?? '')
    .filter((text) => text !== '')
    .join('\n');
}

function wrong(message: string, param: string): FoundryError {
  return new FoundryError(400, 'invalid_value', message, param);
}
