import type { Engine } from '../../arm/contract.ts';
import { textAt, type Json, type JsonObject } from '../../engine/json.ts';
import type { Resource } from '../../engine/resources.ts';
import { FoundryError } from '../shared/foundry-error.ts';
import { deleteCollections, epoch, newId, projectCollection } from '../shared/project-documents.ts';

export interface Conversation {
  readonly id: string;
  /** Milliseconds of the clock. */
  readonly created: number;
  readonly metadata: JsonObject;
}

/** The conversations of a project; an item stays in the order in which it came. */
export interface Conversations {
  create(metadata: JsonObject): Conversation;
  /** 404 when there is none. */
  require(id: string): Conversation;
  save(conversation: Conversation): void;
  remove(id: string): void;
  items(id: string): JsonObject[];
  append(id: string, items: readonly JsonObject[]): void;
  removeItem(id: string, item: string): boolean;
}

export function conversationsOf(engine: Engine, project: Resource): Conversations {
  const { documents } = engine;
  const all = projectCollection<Conversation>(project, 'conversations');
  const itemsOf = (id: string): ReturnType<typeof projectCollection<JsonObject>> =>
    projectCollection(project, `conversations/${id}/items`);
  return {
    create: (metadata) => {
      const conversation = { id: newId(engine, 'conv_'), created: engine.clock.now(), metadata };
      all.put(documents, conversation.id, conversation);
      return conversation;
    },
    require: (id) => {
      const found = all.get(documents, id);
      if (found) return found;
      throw new FoundryError(404, 'not_found', `Conversation with id '${id}' not found.`, 'conversation');
    },
    save: (conversation) => all.put(documents, conversation.id, conversation),
    remove: (id) => {
      all.delete(documents, id);
      deleteCollections(engine, project, `conversations/${id}/`);
    },
    items: (id) => itemsOf(id).list(documents),
    append: (id, items) => {
      for (const item of items) itemsOf(id).put(documents, textAt(item, 'id') ?? newId(engine, 'item_'), item);
    },
    removeItem: (id, item) => itemsOf(id).delete(documents, item),
  };
}

export function showConversation({ id, created, metadata }: Conversation): Json {
  return { id, object: 'conversation', created_at: epoch(created), metadata };
}
