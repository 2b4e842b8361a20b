import { textsAt, type Json } from '../../engine/json.ts';
import { json, type Reply } from '../../http/reply.ts';
import { compileObject } from '../../shape/notation.ts';
import { readBody, requireOpenAiShape } from '../shared/body.ts';
import { FoundryError } from '../shared/foundry-error.ts';
import { cursorPage } from '../shared/paging.ts';
import { epoch, newId, projectCollection } from '../shared/project-documents.ts';
import type { FoundryCall, Route } from '../shared/route.ts';
import { toFile } from './routes.ts';
import { requireVectorStore, showStoreFile, vectorStores } from './store.ts';

const BATCHES = 'openai/v1/vector_stores/{id}/file_batches';

/** Files that are added to a vector store together. They are ready at once. */
export const FILE_BATCH_ROUTES: readonly Route[] = [
  { method: 'POST', path: BATCHES, withoutApiVersion: true, handle: createBatch },
  {
    method: 'GET',
    path: `${BATCHES}/{batch}`,
    withoutApiVersion: true,
    handle: (call) => json(200, show(batchOf(call))),
  },
  { method: 'GET', path: `${BATCHES}/{batch}/files`, withoutApiVersion: true, handle: listFiles },
];

interface FileBatch {
  readonly id: string;
  readonly created: number;
  readonly store: string;
  readonly files: readonly string[];
}

const CREATE = compileObject({ 'file_ids!': ['string'], attributes: 'object', chunking_strategy: 'object' });

function batches({ project }: FoundryCall): ReturnType<typeof projectCollection<FileBatch>> {
  return projectCollection(project, 'vector-store-file-batches');
}

function batchOf(call: FoundryCall): FileBatch {
  const id = call.names['batch'] ?? '';
  const found = batches(call).get(call.engine.documents, id);
  if (found && found.store === call.names['id']) return found;
  throw new FoundryError(404, 'not_found', `No file batch found with id '${id}'.`);
}

function show({ id, created, store, files }: FileBatch): Json {
  const count = files.length;
  return {
    id,
    object: 'vector_store.files_batch',
    created_at: epoch(created),
    vector_store_id: store,
    status: 'completed',
    file_counts: { in_progress: 0, completed: count, failed: 0, cancelled: 0, total: count },
  };
}

function createBatch(call: FoundryCall): Reply {
  const { engine, project, names } = call;
  const store = requireVectorStore(engine, project, names['id'] ?? '');
  const body = requireOpenAiShape(CREATE, readBody(call));
  const ids = textsAt(body, 'file_ids');
  const now = engine.clock.now();
  const added = ids.map((id) => toFile(call, id, body));
  const files = [...store.files.filter(({ id }) => !ids.includes(id)), ...added];
  vectorStores(project).put(engine.documents, store.id, { ...store, files, lastActive: now });
  const batch = { id: newId(engine, 'vsfb_').slice(0, 29), created: now, store: store.id, files: ids };
  batches(call).put(engine.documents, batch.id, batch);
  return json(200, show(batch));
}

function listFiles(call: FoundryCall): Reply {
  const batch = batchOf(call);
  const store = requireVectorStore(call.engine, call.project, batch.store);
  const files = store.files.filter(({ id }) => batch.files.includes(id));
  return cursorPage(
    call.request,
    files.map((file) => ({ id: file.id, body: showStoreFile(store, file) })),
  );
}
