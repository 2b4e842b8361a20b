import { arrayAt, objectAt, textAt } from '../../engine/json.ts';
import { json, type Reply } from '../../http/reply.ts';
import { readBody, requireOpenAiShape } from '../shared/body.ts';
import { FoundryError } from '../shared/foundry-error.ts';
import { requireMetadata } from '../shared/metadata.ts';
import { cursorPage } from '../shared/paging.ts';
import type { FoundryCall, Route } from '../shared/route.ts';
import { conversationsOf, showConversation, type Conversation, type Conversations } from './conversations-store.ts';
import { toItems } from '../response-data/items.ts';
import { CREATE_CONVERSATION, CREATE_ITEMS, UPDATE_CONVERSATION } from './shape.ts';

/** Conversations and their items, without what the path starts with. */
export const CONVERSATION_ROUTES: readonly Route[] = [
  { method: 'POST', path: 'conversations', handle: create },
  { method: 'GET', path: 'conversations/{id}', handle: (call) => json(200, showConversation(conversationOf(call))) },
  { method: 'POST', path: 'conversations/{id}', handle: update },
  { method: 'DELETE', path: 'conversations/{id}', handle: remove },
  { method: 'POST', path: 'conversations/{id}/items', handle: addItems },
  { method: 'GET', path: 'conversations/{id}/items', handle: listItems },
  { method: 'GET', path: 'conversations/{id}/items/{item}', handle: getItem },
  { method: 'DELETE', path: 'conversations/{id}/items/{item}', handle: removeItem },
];

const MOST_ITEMS = 20;

function storeOf({ engine, project }: FoundryCall): Conversations {
  return conversationsOf(engine, project);
}

function conversationOf(call: FoundryCall): Conversation {
  return storeOf(call).require(call.names['id'] ?? '');
}

function create(call: FoundryCall): Reply {
  const body = call.request.body.length === 0 ? {} : requireOpenAiShape(CREATE_CONVERSATION, readBody(call));
  requireMetadata(objectAt(body, 'metadata'));
  requireFew(arrayAt(body, 'items').length);
  const items = toItems(call.engine, arrayAt(body, 'items'), 'items');
  const conversation = storeOf(call).create(objectAt(body, 'metadata'));
  storeOf(call).append(conversation.id, items);
  return json(200, showConversation(conversation));
}

function requireFew(count: number): void {
  if (count > MOST_ITEMS)
    throw new FoundryError(400, 'invalid_value', `At most ${MOST_ITEMS} items can be added at once.`, 'items');
}

function update(call: FoundryCall): Reply {
  const conversation = conversationOf(call);
  const { metadata } = requireOpenAiShape(UPDATE_CONVERSATION, readBody(call));
  const changed = { ...conversation, metadata: objectAt({ metadata: metadata ?? {} }, 'metadata') };
  requireMetadata(changed.metadata);
  storeOf(call).save(changed);
  return json(200, showConversation(changed));
}

function remove(call: FoundryCall): Reply {
  const { id } = conversationOf(call);
  storeOf(call).remove(id);
  return json(200, { id, object: 'conversation.deleted', deleted: true });
}

function addItems(call: FoundryCall): Reply {
  const { id } = conversationOf(call);
  const body = requireOpenAiShape(CREATE_ITEMS, readBody(call));
  requireFew(arrayAt(body, 'items').length);
  const items = toItems(call.engine, arrayAt(body, 'items'), 'items');
  storeOf(call).append(id, items);
  const ids = items.map((item) => textAt(item, 'id') ?? null);
  return json(200, {
    object: 'list',
    data: items,
    first_id: ids[0] ?? null,
    last_id: ids.at(-1) ?? null,
    has_more: false,
  });
}

function listItems(call: FoundryCall): Reply {
  const { id } = conversationOf(call);
  const items = storeOf(call).items(id);
  return cursorPage(
    call.request,
    items.map((body) => ({ id: textAt(body, 'id') ?? '', body })),
  );
}

function getItem(call: FoundryCall): Reply {
  const { id } = conversationOf(call);
  const found = storeOf(call)
    .items(id)
    .find((item) => item['id'] === call.names['item']);
  if (found) return json(200, found);
  throw new FoundryError(404, 'not_found', `Item with id '${call.names['item'] ?? ''}' not found.`);
}

function removeItem(call: FoundryCall): Reply {
  const conversation = conversationOf(call);
  if (storeOf(call).removeItem(conversation.id, call.names['item'] ?? ''))
    return json(200, showConversation(conversation));
  throw new FoundryError(404, 'not_found', `Item with id '${call.names['item'] ?? ''}' not found.`);
}
