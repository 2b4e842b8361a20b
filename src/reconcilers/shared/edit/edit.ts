import { equal, isArray, isObject, member, type Json, type JsonObject } from '../../../model/json.ts';
import { isSecretReference } from '../../../model/manifest.ts';
import { partners, type ListKeys } from './lists.ts';

export interface EditRules {
  readonly lists: ListKeys;
  /** Body pointers, with `*` for items, that a removed field takes away as a whole. */
  readonly removed: ReadonlySet<string>;
  /** Body pointers of what Azure never returns, so that the declared value is sent whenever the rest is. */
  readonly writeOnly: ReadonlySet<string>;
  /** The whole resource is sent: declared secrets that live does not tell go along. */
  readonly whole: boolean;
}

/** One place of a body. `before` and `after`: what the manifest makes of it without and with the planned changes. */
export interface Edited {
  readonly live: Json | undefined;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/**
 * The live value with exactly the difference between `before` and `after` made; undefined where nothing is left. What is
 * the same in both stays as it is in Azure, also where Azure has nothing. `path` has `*` for items of lists.
 */
export function edit(place: Edited, rules: EditRules, path = ''): Json | undefined {
  const { live, before, after } = place;
  if (rules.writeOnly.has(path)) return after ?? live;
  if (after === undefined) return before === undefined ? live : taken(live, before, rules.removed.has(path));
  if (isSecretReference(after)) {
    const isKept = equal(before, after) && (live !== undefined || !rules.whole);
    return isKept ? live : after;
  }
  if (isObject(after)) return editMembers(place, rules, path);
  if (equal(before, after) && !hasSecrets(after)) return live;
  if (isArray(after) && isArray(live)) return editItems(place, rules, path);
  return equal(before, after) ? live : after;
}

/** What is left of a live value when its declared members are gone. */
function taken(live: Json | undefined, before: Json, whole: boolean): Json | undefined {
  if (whole || !isObject(live) || !isObject(before)) return undefined;
  const rest = Object.entries(live).flatMap(([key, value]): [string, Json][] => {
    const declared = member(before, key);
    const left = declared === undefined ? value : taken(value, declared, false);
    return left === undefined ? [] : [[key, left]];
  });
  return rest.length === 0 ? undefined : Object.fromEntries(rest);
}

function editMembers({ live, before, after }: Edited, rules: EditRules, path: string): Json | undefined {
  const now = isObject(live) ? live : undefined;
  const [was, will] = [respelled(before, now, path), respelled(after, now, path)];
  if (now === undefined && !equal(before, after)) return after;
  const names = [...new Set([...Object.keys(now ?? {}), ...Object.keys(was), ...Object.keys(will)])];
  const members = names.flatMap((name): [string, Json][] => {
    const place = { live: member(now, name), before: member(was, name), after: member(will, name) };
    const value = edit(place, rules, `${path}/${name}`);
    return value === undefined ? [] : [[name, value]];
  });
  return members.length === 0 && now === undefined ? live : Object.fromEntries(members);
}

/** Maps whose keys Azure compares without regard to case: those of the live map are kept. */
const CASELESS = /^\/tags$|^\/identity\/userAssignedIdentities$|\/metadata$/;

export function respelled(map: Json | undefined, live: JsonObject | undefined, path: string): JsonObject {
  if (!isObject(map)) return {};
  if (!CASELESS.test(path)) return map;
  const spelled = new Map(Object.keys(live ?? {}).map((key) => [key.toLowerCase(), key]));
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [spelled.get(key.toLowerCase()) ?? key, value]));
}

function editItems({ live, before, after }: Edited, rules: EditRules, path: string): Json {
  const now = isArray(live) ? live : [];
  const was = isArray(before) ? before : [];
  const will = isArray(after) ? after : [];
  const key = rules.lists.get(path);
  const places = placesOf(now, was, key);
  const wereAt = partners(will, was, key);
  const taken = new Set<number>();
  const at = wereAt.map((index) => (index === undefined ? undefined : places[index]));
  for (const index of at) if (index !== undefined) taken.add(index);
  const free = now.flatMap((_, index) => (taken.has(index) || places.includes(index) ? [] : [index]));
  const loose = partners(
    will.filter((_, index) => at[index] === undefined),
    free.map((index) => now[index] ?? null),
    key ?? [],
  );
  let next = 0;
  const items = will.map((item, index) => {
    let place = at[index];
    if (place === undefined) {
      const found = loose[next];
      next += 1;
      place = found === undefined ? undefined : free[found];
    }
    const from = wereAt[index];
    const value = edit(
      {
        live: place === undefined ? undefined : now[place],
        before: from === undefined ? undefined : was[from],
        after: item,
      },
      rules,
      `${path}/*`,
    );
    return { place, value: value ?? item };
  });
  return withOthers(items, now, new Set([...places, ...items.map(({ place }) => place)]));
}

/** Where the items that the manifest knows of are in the live list. As many are left over on both sides: by place. */
function placesOf(now: readonly Json[], was: readonly Json[], key: EditKey): (number | undefined)[] {
  const found = partners(was, now, key);
  if (key !== undefined) return found;
  const left = now.flatMap((_, index) => (found.includes(index) ? [] : [index]));
  const open = found.filter((index) => index === undefined).length;
  let next = 0;
  return left.length === open ? found.map((index) => index ?? left[next++]) : found;
}

type EditKey = Parameters<typeof partners>[2];

/** The items with those of the live list that nothing is declared about, each behind the one that it follows there. */
function withOthers(
  items: readonly { readonly place: number | undefined; readonly value: Json }[],
  now: readonly Json[],
  known: ReadonlySet<number | undefined>,
): Json[] {
  const result = [...items];
  for (const [index, value] of now.entries()) {
    if (known.has(index)) continue;
    const before = result.findLastIndex(({ place }) => place !== undefined && place < index);
    result.splice(before + 1, 0, { place: index, value });
  }
  return result.map(({ value }) => value);
}

function hasSecrets(value: Json): boolean {
  if (isSecretReference(value)) return true;
  if (isArray(value)) return value.some(hasSecrets);
  return isObject(value) && Object.values(value).some(hasSecrets);
}
