import { collectionOf, type Collection } from '../../engine/documents.ts';
import type { Engine } from '../../arm/contract.ts';
import { sameText } from '../../engine/json.ts';
import { fromStored, toStored, type StoredBytes } from '../shared/content.ts';
import type { LeaseRecord } from './lease-state.ts';

/** A blob without its content. Times are milliseconds of the clock. */
export interface Blob {
  readonly name: string;
  readonly size: number;
  readonly created: number;
  readonly modified: number;
  readonly etag: string;
  readonly type: string;
  readonly md5: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Block blobs of one container. */
export interface BlobContainer {
  find(name: string): Blob | undefined;
  content(name: string): Buffer;
  /** In the order of their names. */
  list(): Blob[];
  put(blob: Blob, content: Uint8Array): void;
  remove(name: string): void;
  /** Blocks that were sent and not yet committed. */
  stage(name: string, block: string, content: Uint8Array): void;
  /** The content of a staged block. */
  staged(name: string, block: string): Buffer | undefined;
  /** Forgets the staged blocks of a blob. */
  unstage(name: string): void;
  /** The lease that was last taken on a blob, also when it is over. */
  lease(name: string): LeaseRecord | undefined;
  setLease(name: string, lease: LeaseRecord | undefined): void;
}

const containers: Collection<{ readonly name: string }> = collectionOf('blob-containers');

/** Names of blobs and blocks are case-sensitive, keys of documents are not. */
function keyOf(name: string): string {
  return Buffer.from(name).toString('hex');
}

export function createContainer({ documents }: Engine, account: string, name: string): void {
  containers.put(documents, `${account}/${name}`, { name });
}

/** Containers of the resource manager have separate contents for each time they were created. */
function placeOf(engine: Engine, account: string, name: string): string | undefined {
  if (containers.get(engine.documents, `${account}/${name}`)) return `${account}/${name}`;
  const type = 'Microsoft.Storage/storageAccounts/blobServices/containers';
  const managed = engine.resources
    .list({ type })
    .find(({ id, name: own }) => own === name && sameText(id.split('/')[8] ?? '', account));
  return managed && `${account}/${name}/${managed.sequence}`;
}

/** A container of an upload or of a storage account's blob service; undefined when there is none. */
export function findContainer(engine: Engine, account: string, name: string): BlobContainer | undefined {
  const { documents } = engine;
  const place = placeOf(engine, account, name);
  if (place === undefined) return undefined;
  const leases: Collection<LeaseRecord> = collectionOf(`blob-leases/${place}`);
  const blobs: Collection<Blob> = collectionOf(`blobs/${place}`);
  const contents: Collection<StoredBytes> = collectionOf(`blob-contents/${place}`);
  const blocksOf = (blob: string): Collection<StoredBytes> => collectionOf(`blob-blocks/${place}/${keyOf(blob)}/`);
  return {
    find: (blob) => blobs.get(documents, keyOf(blob)),
    content: (blob) => {
      const found = contents.get(documents, keyOf(blob));
      return found ? fromStored(found) : Buffer.alloc(0);
    },
    list: () => blobs.list(documents).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    put: (blob, content) => {
      blobs.put(documents, keyOf(blob.name), blob);
      contents.put(documents, keyOf(blob.name), toStored(content));
    },
    remove: (blob) => {
      blobs.delete(documents, keyOf(blob));
      leases.delete(documents, keyOf(blob));
      contents.delete(documents, keyOf(blob));
    },
    stage: (blob, block, content) => blocksOf(blob).put(documents, keyOf(block), toStored(content)),
    staged: (blob, block) => {
      const found = blocksOf(blob).get(documents, keyOf(block));
      return found ? fromStored(found) : undefined;
    },
    unstage: (blob) => documents.deleteAll(`blob-blocks/${place}/${keyOf(blob)}/`),
    lease: (blob) => leases.get(documents, keyOf(blob)),
    setLease: (blob, lease) => {
      if (lease) leases.put(documents, keyOf(blob), lease);
      else leases.delete(documents, keyOf(blob));
    },
  };
}
