import {
  equal,
  isArray,
  isObject,
  member,
  pointer,
  type Json,
  type JsonObject,
  type Pointer,
} from '../../../model/json.ts';
import { isSecretReference } from '../../../model/manifest.ts';
import { respelled } from './edit.ts';
import { alike, partners, type ListKeys } from './lists.ts';

export interface GuardRules {
  /** Body pointers, with `*` for items of lists, that the planned fields stand for; everything below is allowed. */
  readonly allowed: readonly string[];
  readonly lists: ListKeys;
}

/**
 * Compares what a resource will be with what it is: pointers of everything that would go, change or come without being
 * in the plan. Empty when the request may be sent. It knows nothing of how the request was made.
 */
export function unplanned(live: JsonObject, wanted: JsonObject, rules: GuardRules): Pointer[] {
  return compare({ live, wanted, path: '', at: '' }, { ...rules, allowed: rules.allowed.map(lower) });
}

interface Spot {
  readonly live: Json | undefined;
  readonly wanted: Json | undefined;
  /** With `*` for items. */
  readonly path: string;
  /** With indexes of the live list. */
  readonly at: Pointer;
}

function lower(text: string): string {
  return text.toLowerCase();
}

function compare(spot: Spot, rules: GuardRules): Pointer[] {
  const { live, wanted, path, at } = spot;
  if (equal(live, wanted) || (isNothing(live) && isNothing(wanted)) || isAllowed(path, rules)) return [];
  if (live === undefined && isSecretReference(wanted)) return [];
  if (isObject(live) && isObject(wanted)) return compareMembers(live, wanted, spot, rules);
  if (isArray(live) && isArray(wanted)) return compareItems(live, wanted, spot, rules);
  if (isNothing(live) && leadsToAllowed(path, rules)) return [];
  if (isNothing(live) && isObject(wanted)) return compareMembers({}, wanted, spot, rules);
  if (isObject(live) && isNothing(wanted) && leadsToAllowed(path, rules)) return compareMembers(live, {}, spot, rules);
  return [at];
}

/** How Azure and requests say that nothing is set. */
function isNothing(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '') return true;
  return isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;
}

function isAllowed(path: string, { allowed }: GuardRules): boolean {
  const place = path.toLowerCase();
  return allowed.some((one) => place === one || place.startsWith(`${one}/`));
}

function leadsToAllowed(path: string, { allowed }: GuardRules): boolean {
  return allowed.some((one) => one.startsWith(`${path.toLowerCase()}/`));
}

function compareMembers(live: JsonObject, wanted: JsonObject, spot: Spot, rules: GuardRules): Pointer[] {
  const spelled = respelled(wanted, live, spot.path);
  return [...new Set([...Object.keys(live), ...Object.keys(spelled)])].flatMap((name) =>
    compare(
      {
        live: member(live, name),
        wanted: member(spelled, name),
        path: `${spot.path}/${name}`,
        at: pointer(spot.at, name),
      },
      rules,
    ),
  );
}

function compareItems(live: readonly Json[], wanted: readonly Json[], spot: Spot, rules: GuardRules): Pointer[] {
  const path = `${spot.path}/*`;
  const found = partners(live, wanted, rules.lists.get(spot.path));
  const lost = live.flatMap((item, index): Pointer[] => {
    const partner = found[index];
    const there = partner === undefined ? undefined : wanted[partner];
    return alike(item, there) ? [] : compare({ live: item, wanted: there, path, at: pointer(spot.at, index) }, rules);
  });
  const added = wanted.some((_, index) => !found.includes(index));
  return [
    ...lost,
    ...(added && !isAllowed(path, rules) && !leadsToAllowed(path, rules) ? [pointer(spot.at, '-')] : []),
  ];
}
