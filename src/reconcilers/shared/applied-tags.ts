import { isObject, textOf, type Json } from '../../model/json.ts';
import type { AppliedBase } from '../../model/applied-base.ts';
import { isResourceId, type ResourceId } from '../../model/resource-id.ts';

/** Tag of the resource group: the commit of every resource that no other tag names, where `ingate-commit` is not. */
export const APPLIED_TAG = 'ingate-applied';
/** Tags `ingate-at-COMMIT` and `ingate-at-COMMIT-2`: resources that were last made equal to another commit, or to none. */
export const AT_TAG = 'ingate-at-';

const NONE = 'none';
const HASH = /^[0-9a-f]{40}([0-9a-f]{24})?$/;
/** Azure's limit of a value. */
const VALUE_LENGTH = 256;
/** A resource group has at most 50 tags, most of which are for people. */
const MOST_TAGS = 12;

/** What tags say, by names in lower case; undefined where nothing was applied. What is no hash is not believed. */
export function appliedBaseFromTags(tags: Readonly<Record<string, Json>>): AppliedBase | undefined {
  const environment = textOf(tags, 'ingate-environment');
  const path = textOf(tags, 'ingate-path');
  const told = textOf(tags, APPLIED_TAG) || textOf(tags, 'ingate-commit');
  if (environment === '' || path === '' || (told !== NONE && !HASH.test(told))) return undefined;
  const others = new Map<ResourceId, string | null>();
  for (const [key, value] of Object.entries(tags)) {
    const commit = /^ingate-at-([0-9a-f]{40,64}|none)(-\d+)?$/.exec(key)?.[1];
    if (commit === undefined || (commit !== NONE && !HASH.test(commit)) || typeof value !== 'string') continue;
    for (const id of value.split(' ').map(unescaped))
      if (isResourceId(id)) others.set(id, commit === NONE ? null : commit);
  }
  return { environment, path, rest: told === NONE ? null : told, others };
}

/**
 * The tags that say it. Resources beyond what the tags hold are left to `rest`, which costs no more than telling their
 * drift from what is pending. `complete`: what `ingate-commit` says, where there is one.
 */
export function appliedBaseTags(
  { rest, others }: Pick<AppliedBase, 'rest' | 'others'>,
  complete: string | undefined,
): Record<string, string> {
  const byCommit = Map.groupBy(others, ([, commit]) => commit ?? NONE);
  const tags = [...byCommit].flatMap(([commit, entries]) =>
    packed(entries.map(([id]) => encodeURI(id))).map((value, index): [string, string] => [
      `${AT_TAG}${commit}${index === 0 ? '' : `-${index + 1}`}`,
      value,
    ]),
  );
  const kept = Object.fromEntries(tags.slice(0, MOST_TAGS));
  return rest === complete ? kept : { [APPLIED_TAG]: rest ?? NONE, ...kept };
}

/** Ids with spaces between, in as few values as they fit into. */
function packed(ids: readonly string[]): string[] {
  const values: string[] = [];
  for (const id of ids.toSorted()) {
    const last = values.at(-1);
    if (last === undefined || last.length + 1 + id.length > VALUE_LENGTH) values.push(id);
    else values[values.length - 1] = `${last} ${id}`;
  }
  return values;
}

/** Parts may have spaces in their names. */
function unescaped(id: string): string {
  try {
    return decodeURI(id);
  } catch {
    return '';
  }
}

/** Tags of an earlier record that a newer one does not have. */
export function outdatedTags(live: Json | undefined, wanted: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(isObject(live) ? live : {}).flatMap(([key, value]): [string, string][] => {
    const name = key.toLowerCase();
    return (name === APPLIED_TAG || name.startsWith(AT_TAG)) && wanted[name] === undefined && typeof value === 'string'
      ? [[key, value]]
      : [];
  });
  return Object.fromEntries(entries);
}
