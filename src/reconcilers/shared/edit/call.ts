import { equal, isObject, member, mergePatch, without, type Json, type JsonObject } from '../../../model/json.ts';

/** The request that makes a live resource like its edited body. */
export type Call =
  | { readonly how: 'none' }
  | { readonly how: 'tags'; readonly operation: 'Merge' | 'Replace'; readonly tags: JsonObject }
  | { readonly how: 'patch'; readonly body: JsonObject }
  | { readonly how: 'put'; readonly body: JsonObject };

export interface CallRules {
  readonly update: 'put' | 'patch';
  /** The tags of its type can be changed by themselves. */
  readonly tags: boolean;
}

/**
 * The smallest call. Tags alone go through Microsoft.Resources/tags, which needs nothing else of the resource; a PATCH
 * holds what changes, lists and tags as a whole; a PUT is the last resort.
 */
export function callFor(live: JsonObject, edited: JsonObject, rules: CallRules): Call {
  if (equal(live, edited)) return { how: 'none' };
  if (rules.tags && equal(without(live, 'tags'), without(edited, 'tags'))) return tagsCall(live, edited);
  if (rules.update === 'put') return { how: 'put', body: edited };
  const body = difference(live, edited);
  return { how: 'patch', body: 'tags' in body ? { ...body, tags: member(edited, 'tags') ?? {} } : body };
}

function tagsCall(live: JsonObject, edited: JsonObject): Call {
  const [before, after] = [mapOf(member(live, 'tags')), mapOf(member(edited, 'tags'))];
  const gone = Object.keys(before).some((key) => member(after, key) === undefined);
  if (gone) return { how: 'tags', operation: 'Replace', tags: after };
  const changed = Object.entries(after).filter(([key, value]) => member(before, key) !== value);
  return { how: 'tags', operation: 'Merge', tags: Object.fromEntries(changed) };
}

function mapOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** RFC 7386: members that differ, null for those that go. */
export function difference(live: JsonObject, edited: JsonObject): JsonObject {
  const changed = Object.entries(edited).flatMap(([key, value]): [string, Json][] => {
    const before = member(live, key);
    if (equal(before, value)) return [];
    return [[key, isObject(before) && isObject(value) ? difference(before, value) : value]];
  });
  const gone = Object.entries(live).filter(([key, value]) => value !== null && member(edited, key) === undefined);
  return Object.fromEntries([...changed, ...gone.map(([key]): [string, Json] => [key, null])]);
}

/** What the resource will be after the call. */
export function outcomeOf(live: JsonObject, call: Call): JsonObject {
  if (call.how === 'none') return live;
  if (call.how === 'put') return call.body;
  if (call.how === 'patch') {
    const tags = member(call.body, 'tags');
    const merged = mergePatch(live, call.body) as JsonObject;
    return tags === undefined ? merged : { ...merged, tags };
  }
  return { ...live, tags: call.operation === 'Merge' ? { ...mapOf(member(live, 'tags')), ...call.tags } : call.tags };
}
