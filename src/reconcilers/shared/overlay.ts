import {
  isArray,
  isObject,
  member,
  segmentsOf,
  without,
  type Json,
  type JsonObject,
  type Pointer,
} from '../../model/json.ts';

/** Members that Azure sets on every resource and that no request carries. */
const ENVELOPE = ['id', 'type', 'name', 'etag', 'systemData'];

/**
 * The body of an update: the live body with every declared field set, so that what others manage stays. Lists of named
 * things are matched by name; in a matched item only members that no declaration knows are kept.
 */
export function overlay(live: Json | undefined, declared: Json): Json {
  if (isArray(declared)) return isArray(live) ? declared.map((item) => overlayItem(live, item)) : declared;
  if (!isObject(declared) || !isObject(live)) return declared;
  const merged = Object.entries(declared).map(([key, value]): [string, Json] => [
    key,
    overlay(member(live, key), value),
  ]);
  return { ...live, ...Object.fromEntries(merged) };
}

function overlayItem(live: readonly Json[], item: Json): Json {
  const name = member(item, 'name');
  const same = typeof name === 'string' ? live.find((one) => member(one, 'name') === name) : undefined;
  return isObject(same) && isObject(item) && Object.values(item).some(isObject)
    ? { ...scalarless(same), ...(overlay(scalarless(same), item) as JsonObject) }
    : item;
}

/** Lists and mappings of an item; its plain members are all declared or gone. */
function scalarless(item: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(item).filter(([, value]) => isObject(value) || isArray(value)));
}

/** A live body without what Azure computes: the envelope, the state, and the kind's own read-only fields. */
export function writable(body: JsonObject, readOnly: readonly Pointer[]): JsonObject {
  const paths: Pointer[] = ['/properties/provisioningState', ...readOnly];
  return paths.reduce<Json>((rest, path) => dropped(rest, segmentsOf(path)), without(body, ...ENVELOPE)) as JsonObject;
}

/** Removes what is at a path; `*` stands for every member or item. */
function dropped(value: Json, [first, ...rest]: readonly string[]): Json {
  if (first === undefined) return value;
  if (isArray(value)) return first === '*' ? value.map((item) => dropped(item, rest)) : value;
  if (!isObject(value)) return value;
  const hit = (key: string): boolean => first === '*' || key === first;
  if (rest.length === 0) return Object.fromEntries(Object.entries(value).filter(([key]) => !hit(key)));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, hit(key) ? dropped(item, rest) : item]));
}
