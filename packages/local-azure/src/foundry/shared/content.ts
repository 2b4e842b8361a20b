import type { Engine } from '../../arm/contract.ts';
import type { Resource } from '../../engine/resources.ts';
import { projectCollection } from './project-documents.ts';

/** Bytes at rest, in base64, apart from what describes them so that lists stay small. */
export interface StoredBytes {
  readonly base64: string;
}

/** Bytes as documents hold them. */
export function toStored(bytes: Uint8Array): StoredBytes {
  return { base64: Buffer.from(bytes).toString('base64') };
}

export function fromStored({ base64 }: StoredBytes): Buffer {
  return Buffer.from(base64, 'base64');
}

/** Contents of a project's files, by file id. */
export function fileContents(project: Pick<Resource, 'id'>): ReturnType<typeof projectCollection<StoredBytes>> {
  return projectCollection(project, 'file-contents');
}

/** The content of a file; undefined when there is none. */
export function fileBytes({ documents }: Engine, project: Pick<Resource, 'id'>, id: string): Buffer | undefined {
  const found = fileContents(project).get(documents, id);
  return found ? fromStored(found) : undefined;
}
