import { isObject, member, objectAt, type JsonObject } from '../../../engine/json.ts';
import type { Attributes } from '../objects.ts';
import { badParameter } from './vault-error.ts';

/** The attributes that a body asks for, over those of before. */
export function readAttributes(body: JsonObject, before: Attributes | undefined, now: number): Attributes {
  const sent = objectAt(body, 'attributes');
  const enabled = member(sent, 'enabled') ?? before?.enabled ?? true;
  if (typeof enabled !== 'boolean') throw badParameter('The attribute enabled must be true or false.');
  return {
    enabled,
    ...dateOf(sent, 'nbf', before?.nbf),
    ...dateOf(sent, 'exp', before?.exp),
    created: before?.created ?? now,
    updated: now,
  };
}

function dateOf(sent: JsonObject, name: 'nbf' | 'exp', before: number | undefined): { nbf?: number; exp?: number } {
  const value = member(sent, name) ?? before;
  if (value === undefined || value === null) return {};
  if (!Number.isInteger(value)) throw badParameter(`The attribute ${name} must be seconds since 1970.`);
  return { [name]: value };
}

/** The tags of a body, or those of before. */
export function readTags(
  body: JsonObject,
  before: Readonly<Record<string, string>> | undefined,
): Readonly<Record<string, string>> {
  const tags = member(body, 'tags');
  if (tags === undefined || tags === null) return before ?? {};
  const entries = isObject(tags) ? Object.entries(tags) : undefined;
  const texts = entries?.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  if (!entries || texts?.length !== entries.length) throw badParameter('Tags must be strings.');
  return Object.fromEntries(texts);
}
