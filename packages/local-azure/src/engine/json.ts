import { isDeepStrictEqual } from 'node:util';

/** Any value that JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isArray(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

/** The own property `key` of an object; members of the prototype are never found. */
export function member(value: Json | undefined, key: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The value at a dotted path such as `properties.model.name`; undefined where a step is missing. */
export function valueAt(value: Json | undefined, path: string): Json | undefined {
  return path.split('.').reduce<Json | undefined>((current, key) => member(current, key), value);
}

/** The string at a dotted path; undefined when there is none or it is of another type. */
export function textAt(value: Json | undefined, path: string): string | undefined {
  const found = valueAt(value, path);
  return typeof found === 'string' ? found : undefined;
}

/** The object at a dotted path; an empty one when there is none. */
export function objectAt(value: Json | undefined, path: string): JsonObject {
  const found = valueAt(value, path);
  return isObject(found) ? found : {};
}

/** The array at a dotted path; an empty one when there is none. */
export function arrayAt(value: Json | undefined, path: string): readonly Json[] {
  const found = valueAt(value, path);
  return isArray(found) ? found : [];
}

/** The strings in the array at a dotted path. */
export function textsAt(value: Json | undefined, path: string): string[] {
  return arrayAt(value, path).filter((item) => typeof item === 'string');
}

/** A copy with `replacement` at a dotted path; missing objects on the way are created, undefined removes the member. */
export function withValue(value: JsonObject, path: string, replacement: Json | undefined): JsonObject {
  const [key = '', ...rest] = path.split('.');
  const inner = rest.length === 0 ? replacement : withValue(objectAt(value, key), rest.join('.'), replacement);
  const others = Object.entries(value).filter(([name]) => name !== key);
  return Object.fromEntries(inner === undefined ? others : [...others, [key, inner]]);
}

/** `top` laid over `base`: objects merge member by member, arrays element by element, everything else is taken from `top`. */
function overlay(base: Json | undefined, top: Json | undefined): Json {
  if (top === undefined) return base ?? null;
  if (isObject(base) && isObject(top)) return overlayObjects(base, top);
  if (isArray(base) && isArray(top)) {
    return Array.from({ length: Math.max(base.length, top.length) }, (_, index) => overlay(base[index], top[index]));
  }
  return top;
}

export function overlayObjects(base: JsonObject, top: JsonObject): JsonObject {
  const merged = new Map<string, Json>(Object.entries(base));
  for (const [key, value] of Object.entries(top)) merged.set(key, overlay(merged.get(key), value));
  return Object.fromEntries(merged);
}

/** RFC 7386 JSON merge patch: objects merge, null removes, everything else replaces. */
export function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const merged = new Map<string, Json>(isObject(target) ? Object.entries(target) : []);
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key);
    else merged.set(key, mergePatch(merged.get(key), value));
  }
  return Object.fromEntries(merged);
}

export function equal(a: Json | undefined, b: Json | undefined): boolean {
  return isDeepStrictEqual(a, b);
}

/** A copy of an object without some of its members. */
export function without(value: JsonObject, ...keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}

/** A copy without members whose value is undefined, so that literals may hold optional members. */
export function defined(members: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(members).filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

export function sameText(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
