import type { Engine } from '../../arm/contract.ts';
import type { Json } from '../../engine/json.ts';
import type { Resource } from '../../engine/resources.ts';
import { fileContents, toStored } from '../shared/content.ts';
import { FoundryError } from '../shared/foundry-error.ts';
import { epoch, newId, projectCollection } from '../shared/project-documents.ts';

/** A file without its content. */
export interface StoredFile {
  readonly id: string;
  readonly bytes: number;
  /** Milliseconds of the clock. */
  readonly created: number;
  readonly expires: number | undefined;
  readonly filename: string;
  readonly purpose: string;
}

export function fileCollection(project: Pick<Resource, 'id'>): ReturnType<typeof projectCollection<StoredFile>> {
  return projectCollection(project, 'files');
}

/** Keeps a file and returns what describes it. */
export function saveFile(
  engine: Engine,
  project: Resource,
  content: Uint8Array,
  { filename, purpose, expiresAfter }: { filename: string; purpose: string; expiresAfter?: number | undefined },
): StoredFile {
  const created = engine.clock.now();
  const file: StoredFile = {
    id: newId(engine, 'file-').slice(0, 37),
    bytes: content.length,
    created,
    expires: expiresAfter === undefined ? undefined : created + expiresAfter * 1000,
    filename,
    purpose,
  };
  fileCollection(project).put(engine.documents, file.id, file);
  fileContents(project).put(engine.documents, file.id, toStored(content));
  return file;
}

/** 404 when there is none, or when it has expired. */
export function requireFile({ documents, clock }: Engine, project: Resource, id: string, param?: string): StoredFile {
  const found = fileCollection(project).get(documents, id);
  if (found && (found.expires === undefined || found.expires > clock.now())) return found;
  throw new FoundryError(404, 'not_found', `No such File object: ${id}`, param ?? 'id');
}

export function removeFile({ documents }: Engine, project: Resource, id: string): void {
  fileCollection(project).delete(documents, id);
  fileContents(project).delete(documents, id);
}

export function showFile({ id, bytes, created, expires, filename, purpose }: StoredFile): Json {
  return {
    id,
    object: 'file',
    bytes,
    created_at: epoch(created),
    ...(expires === undefined ? {} : { expires_at: epoch(expires) }),
    filename,
    purpose,
    status: 'processed',
  };
}
