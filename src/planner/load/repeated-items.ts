import { isArray, isObject, member, pointer, type Json, type JsonObject, type Pointer } from '../../model/json.ts';
import { itemLabel, memberSchema, type SpecSchema } from '../../model/schema.ts';

export interface RepeatedItem {
  readonly field: Pointer;
  /** What tells items of this list apart, as people read it, such as `KEY`. */
  readonly label: string;
}

/**
 * Items of a set (`x-key`) that cannot be told from an earlier one. Azure refuses most of them, at times only once it runs (two
 * environment variables of one name break a container's revision), and no difference could be told for them.
 */
export function findRepeatedItems(spec: JsonObject, schema: SpecSchema): RepeatedItem[] {
  return inValue(spec, schema, '');
}

function inValue(value: Json, schema: SpecSchema | undefined, path: Pointer): RepeatedItem[] {
  if (!schema) return [];
  if (isArray(value)) {
    const inside = value.flatMap((item, index) => inValue(item, schema.items, pointer(path, index)));
    return [...repeated(value, schema['x-key'], path), ...inside];
  }
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, one]) => inValue(one, memberSchema(schema, name), pointer(path, name)));
}

function repeated(items: readonly Json[], key: string | undefined, path: Pointer): RepeatedItem[] {
  if (key === undefined || key === '.') return [];
  const names = key.split(' ');
  const seen = new Set<string>();
  return items.flatMap((item, index) => {
    if (names.every((name) => member(item, name) === undefined)) return [];
    const label = itemLabel(item, key);
    if (!seen.has(label)) {
      seen.add(label);
      return [];
    }
    return [{ field: pointer(path, index), label }];
  });
}
