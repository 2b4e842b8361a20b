import {
  isArray,
  isObject,
  member,
  pointer,
  valueAt,
  withValueAt,
  type Json,
  type JsonObject,
  type Pointer,
} from '../../model/json.ts';
import { notKnown } from '../../model/diagnostic.ts';
import type { Site } from '../../model/kind.ts';
import { isValueFrom } from '../../model/manifest.ts';
import { isResourceId, nameOf, resourceId, type ResourceId } from '../../model/resource-id.ts';
import { isWord, itemLabel, memberSchema, type SpecSchema } from '../../model/schema.ts';

/**
 * Between a manifest's spec and an ARM body, by what the schema says: a field is found below `/properties` under its own
 * name, or where its `x-arm` points; inside lists pointers start at the item. References become ids, names or outputs.
 */

/** The body that declares exactly the fields of `spec`. Secrets must have been filled in before. */
export function toBody(spec: JsonObject, schema: SpecSchema, site: Site): JsonObject {
  return objectToBody(spec, schema, '/properties', {}, site);
}

function objectToBody(spec: JsonObject, schema: SpecSchema, base: Pointer, body: JsonObject, site: Site): JsonObject {
  return Object.entries(spec).reduce((result, [name, value]) => {
    const field = memberSchema(schema, name);
    const target = targetOf(field, base, name);
    if (target === undefined) return result;
    if (isObject(value) && field?.properties && !isValueFrom(value))
      return objectToBody(value, field, target, ensured(result, target, value), site);
    const sent = valueToArm(value, field, site);
    return sent === undefined ? result : (withValueAt(result, target, sent) as JsonObject);
  }, body);
}

/** Keeps a declared empty mapping visible in the body. */
function ensured(body: JsonObject, target: Pointer, value: JsonObject): JsonObject {
  return Object.keys(value).length === 0 ? (withValueAt(body, target, {}) as JsonObject) : body;
}

function targetOf(field: SpecSchema | undefined, base: Pointer, name: string): Pointer | undefined {
  const target = field?.['x-arm'];
  if (target === false || field?.['x-parent']) return undefined;
  return target === undefined ? pointer(base, name) : (target as Pointer);
}

/** One value as Azure takes it. */
export function valueToArm(value: Json, schema: SpecSchema | undefined, site: Site): Json | undefined {
  if (isValueFrom(value)) {
    const { kind, name, output } = value.valueFrom;
    throw notKnown(`${kind}/${name} has no output "${output}" although it was applied`);
  }
  if (isArray(value)) return value.map((item) => valueToArm(item, schema?.items, site) ?? null);
  if (isObject(value))
    return schema?.properties ? objectToBody(value, schema, '', {}, site) : mapMembers(value, schema, site);
  return schema?.['x-ref'] === undefined || typeof value !== 'string' ? value : referenceToArm(value, schema, site);
}

function mapMembers(value: JsonObject, schema: SpecSchema | undefined, site: Site): JsonObject {
  const inner = (name: string): SpecSchema | undefined => schema && memberSchema(schema, name);
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, valueToArm(item, inner(name), site) ?? null]),
  );
}

/** The resource that a reference field names; undefined for the id of something outside of the environment. */
export function referenced(value: string, schema: SpecSchema | undefined): ResourceId | undefined {
  if (value.startsWith('/') || isWord(value, schema)) return undefined;
  const kind = schema?.['x-ref'];
  return typeof kind === 'string' && kind !== '*' && !isResourceId(value)
    ? resourceId(kind, value)
    : (value as ResourceId);
}

function referenceToArm(value: string, schema: SpecSchema, site: Site): Json | undefined {
  const id = referenced(value, schema);
  if (id === undefined) return value;
  if (schema['x-ref-optional'] && site.azureNameOf(id) === undefined) return value;
  const form = schema['x-ref-to'] ?? 'id';
  const found = form === 'id' ? site.pathOf(id) : form === 'name' ? site.azureNameOf(id) : site.outputOf(id, form);
  if (found === undefined) throw notKnown(`${id} is not known yet although it was applied`);
  return found;
}

/**
 * What a live body says in the spec's own fields. `desired` helps to name what Azure only knows by value: where the
 * declared reference stands for the live value it is kept, else the live value is shown as it is.
 */
export function fromBody(body: JsonObject, schema: SpecSchema, site: Site): JsonObject {
  return objectFromBody(body, schema, '/properties', site.spec as JsonObject, site);
}

function objectFromBody(
  body: Json,
  schema: SpecSchema,
  base: Pointer,
  desired: Json | undefined,
  site: Site,
): JsonObject {
  const members = Object.entries(schema.properties ?? {}).flatMap(([name, field]): [string, Json][] => {
    const target = targetOf(field, base, name);
    if (target === undefined || field['x-secret'] || field['x-part'] !== undefined) return [];
    const wanted = member(desired, name);
    if (field.properties && field.additionalProperties === false) {
      const inner = objectFromBody(body, field, target, wanted, site);
      return Object.keys(inner).length > 0 ? [[name, inner]] : [];
    }
    const live = valueAt(body, target);
    return live === undefined || live === null ? [] : [[name, valueFromArm(live, field, wanted, site)]];
  });
  return Object.fromEntries(members);
}

/** One live value as a manifest would write it. */
export function valueFromArm(live: Json, schema: SpecSchema | undefined, desired: Json | undefined, site: Site): Json {
  if (isArray(live))
    return live.map((item, index) => valueFromArm(item, schema?.items, sameItem(item, index, desired, schema), site));
  if (isObject(live)) {
    if (schema?.properties && schema.additionalProperties === false)
      return objectFromBody(live, schema, '', desired, site);
    const inner = (name: string): SpecSchema | undefined => schema && memberSchema(schema, name);
    return Object.fromEntries(
      Object.entries(live).map(([name, item]) => [name, valueFromArm(item, inner(name), member(desired, name), site)]),
    );
  }
  return schema?.['x-ref'] === undefined || typeof live !== 'string'
    ? live
    : referenceFromArm(live, schema, desired, site);
}

/** The declared item that a live one stands for: the one of the same key, or in a sequence the one at its place. */
function sameItem(
  item: Json,
  index: number,
  desired: Json | undefined,
  schema: SpecSchema | undefined,
): Json | undefined {
  const key = schema?.['x-key'];
  if (!isArray(desired) || key === '.') return undefined;
  if (key === undefined) return desired[index];
  return desired.find((one) => itemLabel(one, key) === itemLabel(item, key));
}

function referenceFromArm(live: string, schema: SpecSchema, desired: Json | undefined, site: Site): string {
  const form = schema['x-ref-to'] ?? 'id';
  const found = form === 'id' ? site.resourceAt(live) : undefined;
  if (found !== undefined)
    return typeof schema['x-ref'] === 'string' && schema['x-ref'] !== '*' ? nameOf(found) : found;
  if (typeof desired !== 'string') return live;
  const id = referenced(desired, schema);
  const expected =
    id && (form === 'id' ? site.pathOf(id) : form === 'name' ? site.azureNameOf(id) : site.outputOf(id, form));
  return typeof expected === 'string' && expected.toLowerCase() === live.toLowerCase() ? desired : live;
}
