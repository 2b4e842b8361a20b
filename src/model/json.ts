/** Any value that JSON can hold. Plans, specs and Azure bodies are made of nothing else. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

/** RFC 6901 pointer, the one way to name a field: `''` is the whole value, `/a/0` its first element below `a`. */
export type Pointer = '' | `/${string}`;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isArray(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

/** Joins unescaped segments to a pointer below `base`. */
export function pointer(base: Pointer, ...segments: readonly (string | number)[]): Pointer {
  return segments.reduce<Pointer>(
    (path, segment) => `${path}/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`,
    base,
  );
}

/** The unescaped segments of a pointer. */
export function segmentsOf(path: Pointer): string[] {
  return path === ''
    ? []
    : path
        .slice(1)
        .split('/')
        .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** True when `path` is `ancestor` or lies below it. */
export function isWithin(path: Pointer, ancestor: Pointer): boolean {
  return path === ancestor || ancestor === '' || path.startsWith(`${ancestor}/`);
}

/** The own property `key` of an object; prototype members such as `constructor` are never found. */
export function member(value: Json | undefined, key: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** A member that is text; empty text where it is missing or something else. */
export function textOf(value: Json | undefined, key: string): string {
  const found = member(value, key);
  return typeof found === 'string' ? found : '';
}

/** The value at `path`, or undefined where any step is missing. */
export function valueAt(value: Json | undefined, path: Pointer): Json | undefined {
  return segmentsOf(path).reduce<Json | undefined>(
    (current, segment) => (isArray(current) ? current[Number(segment)] : member(current, segment)),
    value,
  );
}

/** The text at `path`; empty where there is none. */
export function textAt(value: Json | undefined, path: Pointer): string {
  const found = valueAt(value, path);
  return typeof found === 'string' ? found : '';
}

/** A copy of `value` with `replacement` at `path`; missing objects on the way are created, undefined removes the member. */
export function withValueAt(value: Json | undefined, path: Pointer, replacement: Json | undefined): Json {
  const [first, ...rest] = segmentsOf(path);
  if (first === undefined) return replacement ?? null;
  if (isArray(value)) {
    return value.map((item, index) =>
      String(index) === first ? withValueAt(item, pointer('', ...rest), replacement) : item,
    );
  }
  const object = isObject(value) ? value : {};
  if (rest.length === 0 && replacement === undefined) return without(object, first);
  const inner =
    rest.length === 0 ? (replacement ?? null) : withValueAt(member(object, first), pointer('', ...rest), replacement);
  return { ...object, [first]: inner };
}

/** A copy of `object` without `keys`. */
export function without(object: JsonObject, ...keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}

/** Equality of values; the order of object members does not matter. */
export function equal(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (isArray(a) && isArray(b)) return a.length === b.length && a.every((item, index) => equal(item, b[index]));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key]));
}

/** One spelling per value: members sorted, no white space. What digests and fingerprints are taken of. */
export function canonicalJson(value: Json): string {
  if (isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .toSorted()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`);
  return `{${members.join(',')}}`;
}

/** RFC 7386 merge patch: objects merge, null removes, everything else replaces. Builds new objects, never assigns a key. */
export function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const base = isObject(target) ? target : {};
  const kept = Object.entries(base).filter(([key]) => !Object.hasOwn(patch, key));
  const changed = Object.entries(patch)
    .filter(([, value]) => value !== null)
    .map(([key, value]): [string, Json] => [key, mergePatch(member(base, key), value)]);
  const order = new Map([...kept, ...changed]);
  const original = Object.keys(base).filter((key) => order.has(key));
  const keys = [...original, ...[...order.keys()].filter((key) => !original.includes(key))];
  return Object.fromEntries(keys.map((key) => [key, order.get(key) ?? null]));
}

/** Calls `visit` for every value below and including `value`; returning false stops the descent. */
export function walk(value: Json, visit: (value: Json, path: Pointer) => boolean | void, path: Pointer = ''): void {
  if (visit(value, path) === false) return;
  if (isArray(value)) value.forEach((item, index) => walk(item, visit, pointer(path, index)));
  else if (isObject(value)) for (const [key, item] of Object.entries(value)) walk(item, visit, pointer(path, key));
}

/** Rebuilds `value` bottom-up; `change` sees each value after its members were rebuilt. */
export function mapValues(value: Json, change: (value: Json, path: Pointer) => Json, path: Pointer = ''): Json {
  if (isArray(value))
    return change(
      value.map((item, index) => mapValues(item, change, pointer(path, index))),
      path,
    );
  if (!isObject(value)) return change(value, path);
  const members = Object.entries(value).map(([key, item]): [string, Json] => [
    key,
    mapValues(item, change, pointer(path, key)),
  ]);
  return change(Object.fromEntries(members), path);
}
