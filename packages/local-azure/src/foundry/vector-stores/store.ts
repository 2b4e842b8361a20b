import type { Engine } from '../../arm/contract.ts';
import type { Json, JsonObject } from '../../engine/json.ts';
import type { Resource } from '../../engine/resources.ts';
import { FoundryError } from '../shared/foundry-error.ts';
import { epoch, projectCollection } from '../shared/project-documents.ts';

/** A vector store; times are milliseconds of the clock. */
export interface VectorStore {
  readonly id: string;
  readonly created: number;
  readonly lastActive: number;
  readonly name: string | null;
  readonly metadata: JsonObject;
  /** `{anchor: "last_active_at", days}` */
  readonly expiresAfter: JsonObject | undefined;
  readonly files: readonly VectorStoreFile[];
}

export interface VectorStoreFile {
  readonly id: string;
  readonly created: number;
  readonly bytes: number;
  readonly attributes: JsonObject;
  readonly chunking: JsonObject;
}

export function vectorStores(project: Pick<Resource, 'id'>): ReturnType<typeof projectCollection<VectorStore>> {
  return projectCollection(project, 'vector-stores');
}

/** 404 when there is none. */
export function requireVectorStore({ documents }: Engine, project: Resource, id: string): VectorStore {
  const found = vectorStores(project).get(documents, id);
  if (found) return found;
  throw new FoundryError(404, 'not_found', `Vector store with id '${id}' not found.`);
}

const DAY = 24 * 3_600_000;

function expiry({ expiresAfter, lastActive }: VectorStore): number | undefined {
  const days = expiresAfter?.['days'];
  return typeof days === 'number' ? lastActive + days * DAY : undefined;
}

export function isExpired({ clock }: Engine, store: VectorStore): boolean {
  const expires = expiry(store);
  return expires !== undefined && expires <= clock.now();
}

export function showVectorStore(engine: Engine, store: VectorStore): Json {
  const expires = expiry(store);
  const count = store.files.length;
  return {
    id: store.id,
    object: 'vector_store',
    created_at: epoch(store.created),
    name: store.name,
    usage_bytes: store.files.reduce((sum, { bytes }) => sum + bytes, 0),
    file_counts: { in_progress: 0, completed: count, failed: 0, cancelled: 0, total: count },
    status: isExpired(engine, store) ? 'expired' : 'completed',
    expires_after: store.expiresAfter ?? null,
    expires_at: expires === undefined ? null : epoch(expires),
    last_active_at: epoch(store.lastActive),
    metadata: store.metadata,
  };
}

export function showStoreFile(store: VectorStore, file: VectorStoreFile): Json {
  return {
    id: file.id,
    object: 'vector_store.file',
    created_at: epoch(file.created),
    usage_bytes: file.bytes,
    vector_store_id: store.id,
    status: 'completed',
    last_error: null,
    chunking_strategy: file.chunking,
    attributes: file.attributes,
  };
}
