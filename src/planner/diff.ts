import {
  equal,
  isArray,
  isObject,
  isWithin,
  member,
  pointer,
  type Json,
  type JsonObject,
  type Pointer,
} from '../model/json.ts';
import { isSecretReference, isValueFrom } from '../model/manifest.ts';
import type { FieldChange, FieldClass } from '../model/plan.ts';
import { itemLabel, memberSchema, type SpecSchema } from '../model/schema.ts';
import { isEmpty, normalise } from './normalise.ts';

/** How one resource differs from what is declared. */
export interface Difference {
  readonly fields: readonly FieldChange[];
  /** Changed fields that Azure cannot change in place. */
  readonly immutable: readonly Pointer[];
  /** Declared fields that cannot be compared: secrets and what Azure never returns. */
  readonly unchecked: readonly Pointer[];
}

export interface DiffRequest {
  readonly schema: SpecSchema;
  /** What Git declares. Only its fields are compared. */
  readonly desired: JsonObject;
  readonly live: JsonObject;
  /** What Git declared at the last applied commit, where that is known. */
  readonly base: JsonObject | undefined;
  /** Secrets count as changed. */
  readonly rotate?: boolean;
}

/** Compares declared fields with live ones. Fields that only Azure has are none of our business. */
export function diffSpec({ schema, desired, live, base, rotate = false }: DiffRequest): Difference {
  const found: Found = { fields: [], immutable: [], unchecked: [] };
  compareMembers(
    {
      schema,
      desired,
      live,
      base,
      path: '',
      label: '',
      immutable: false,
      based: base !== undefined,
      rotate,
      whole: false,
      closed: false,
    },
    found,
  );
  return found;
}

/** True when a change of `field` is a change of, or below, one of `paths`. */
export function touches(field: Pointer, paths: readonly Pointer[]): boolean {
  return paths.some((path) => isWithin(field, path));
}

interface Found {
  readonly fields: FieldChange[];
  readonly immutable: Pointer[];
  readonly unchecked: Pointer[];
}

/** One value on all sides. `based`: there is a base at all, even where it has no such value. */
interface Place {
  readonly schema: SpecSchema | undefined;
  readonly desired: Json | undefined;
  readonly live: Json | undefined;
  readonly base: Json | undefined;
  readonly path: Pointer;
  readonly label: string;
  readonly immutable: boolean;
  readonly based: boolean;
  /** Secrets are written again although nothing says that they changed. */
  readonly rotate: boolean;
  /** The base declared everything here, so what it does not have was not to be there. */
  readonly whole: boolean;
  /** Everything below is declared, so what only live has is a difference. */
  readonly closed: boolean;
}

function compare(place: Place, found: Found): void {
  const { schema, desired, path } = place;
  if (desired === undefined) return compareUndeclared(place, found);
  if (schema?.['x-secret'] === true || isSecretReference(desired)) {
    if (isNewSecret(place)) report(place, found);
    else found.unchecked.push(path);
    return;
  }
  if (isValueFrom(desired)) return report(place, found, { unknown: true });
  if (isObject(desired) && isObject(place.live ?? {})) return compareMembers(place, found);
  if (isArray(desired) && isArray(place.live ?? [])) return compareLists(place, found);
  // A live value of another shape than the declared mapping or list.
  if (isObject(desired) || isArray(desired)) {
    if (!isEmpty(desired) || !isEmpty(place.live)) report(place, found);
  } else if (!same(desired, place.live, schema)) report(place, found);
}

/**
 * Values of secrets are not compared; what can be seen is that Git refers to another one than when the resource was applied
 * last, or to another version of it, or that somebody asks for it to be written again.
 */
function isNewSecret({ desired, base, based, rotate }: Place): boolean {
  if (rotate) return true;
  return based && isSecretReference(desired) && (base === undefined || !equal(base, desired));
}

/** A field that Git no longer declares goes back only when Git declared it before and nobody else changed it since. */
function compareUndeclared(place: Place, found: Found): void {
  if (place.base === undefined || isEmpty(place.live)) return;
  if (same(place.base, place.live, place.schema)) report(place, found);
}

