import type { Engine } from './contract.ts';
import { textAt, withValue } from '../engine/json.ts';
import type { Resource } from '../engine/resources.ts';
import type { ObjectNode } from '../shape/notation.ts';

const PATH = 'properties.provisioningState';

/** True when the bodies of a type have `properties.provisioningState`. */
function reportsState(shape: ObjectNode): boolean {
  const properties = shape.members.get('properties')?.node;
  return properties?.kind === 'members' && properties.members.has('provisioningstate');
}

export function stateOf({ readOnly }: Resource): string | undefined {
  return textAt(readOnly, PATH);
}

/** A resource of another state; the same one when its type does not report any. */
export function inState<T extends Resource>(resource: T, shape: ObjectNode, state: string): T {
  return reportsState(shape) ? { ...resource, readOnly: withValue(resource.readOnly, PATH, state) } : resource;
}

export function setState(engine: Engine, resource: Resource, state: string): void {
  const shape = engine.registry.type(resource.type)?.shape;
  if (shape && reportsState(shape)) engine.resources.put(inState(resource, shape, state));
}
