import {
  equal,
  isArray,
  isObject,
  mapValues,
  member,
  pointer,
  valueAt,
  withValueAt,
  type Json,
  type JsonObject,
  type Pointer,
} from '../../../model/json.ts';
import type { FieldChange } from '../../../model/plan.ts';
import { memberSchema, type SpecSchema } from '../../../model/schema.ts';
import { partners } from './lists.ts';

/** Member of what stands for an item that has to leave its list after every index was used. */
const LEAVING = '\u0000leaves';

/**
 * The declared spec with the planned changes taken back: what the manifest would say if nothing had to change. Fields
 * that the plan does not list are the same on both sides, so that nothing of them reaches a request.
 */
export function undone(desired: JsonObject, fields: readonly FieldChange[]): JsonObject {
  const before = fields.reduce<JsonObject>((spec, change) => takenBack(spec, desired, change), desired);
  return cleared(before);
}

function cleared(spec: Json): JsonObject {
  return mapValues(spec, (value) => (isArray(value) ? value.filter((item) => !isLeaving(item)) : value)) as JsonObject;
}

function isLeaving(value: Json): boolean {
  return isObject(value) && Object.keys(value).join() === LEAVING;
}

function takenBack(spec: JsonObject, desired: JsonObject, { field, before, after }: FieldChange): JsonObject {
  const declared = valueAt(desired, field);
  // An item that goes is told by the path of its list.
  if (isArray(declared) && after === undefined && before !== undefined) {
    const list = valueAt(spec, field);
    return withValueAt(spec, field, [...(isArray(list) ? list : []), before]) as JsonObject;
  }
  if (declared === undefined) return withValueAt(spec, field, before ?? '') as JsonObject;
  if (before !== undefined) return withValueAt(spec, field, before) as JsonObject;
  const isItem = isArray(valueAt(desired, parentOf(field)));
  return withValueAt(spec, field, isItem ? { [LEAVING]: true } : undefined) as JsonObject;
}

function parentOf(field: FieldChange['field']): FieldChange['field'] {
  return field.slice(0, field.lastIndexOf('/')) as FieldChange['field'];
}

/** Fields that Git no longer declares at all; an item gone from a list is not one. */
export function removedFields(desired: JsonObject, fields: readonly FieldChange[]): Pointer[] {
  return fields.map(({ field }) => field).filter((field) => valueAt(desired, field) === undefined);
}

/**
 * What a live spec says of the declared fields, for writes that no plan describes: a resource that was just restored, or
 * a revision that has to be like the manifest. Items of lists that are not declared count as declared and gone.
 * `fields`: removed ones among them count as declared too.
 */
export function declaredOf(
  live: JsonObject,
  desired: JsonObject,
  schema: SpecSchema,
  fields: readonly FieldChange[] = [],
): JsonObject {
  const known = projected(live, desired, schema);
  const gone = new Set(removedFields(desired, fields));
  const before = fields
    .filter(({ field }) => gone.has(field))
    .reduce<Json>((spec, change) => withValueAt(spec, change.field, change.before ?? ''), known ?? {});
  return cleared(before);
}

/** With the items of lists in the order of the manifest, so that pointers into it hold. */
function projected(live: Json | undefined, desired: Json, schema: SpecSchema | undefined): Json | undefined {
  if (isArray(desired) && isArray(live)) return projectedItems(live, desired, schema);
  if (!isObject(desired) || !isObject(live)) return live;
  const members = Object.entries(desired).flatMap(([name, value]): [string, Json][] => {
    const found = projected(member(live, name), value, schema && memberSchema(schema, name));
    return found === undefined ? [] : [[name, found]];
  });
  return Object.fromEntries(members);
}

function projectedItems(live: readonly Json[], desired: readonly Json[], schema: SpecSchema | undefined): Json[] {
  const key = schema?.['x-key'];
  if (key === '.' || !desired.every(isObject)) return [...live];
  const names = key?.split(' ').map((name) => pointer('', name));
  const found = partners(desired, live, names);
  const declared = desired.map((item, index): Json => {
    const place = found[index];
    return (place === undefined ? undefined : projected(live[place], item, schema?.items)) ?? { [LEAVING]: true };
  });
  return [...declared, ...live.filter((_, index) => !found.includes(index))];
}

/** The declared fields in which a live spec differs, for writes that no plan describes. */
export function differences(desired: JsonObject, live: JsonObject, schema: SpecSchema): FieldChange[] {
  const known = declaredOf(live, desired, schema);
  return Object.entries(desired).flatMap(([name, after]): FieldChange[] => {
    const before = member(known, name);
    if (equal(before, after)) return [];
    return [
      { field: pointer('', name), label: name, ...(before === undefined ? {} : { before }), after, class: 'pending' },
    ];
  });
}