function compareMembers(place: Place, found: Found): void {
  const { schema, desired, live, base, path, label } = place;
  const closedMap = place.closed || (typeof schema?.additionalProperties === 'object' && schema['x-open'] !== true);
  const names = new Set([...keysOf(desired), ...keysOf(base), ...(closedMap ? keysOf(live) : [])]);
  const caseless = schema?.['x-compare'] === 'tags';
  for (const name of names) {
    const inner = innerSchema(schema, name);
    const place_: Place = {
      schema: inner,
      desired: memberOf(desired, name, caseless),
      live: memberOf(live, name, caseless),
      base: memberOf(base, name, caseless),
      path: pointer(path, name),
      label: label === '' ? name : `${label}.${name}`,
      immutable: place.immutable || isImmutable(inner, memberOf(live, name, caseless)),
      based: place.based,
      rotate: place.rotate,
      whole: base === undefined ? place.whole : isObject(base) && closedMap,
      closed: place.closed || inner?.['x-closed'] === true,
    };
    if (closedMap && place_.desired === undefined && saysSomething(place_)) report(place_, found);
    else compare(place_, found);
  }
}

/** The schema of a member; below a free value, what its name alone tells. */
function innerSchema(schema: SpecSchema | undefined, name: string): SpecSchema | undefined {
  const declared = schema && memberSchema(schema, name);
  if (declared !== undefined || schema?.['x-compare'] !== 'free') return declared;
  return REGION.test(name) ? { 'x-compare': 'location' } : FREE;
}

/** Items of a list, which are as free as the list. */
function itemsSchema(schema: SpecSchema | undefined): SpecSchema | undefined {
  return schema?.items ?? (schema?.['x-compare'] === 'free' ? FREE : undefined);
}

const FREE: SpecSchema = { 'x-compare': 'free' };

/** `location`, `locationName`, `targetRegion`. */
const REGION = /(^l|L)ocation(Name)?$|(^r|R)egion(Name)?$/;

/** A live value that is not just Azure's way of saying that nothing was set. */
function saysSomething({ live, schema }: Place): boolean {
  return !isEmpty(live) && !equal(live, schema?.['x-absent']);
}

function keysOf(value: Json | undefined): string[] {
  return isObject(value) ? Object.keys(value) : [];
}

