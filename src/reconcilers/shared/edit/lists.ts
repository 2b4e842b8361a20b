import { equal, isArray, isObject, valueAt, type Json, type Pointer } from '../../../model/json.ts';

/** Body pointers of lists, with `*` for every item, and the members of an item that identify it. */
export type ListKeys = ReadonlyMap<string, readonly Pointer[]>;

/** Equal to Azure: case, spaces and slashes at the end do not count. */
export function alike(a: Json | undefined, b: Json | undefined): boolean {
  return a === b || equal(loose(a ?? null), loose(b ?? null));
}

function loose(value: Json): Json {
  if (typeof value === 'string') return value.toLowerCase().replaceAll(/\s+/g, '').replace(/\/+$/, '');
  if (typeof value === 'number') return String(value);
  if (isArray(value)) return value.map(loose);
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key.toLowerCase(), loose(item)]))
    : value;
}

/** Every member of `part` is in `whole`; what only `whole` has does not count. */
function covers(whole: Json | undefined, part: Json): boolean {
  if (isObject(part))
    return (
      isObject(whole) &&
      Object.entries(part).every(([key, value]) => isBlank(value) || covers(memberOf(whole, key), value))
    );
  if (isArray(part))
    return isArray(whole) && whole.length === part.length && part.every((item, index) => covers(whole[index], item));
  return alike(whole, part);
}

function isBlank(value: Json): boolean {
  return value === null || value === '' || (isArray(value) && value.length === 0);
}

function memberOf(value: Json, name: string): Json | undefined {
  if (!isObject(value)) return undefined;
  const key = Object.hasOwn(value, name)
    ? name
    : Object.keys(value).find((one) => one.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : value[key];
}

/**
 * For each of `items` the index of the one in `others` that is the same thing; undefined where there is none. By the key
 * where there is one, by `name` where all have one, else by content; what is left over by place, where both lists have
 * the same length. No index is used twice.
 */
export function partners(
  items: readonly Json[],
  others: readonly Json[],
  key: readonly Pointer[] | undefined,
): (number | undefined)[] {
  const known = key ?? ([...items, ...others].every(hasName) ? NAME : undefined);
  const found: (number | undefined)[] = items.map(() => undefined);
  const used = new Set<number>();
  const pair = (isSame: (item: Json, other: Json) => boolean): void => {
    for (const [index, item] of items.entries()) {
      if (found[index] !== undefined) continue;
      const at = others.findIndex((other, place) => !used.has(place) && isSame(item, other));
      if (at < 0) continue;
      found[index] = at;
      used.add(at);
    }
  };
  for (const [index, item] of items.entries()) {
    if (index >= others.length || !equal(item, others[index])) continue;
    found[index] = index;
    used.add(index);
  }
  pair(equal);
  if (known) {
    pair((item, other) => hasKey(item, known) && known.every((one) => equal(valueAt(item, one), valueAt(other, one))));
    pair((item, other) => hasKey(item, known) && known.every((one) => alike(valueAt(item, one), valueAt(other, one))));
    if (key) return found;
  } else {
    pair(alike);
    pair((item, other) => isObject(item) && covers(other, item));
    pair((item, other) => isObject(other) && covers(item, other));
  }
  if (items.length !== others.length) return found;
  return found.map((at, index) => at ?? (used.has(index) ? undefined : index));
}

const NAME: readonly Pointer[] = ['/name'];

function hasName(item: Json): boolean {
  return isObject(item) && typeof item['name'] === 'string';
}

function hasKey(item: Json, key: readonly Pointer[]): boolean {
  return key.some((one) => valueAt(item, one) !== undefined);
}
