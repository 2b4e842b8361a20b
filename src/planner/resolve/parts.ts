import {
  isArray,
  isObject,
  member,
  pointer,
  without,
  type Json,
  type JsonObject,
  type Pointer,
} from '../../model/json.ts';
import type { KindDefinition } from '../../model/kind.ts';
import type { PositionOf } from '../../model/diagnostic.ts';
import type { ResourceId } from '../../model/resource-id.ts';
import { inlineSchema } from '../../model/schema.ts';

/** A part of a resource that Azure keeps as a resource of its own. */
export interface Part {
  readonly id: ResourceId;
  readonly definition: KindDefinition;
  readonly name: string;
  readonly spec: JsonObject;
  readonly positionOf: PositionOf;
}

/**
 * Takes the parts (`x-part` in the schema) out of a spec. A list gives one part per item, named by its `name`; a mapping
 * gives one part, named like its field.
 */
export function splitParts(
  id: ResourceId,
  spec: JsonObject,
  definition: KindDefinition,
  positionOf: PositionOf,
): { own: JsonObject; parts: Part[] } {
  const properties = inlineSchema(definition.schema).properties ?? {};
  const isPart = (name: string): boolean => properties[name]?.['x-part'] !== undefined;
  const own = Object.fromEntries(Object.entries(spec).filter(([name]) => !isPart(name)));
  const parts = Object.entries(spec)
    .filter(([name]) => isPart(name))
    .flatMap(([name, value]) => partsOf(id, name, value, definition.parts[name], positionOf));
  return { own, parts };
}

function partsOf(
  owner: ResourceId,
  field: string,
  value: Json,
  definition: KindDefinition | undefined,
  positionOf: PositionOf,
): Part[] {
  if (!definition) return [];
  const part = (spec: JsonObject, id: ResourceId, name: string, base: Pointer): Part => {
    return { id, definition, name, spec, positionOf: (path, line) => positionOf(`${base}${path}`, line) };
  };
  if (isObject(value)) return [part(value, `${owner}/${field}`, field, pointer('', field))];
  if (!isArray(value)) return [];
  return value.flatMap((item, index): Part[] => {
    const name = member(item, 'name');
    if (!isObject(item) || typeof name !== 'string') return [];
    return [part(without(item, 'name'), `${owner}/${field}/${name}`, name, pointer('', field, index))];
  });
}