function memberOf(value: Json | undefined, name: string, caseless: boolean): Json | undefined {
  if (!caseless || !isObject(value)) return member(value, name);
  const key = Object.keys(value).find((one) => one.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : member(value, key);
}

function isImmutable(schema: SpecSchema | undefined, live: Json | undefined): boolean {
  const flag = schema?.['x-immutable'];
  return flag === true || (flag === 'once-set' && !isEmpty(live));
}

function compareLists(place: Place, found: Found): void {
  const key = place.schema?.['x-key'];
  const desired = isArray(place.desired) ? place.desired : [];
  const absent = place.schema?.['x-absent'];
  const live = isArray(place.live) ? place.live : isArray(absent) ? absent : [];
  if (key === undefined) {
    compareSequences(place, desired, live, found);
  } else if (key === '.') {
    const items = itemsSchema(place.schema);
    if (!sameItems(sorted(desired, items), sorted(live, items), items, place.closed)) report(place, found);
  } else {
    compareSets(place, desired, live, key, found);
  }
}

function sorted(items: readonly Json[], schema: SpecSchema | undefined): Json[] {
  return items.toSorted((a, b) =>
    JSON.stringify(normalise(a, schema)) < JSON.stringify(normalise(b, schema)) ? -1 : 1,
  );
}

/** Lists whose order counts: item by item where both have mappings, else as a whole. */
function compareSequences(place: Place, desired: readonly Json[], live: readonly Json[], found: Found): void {
  const items = itemsSchema(place.schema);
  if (desired.length !== live.length || ![...desired, ...live].every(isObject)) {
    if (!sameItems(desired, live, items, place.closed)) report(place, found);
    return;
  }
  const whole = isArray(place.base) || place.whole;
  for (const [index, item] of desired.entries()) {
    const base = isArray(place.base) ? place.base[index] : undefined;
    const label = `${place.label}[${index}]`;
    compare(
      {
        ...place,
        schema: items,
        desired: item,
        live: live[index],
        base,
        whole,
        path: pointer(place.path, index),
        label,
      },
      found,
    );
  }
}

function compareSets(place: Place, desired: readonly Json[], live: readonly Json[], key: string, found: Found): void {
  const names = key.split(' ');
  const keyOf = (item: Json): string =>
    JSON.stringify(
      names.map((name) => normalise(member(item, name) ?? null, memberSchema(place.schema?.items ?? {}, name))),
    );
  const liveByKey = new Map(live.map((item) => [keyOf(item), item]));
  const baseByKey = new Map((isArray(place.base) ? place.base : []).map((item) => [keyOf(item), item]));
  const declared = new Set(desired.map(keyOf));
  const labelled = (item: Json): string => `${place.label}[${itemLabel(item, key)}]`;
  for (const [index, item] of desired.entries()) {
    const inner: Place = {
      ...place,
      schema: place.schema?.items,
      desired: item,
      live: liveByKey.get(keyOf(item)),
      base: baseByKey.get(keyOf(item)),
      whole: isArray(place.base) || place.whole,
      path: pointer(place.path, index),
      label: labelled(item),
    };
    if (inner.live === undefined) report(inner, found);
    else compare(inner, found);
  }
  for (const item of live) {
    if (declared.has(keyOf(item)) || isUnasked(item, place.schema)) continue;
    report(
      { ...place, desired: undefined, live: item, base: baseByKey.get(keyOf(item)), label: labelled(item) },
      found,
    );
  }
}

/** True for an item that Azure adds by itself, so that nobody has to declare it. */
function isUnasked(item: Json, schema: SpecSchema | undefined): boolean {
  const unasked = schema?.['x-unasked'];
  return unasked !== undefined && same(unasked, item, schema?.items);
}

function sameItems(a: readonly Json[], b: readonly Json[], schema: SpecSchema | undefined, closed: boolean): boolean {
  return a.length === b.length && a.every((item, index) => same(item, b[index], schema, closed));
}

/** Equal in meaning: a declared value against a live one, members that only live has left out. */
function same(desired: Json, live: Json | undefined, schema: SpecSchema | undefined, closed = false): boolean {
  // An empty list is something that was said, unlike an empty text.
  const actual = isEmpty(live) && !isArray(live) ? (schema?.['x-absent'] ?? live) : live;
  if (isEmpty(desired) && isEmpty(actual)) return true;
  if (actual === undefined) return false;
  if (isObject(desired) || isArray(desired)) {
    const found: Found = { fields: [], immutable: [], unchecked: [] };
    compare(
      {
        schema,
        desired,
        live: actual,
        base: undefined,
        path: '',
        label: '',
        immutable: false,
        based: false,
        rotate: false,
        whole: false,
        closed,
      },
      found,
    );
    return found.fields.length === 0;
  }
  return equal(normalise(desired, schema), normalise(actual, schema));
}

function report(place: Place, found: Found, extra: Pick<FieldChange, 'unknown'> = {}): void {
  const { desired, live, path, schema } = place;
  const secret = schema?.['x-secret'] === true || isSecretReference(desired);
  found.fields.push({
    field: path,
    label: place.label,
    ...(live === undefined || secret ? {} : { before: live }),
    ...(desired === undefined || secret ? {} : { after: desired }),
    // Git declares the same reference; what it refers to is what changes.
    class: extra.unknown || secret ? 'pending' : classOf(place),
    ...(secret ? { sensitive: true as const } : {}),
    ...extra,
  });
  if (place.immutable) found.immutable.push(path);
}

function classOf({ desired, live, base, schema, based, whole }: Place): FieldClass {
  if (!based) return 'pending';
  if (sameOrBothMissing(base, desired, schema)) return 'drift';
  // Nobody declared it before, so what live has is a default of Azure, or nobody's business until now.
  if (base === undefined && !whole) return 'pending';
  return sameOrBothMissing(base, live, schema) ? 'pending' : 'conflict';
}

function sameOrBothMissing(a: Json | undefined, b: Json | undefined, schema: SpecSchema | undefined): boolean {
  if (a === undefined || b === undefined) return isEmpty(a) && isEmpty(b);
  return same(a, b, schema) && same(b, a, schema);
}
