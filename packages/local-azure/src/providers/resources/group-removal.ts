import { ArmError } from '../../arm/arm-error.ts';
import { isTracked } from '../../arm/registry.ts';
import { removeResource } from '../../arm/removal.ts';
import type { Engine } from '../../arm/contract.ts';
import type { OperationError } from '../../arm/type-rules.ts';
import type { StoredResource } from '../../engine/resources.ts';

type Refusal = NonNullable<OperationError['details']>[number];

/**
 * The end of a resource group: every tracked resource in it is deleted, refused ones are retried as long as there is
 * progress. A resource that is still refused then keeps the group, and the DELETE ends with 409 (resource provider
 * contract; the code is unverified).
 */
export function removeGroup(engine: Engine, group: StoredResource, at: number): OperationError | undefined {
  const details = removeContents(engine, group, at);
  if (details.length > 0) return blocked(group, details);
  removeResource(engine, group, at);
  return undefined;
}

function removeContents(engine: Engine, group: StoredResource, at: number): Refusal[] {
  const contents = engine.resources.descendants(group.id).filter(({ type }) => isTrackedType(engine, type));
  const refusals = contents.flatMap(({ id }) => attempt(engine, id, at));
  return refusals.length === 0 || refusals.length === contents.length ? refusals : removeContents(engine, group, at);
}

function isTrackedType(engine: Engine, type: string): boolean {
  const found = engine.registry.type(type);
  return found !== undefined && isTracked(found.definition);
}

function attempt(engine: Engine, id: string, at: number): Refusal[] {
  const resource = engine.resources.get(id);
  if (!resource) return [];
  try {
    engine.registry.type(resource.type)?.definition.beforeDelete?.({ engine }, resource);
  } catch (error) {
    if (error instanceof ArmError) return [{ code: error.code, message: error.message, target: resource.id }];
    throw error;
  }
  removeResource(engine, resource, at);
  return [];
}

function blocked({ name }: StoredResource, details: readonly Refusal[]): OperationError {
  const ids = details.map(({ target }) => target).join(', ');
  const message = `Deletion of resource group '${name}' failed as resources with identifiers '${ids}' could not be deleted. The provisioning state of the resource group will be rolled back.`;
  return { code: 'ResourceGroupDeletionBlocked', message, details };
}
