import { member, objectAt, textAt, textsAt, type JsonObject } from '../../engine/json.ts';
import { json, type Reply } from '../../http/reply.ts';
import { compileObject } from '../../shape/notation.ts';
import { readBody, requireOpenAiShape } from '../shared/body.ts';
import { FoundryError } from '../shared/foundry-error.ts';
import { requireFile } from '../files/store.ts';
import { requireMetadata } from '../shared/metadata.ts';
import { cursorPage } from '../shared/paging.ts';
import { newId } from '../shared/project-documents.ts';
import type { FoundryCall, Route } from '../shared/route.ts';
import { searchPassages } from './search.ts';
import {
  requireVectorStore,
  showStoreFile,
  showVectorStore,
  vectorStores,
  type VectorStore,
  type VectorStoreFile,
} from './store.ts';

const expiresAfter = { 'anchor!': 'last_active_at', 'days!': 'integer(1..365)' } as const;
const chunking = {
  'type!': 'auto|static',
  static: { max_chunk_size_tokens: 'integer', chunk_overlap_tokens: 'integer' },
} as const;

const CREATE = compileObject({
  name: 'string',
  description: 'string',
  file_ids: ['string'],
  metadata: { '*': 'string' },
  expires_after: expiresAfter,
  chunking_strategy: chunking,
});
const UPDATE = compileObject({ name: 'string', metadata: { '*': 'string' }, expires_after: expiresAfter });
const ADD = compileObject({ 'file_id!': 'string', attributes: 'object', chunking_strategy: chunking });
const SEARCH = compileObject({
  'query!': 'any',
  max_num_results: 'integer(1..50)',
  filters: 'any',
  ranking_options: 'object',
  rewrite_query: 'boolean',
});

/** Vector stores. Files are ready at once. */
export const VECTOR_STORE_ROUTES: readonly Route[] = [
  open('POST', 'vector_stores', create),
  open('GET', 'vector_stores', list),
  open('GET', 'vector_stores/{id}', (call) => reply(call, storeOf(call))),
  open('POST', 'vector_stores/{id}', update),
  open('DELETE', 'vector_stores/{id}', remove),
  open('POST', 'vector_stores/{id}/search', search),
  open('POST', 'vector_stores/{id}/files', addFile),
  open('GET', 'vector_stores/{id}/files', listFiles),
  open('GET', 'vector_stores/{id}/files/{file}', (call) => json(200, showStoreFile(storeOf(call), fileOf(call)))),
  open('DELETE', 'vector_stores/{id}/files/{file}', removeFile),
];

function open(method: string, path: string, handle: Route['handle']): Route {
  return { method, path: `openai/v1/${path}`, withoutApiVersion: true, handle };
}

function storeOf({ engine, project, names }: FoundryCall): VectorStore {
  return requireVectorStore(engine, project, names['id'] ?? '');
}

function fileOf(call: FoundryCall): VectorStoreFile {
  const id = call.names['file'] ?? '';
  const found = storeOf(call).files.find((file) => file.id === id);
  if (found) return found;
  throw new FoundryError(404, 'not_found', `No file found with id '${id}' in vector store '${storeOf(call).id}'.`);
}

function save(call: FoundryCall, store: VectorStore): VectorStore {
  const active = { ...store, lastActive: call.engine.clock.now() };
  vectorStores(call.project).put(call.engine.documents, active.id, active);
  return active;
}

function reply({ engine }: FoundryCall, store: VectorStore): Reply {
  return json(200, showVectorStore(engine, store));
}

function create(call: FoundryCall): Reply {
  const body = requireOpenAiShape(CREATE, readBody(call));
  requireMetadata(objectAt(body, 'metadata'));
  const now = call.engine.clock.now();
  const files = textsAt(body, 'file_ids').map((id) => toFile(call, id, body));
  const expires = member(body, 'expires_after');
  const store: VectorStore = {
    id: newId(call.engine, 'vs_').slice(0, 27),
    created: now,
    lastActive: now,
    name: textAt(body, 'name') ?? null,
    metadata: objectAt(body, 'metadata'),
    expiresAfter: expires === undefined ? undefined : objectAt(body, 'expires_after'),
    files,
  };
  return reply(call, save(call, store));
}

/** A file as an entry of a vector store, with the attributes and the chunking of the request. 404 when there is none. */
export function toFile(call: FoundryCall, id: string, body: JsonObject): VectorStoreFile {
  const { bytes } = requireFile(call.engine, call.project, id, 'file_id');
  const strategy = { type: 'static', static: { max_chunk_size_tokens: 800, chunk_overlap_tokens: 400 } };
  const wanted = objectAt(body, 'chunking_strategy');
  return {
    id,
    created: call.engine.clock.now(),
    bytes,
    attributes: objectAt(body, 'attributes'),
    chunking: wanted['type'] === 'static' ? wanted : strategy,
  };
}

function list(call: FoundryCall): Reply {
  const stores = vectorStores(call.project).list(call.engine.documents);
  return cursorPage(
    call.request,
    stores.map((store) => ({ id: store.id, body: showVectorStore(call.engine, store) })),
  );
}

function update(call: FoundryCall): Reply {
  const store = storeOf(call);
  const body = requireOpenAiShape(UPDATE, readBody(call));
  requireMetadata(objectAt(body, 'metadata'));
  const changed = {
    ...store,
    name: textAt(body, 'name') ?? store.name,
    metadata: member(body, 'metadata') === undefined ? store.metadata : objectAt(body, 'metadata'),
    expiresAfter: member(body, 'expires_after') === undefined ? store.expiresAfter : objectAt(body, 'expires_after'),
  };
  return reply(call, save(call, changed));
}

function remove(call: FoundryCall): Reply {
  const { id } = storeOf(call);
  vectorStores(call.project).delete(call.engine.documents, id);
  return json(200, { id, object: 'vector_store.deleted', deleted: true });
}

function addFile(call: FoundryCall): Reply {
  const store = storeOf(call);
  const body = requireOpenAiShape(ADD, readBody(call));
  const file = toFile(call, textAt(body, 'file_id') ?? '', body);
  const saved = save(call, { ...store, files: [...store.files.filter(({ id }) => id !== file.id), file] });
  return json(200, showStoreFile(saved, file));
}

function listFiles(call: FoundryCall): Reply {
  const store = storeOf(call);
  return cursorPage(
    call.request,
    store.files.map((file) => ({ id: file.id, body: showStoreFile(store, file) })),
  );
}

function removeFile(call: FoundryCall): Reply {
  const store = storeOf(call);
  const { id } = fileOf(call);
  save(call, { ...store, files: store.files.filter((file) => file.id !== id) });
  return json(200, { id, object: 'vector_store.file.deleted', deleted: true });
}

function search(call: FoundryCall): Reply {
  const store = storeOf(call);
  const body = requireOpenAiShape(SEARCH, readBody(call));
  const query = typeof body['query'] === 'string' ? body['query'] : textsAt(body, 'query').join(' ');
  const found = searchPassages(call.engine, call.project, store, query);
  return json(200, {
    object: 'vector_store.search_results.page',
    search_query: [query],
    data: found.slice(0, Number(body['max_num_results'] ?? 10)).map(({ passage, score }) => ({
      file_id: passage.source,
      filename: passage.name,
      score,
      attributes: store.files.find(({ id }) => id === passage.source)?.attributes ?? {},
      content: [{ type: 'text', text: passage.text }],
    })),
    has_more: false,
    next_page: null,
  });
}
