import { isObject, member, type Json, type JsonObject } from '../../model/json.ts';
import type { Mark, Site } from '../../model/kind.ts';
import { isResourceId } from '../../model/resource-id.ts';

interface MarkKeys {
  readonly environment: string;
  readonly id: string;
  readonly protected: string;
  readonly apiVersion: string;
}

/** Tags of a marked resource. */
const TAGS: MarkKeys = {
  environment: 'ingate-environment',
  id: 'ingate-id',
  protected: 'ingate-prevent-destroy',
  apiVersion: 'ingate-api-version',
};

/** Metadata of a marked resource, where names are limited to what programming languages allow. */
const METADATA: MarkKeys = {
  environment: 'ingate_environment',
  id: 'ingate_id',
  protected: 'ingate_prevent_destroy',
  apiVersion: 'ingate_api_version',
};

export const MARK_TAG = TAGS.environment;

export function markTags(site: Site): JsonObject {
  return entries(site, TAGS);
}

export function markMetadata(site: Site): JsonObject {
  return entries(site, METADATA);
}

function entries(site: Site, keys: MarkKeys): JsonObject {
  const mark = { [keys.environment]: site.environment.name, [keys.id]: site.id };
  return site.protected ? { ...mark, [keys.protected]: 'true' } : mark;
}

export function markFromTags(tags: Json | undefined): Mark | undefined {
  return markFrom(tags, TAGS);
}

export function markFromMetadata(metadata: Json | undefined): Mark | undefined {
  return markFrom(metadata, METADATA);
}

/** Azure does not keep the case of tag names. */
function markFrom(map: Json | undefined, keys: MarkKeys): Mark | undefined {
  if (!isObject(map)) return undefined;
  const lower = Object.fromEntries(Object.entries(map).map(([key, value]) => [key.toLowerCase(), value]));
  const environment = member(lower, keys.environment);
  const id = member(lower, keys.id);
  if (typeof environment !== 'string' || typeof id !== 'string' || !isResourceId(id)) return undefined;
  const apiVersion = member(lower, keys.apiVersion);
  const mark = { environment, id, protected: member(lower, keys.protected) === 'true' };
  return typeof apiVersion === 'string' ? { ...mark, apiVersion } : mark;
}

/** A map of tags or metadata without the mark, as a manifest would declare it. */
export function withoutMark(map: Json | undefined): JsonObject {
  if (!isObject(map)) return {};
  const own = new Set([...Object.values(TAGS), ...Object.values(METADATA)]);
  return Object.fromEntries(Object.entries(map).filter(([key]) => !own.has(key.toLowerCase())));
}

/** A mark as text, for resources that have a description and nothing else: `[ingate dev RoleAssignment/x]`. */
export function markText(site: Site): string {
  return `[ingate ${site.environment.name} ${site.id}${site.protected ? ' protected' : ''}]`;
}

const MARK_TEXT = /\s*\[ingate (\S+) (\S+?)( protected)?\]$/;

export function markFromText(text: Json | undefined): Mark | undefined {
  const match = typeof text === 'string' ? MARK_TEXT.exec(text) : null;
  const [, environment, id, isProtected] = match ?? [];
  return environment !== undefined && id !== undefined && isResourceId(id)
    ? { environment, id, protected: isProtected !== undefined }
    : undefined;
}

export function withoutMarkText(text: string): string {
  return text.replace(MARK_TEXT, '');
}
