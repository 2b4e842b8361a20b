import { collectionOf } from '../engine/documents.ts';
import type { Engine } from './contract.ts';
import type { OperationError } from './type-rules.ts';
import type { StoredResource } from '../engine/resources.ts';

/** A deleted resource that can still be brought back. */
export interface DeletedResource {
  readonly resource: StoredResource;
  /** Milliseconds of the clock. */
  readonly deleted: number;
  readonly purged: number;
}

const deletedResources = collectionOf<DeletedResource>('deleted-resources');

/** Removes a resource and everything below it, children first. Types with soft delete leave a mark, as of the time `at`. */
export function removeResource(engine: Engine, resource: StoredResource, at: number): void {
  const all = [resource, ...engine.resources.descendants(resource.id)];
  for (const each of all.toReversed()) removeOne(engine, each, at);
}

/** Ends a DELETE as the type of the resource does. Returns why it cannot be. */
export function remove(engine: Engine, resource: StoredResource, at: number): OperationError | undefined {
  const own = engine.registry.type(resource.type)?.definition.remove;
  if (own) return own(engine, resource, at);
  removeResource(engine, resource, at);
  return undefined;
}

function removeOne(engine: Engine, resource: StoredResource, at: number): void {
  const type = engine.registry.type(resource.type)?.definition;
  if (type?.softDelete) {
    const { retention } = type.softDelete;
    const purged = at + (typeof retention === 'number' ? retention : retention(resource));
    const mark: DeletedResource = { resource, deleted: at, purged };
    deletedResources.put(engine.documents, resource.id, mark);
  }
  engine.resources.delete(resource.id);
  type?.afterDelete?.(engine, resource);
}

/** Undefined when it was never deleted, was restored or purged, or its time is over. */
export function findDeleted(engine: Engine, id: string): DeletedResource | undefined {
  const found = deletedResources.get(engine.documents, id);
  return found && found.purged > engine.clock.now() ? found : undefined;
}

export function listDeleted(engine: Engine, type: string, subscription: string): DeletedResource[] {
  return deletedResources
    .list(engine.documents)
    .filter(
      ({ resource, purged }) =>
        resource.type === type && resource.subscription === subscription && purged > engine.clock.now(),
    );
}

export function forgetDeleted(engine: Engine, id: string): void {
  deletedResources.delete(engine.documents, id);
}
