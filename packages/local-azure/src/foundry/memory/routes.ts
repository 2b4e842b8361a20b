import { member, objectAt, textAt, type JsonObject } from '../../engine/json.ts';
import type { Resource } from '../../engine/resources.ts';
import { json, type Reply } from '../../http/reply.ts';
import { compileObject } from '../../shape/notation.ts';
import { readBody, requireShape } from '../shared/body.ts';
import { FoundryError, invalid, missing } from '../shared/foundry-error.ts';
import { requireMetadata } from '../shared/metadata.ts';
import { requireDeployment } from '../models/deployment.ts';
import { cursorPage } from '../shared/paging.ts';
import { epoch, projectCollection } from '../shared/project-documents.ts';
import type { FoundryCall, Route } from '../shared/route.ts';

const preview = 'MemoryStores=V1Preview';

/** Memory stores (preview). Their memories are not imitated. */
export const MEMORY_ROUTES: readonly Route[] = [
  { method: 'GET', path: 'memory_stores', preview, handle: list },
  { method: 'POST', path: 'memory_stores', preview, handle: create },
  { method: 'GET', path: 'memory_stores/{name}', preview, handle: (call) => json(200, show(requireStore(call))) },
  { method: 'POST', path: 'memory_stores/{name}', preview, handle: update },
  { method: 'DELETE', path: 'memory_stores/{name}', preview, handle: remove },
];

interface MemoryStore {
  readonly id: string;
  readonly name: string;
  readonly created: number;
  readonly updated: number;
  readonly description: string | undefined;
  readonly metadata: JsonObject;
  readonly definition: JsonObject;
}

const CREATE = compileObject({
  'name!': 'string',
  description: 'string',
  metadata: { '*': 'string' },
  'definition!': {
    'kind!': 'default',
    'chat_model!': 'string',
    'embedding_model!': 'string',
    options: {
      user_profile_enabled: 'boolean = true',
      user_profile_details: 'string',
      chat_summary_enabled: 'boolean = true',
      procedural_memory_enabled: 'boolean',
      default_ttl_seconds: 'integer(0..)',
    },
  },
});

const UPDATE = compileObject({ description: 'string', metadata: { '*': 'string' } });

function stores(project: Resource): ReturnType<typeof projectCollection<MemoryStore>> {
  return projectCollection(project, 'memory-stores');
}

function requireStore({ engine, project, names }: FoundryCall): MemoryStore {
  const found = stores(project).get(engine.documents, names['name'] ?? '');
  if (found) return found;
  throw missing(`Memory store ${names['name'] ?? ''}`);
}

function show({ id, name, created, updated, description, metadata, definition }: MemoryStore): JsonObject {
  return {
    object: 'memory_store',
    id,
    name,
    created_at: epoch(created),
    updated_at: epoch(updated),
    ...(description === undefined ? {} : { description }),
    metadata,
    definition,
  };
}

function list({ engine, project, request }: FoundryCall): Reply {
  return cursorPage(
    request,
    stores(project)
      .list(engine.documents)
      .map((store) => ({ id: store.id, body: show(store) })),
  );
}

const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}$/u;

/** 200, as the service answers. */
function create(call: FoundryCall): Reply {
  const { engine, project, account } = call;
  const body = requireShape(CREATE, readBody(call));
  const name = textAt(body, 'name') ?? '';
  if (!NAME.test(name)) throw invalid(`The name '${name}' is invalid`, 'name');
  requireMetadata(objectAt(body, 'metadata'));
  if (stores(project).get(engine.documents, name))
    throw new FoundryError(409, 'conflict', `Memory store ${name} already exists`);
  for (const key of ['chat_model', 'embedding_model'])
    requireDeployment(engine, account, textAt(body, `definition.${key}`) ?? '');
  const now = engine.clock.now();
  const definition = objectAt(body, 'definition');
  const store: MemoryStore = {
    id: `memstore_${engine.ids.hex(32)}`,
    name,
    created: now,
    updated: now,
    description: textAt(body, 'description'),
    metadata: objectAt(body, 'metadata'),
    definition: { options: { user_profile_enabled: true, chat_summary_enabled: true }, ...definition },
  };
  stores(project).put(engine.documents, name, store);
  return json(200, show(store));
}

/** The definition never changes. */
function update(call: FoundryCall): Reply {
  const store = requireStore(call);
  const body = requireShape(UPDATE, readBody(call));
  requireMetadata(objectAt(body, 'metadata'));
  const changed = {
    ...store,
    description: textAt(body, 'description') ?? store.description,
    metadata: member(body, 'metadata') === undefined ? store.metadata : objectAt(body, 'metadata'),
    updated: call.engine.clock.now(),
  };
  stores(call.project).put(call.engine.documents, store.name, changed);
  return json(200, show(changed));
}

function remove(call: FoundryCall): Reply {
  const { name } = requireStore(call);
  stores(call.project).delete(call.engine.documents, name);
  return json(200, { object: 'memory_store.deleted', name, deleted: true });
}
