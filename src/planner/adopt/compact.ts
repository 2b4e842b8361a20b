import { equal, isArray, isObject, member, type Json, type JsonObject } from '../../model/json.ts';
import { regionId } from '../../model/region.ts';
import { memberSchema, type SpecSchema } from '../../model/schema.ts';
import { isEmpty, normalise } from '../normalise.ts';

/**
 * A spec without what it would mean anyway: values that equal the schema's default, empty values and values that mean the
 * same as nothing. What is required, and what tells items of a set apart, stays.
 */
export function compactSpec(spec: JsonObject, schema: SpecSchema): JsonObject {
  return compactObject(spec, schema, []);
}

function compactObject(object: JsonObject, schema: SpecSchema | undefined, keys: readonly string[]): JsonObject {
  if (!schema?.properties) return compactMap(object, schema);
  const needed = new Set([...(schema.required ?? []), ...keys]);
  const members = Object.entries(object).flatMap(([name, value]): [string, Json][] => {
    const field = schema.properties?.[name];
    if (!field) return value === null ? [] : [[name, value]];
    const inner = compactValue(value, field);
    if (needed.has(name)) return [[name, inner]];
    return isImplied(value, inner, field) ? [] : [[name, inner]];
  });
  return { ...emptyLists(object, schema), ...absentValues(object, schema), ...Object.fromEntries(members) };
}

/** What a missing value means in Azure, where leaving it out here would mean the default. */
function absentValues(object: JsonObject, { properties = {} }: SpecSchema): JsonObject {
  const missing = Object.entries(properties).flatMap(([name, field]): [string, Json][] => {
    const absent = field['x-absent'];
    const differs = absent !== undefined && field.default !== undefined && !same(absent, field.default, field);
    return differs && (member(object, name) ?? null) === null ? [[name, absent]] : [];
  });
  return Object.fromEntries(missing);
}

/** Azure leaves empty lists out; where the schema wants one it is written. */
function emptyLists(object: JsonObject, { required = [], properties = {} }: SpecSchema): JsonObject {
  const missing = required.filter((name) => properties[name]?.type === 'array' && isEmpty(member(object, name)));
  return Object.fromEntries(missing.map((name) => [name, []]));
}

function compactMap(object: JsonObject, schema: SpecSchema | undefined): JsonObject {
  const members = Object.entries(object).flatMap(([name, value]): [string, Json][] =>
    value === null ? [] : [[name, compactValue(value, schema && memberSchema(schema, name))]],
  );
  return Object.fromEntries(members);
}

function compactValue(value: Json, schema: SpecSchema | undefined): Json {
  if (typeof value === 'string')
    return schema?.['x-compare'] === 'location' ? regionId(value) : asChoice(value, schema);
  if (isArray(value)) {
    const keys = (schema?.['x-key'] ?? '').split(' ');
    return value.map((item) =>
      isObject(item) ? compactObject(item, schema?.items, keys) : compactValue(item, schema?.items),
    );
  }
  // Where everything below is declared, every member counts.
  return isObject(value) && schema?.['x-closed'] !== true ? compactObject(value, schema, []) : value;
}

/** Azure does not keep the case of what is one of a list. */
function asChoice(value: string, schema: SpecSchema | undefined): string {
  const same = (one: Json): boolean => typeof one === 'string' && one.toLowerCase() === value.toLowerCase();
  const known = schema?.enum?.find(same);
  return typeof known === 'string' ? known : value;
}

/** True when the field can be left out. */
function isImplied(value: Json, inner: Json, field: SpecSchema): boolean {
  if (field.default !== undefined) return same(filled(value, field), filled(field.default, field), field);
  if (isEmpty(value) || isEmpty(inner)) return true;
  const absent = field['x-absent'];
  return absent !== undefined && same(value, absent, field);
}

function same(a: Json, b: Json, schema: SpecSchema): boolean {
  return (isEmpty(a) && isEmpty(b)) || equal(normalised(a, schema), normalised(b, schema));
}

function normalised(value: Json, schema: SpecSchema | undefined): Json {
  if (isArray(value)) {
    const items = value.map((item) => normalised(item, schema?.items));
    return schema?.['x-key'] === '.'
      ? items.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
      : items;
  }
  if (!isObject(value)) return normalise(value, schema);
  const members = Object.entries(value).map(([name, item]): [string, Json] => [
    name,
    normalised(item, schema && memberSchema(schema, name)),
  ]);
  return Object.fromEntries(members.filter(([, item]) => !isEmpty(item)));
}

/** The value with the defaults of its members, as loading fills them in. */
function filled(value: Json, schema: SpecSchema): Json {
  if (!isObject(value)) return value;
  const defaults = Object.entries(schema.properties ?? {}).flatMap(([name, field]): [string, Json][] => {
    const own = member(value, name) ?? field.default;
    return own === undefined ? [] : [[name, filled(own, field)]];
  });
  return { ...value, ...Object.fromEntries(defaults) };
}
