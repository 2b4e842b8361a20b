import { isObject, member, textOf, type Json, type JsonObject } from '../../model/json.ts';
import type { AppliedBase } from '../../model/applied-base.ts';
import type { AppliedMark, Mark, Site } from '../../model/kind.ts';
import { isResourceId } from '../../model/resource-id.ts';
import { APPLIED_TAG, appliedBaseFromTags, AT_TAG } from './applied-tags.ts';

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

/** Tags of the resource group that say what was applied last. */
const APPLIED = { path: 'ingate-path', commit: 'ingate-commit', version: 'ingate-version' };

/** Tags `ingate-release-NAME` of the resource group say which release came when: `7c1f3a9e2b40 2026-11-23T22:00:00Z`. */
export const RELEASE_TAG = 'ingate-release-';

/** What the tags of a resource group say of the last complete apply. A commit that is no hash is not believed. */
export function appliedFromTags(tags: Json | undefined): AppliedMark | undefined {
  const lower = lowerKeys(tags);
  const [environment, path, commit, version] = [TAGS.environment, APPLIED.path, APPLIED.commit, APPLIED.version].map(
    (key) => textOf(lower, key),
  );
  return environment && path && commit && version && /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(commit)
    ? { environment, path, commit, version }
    : undefined;
}

/** Which commit each resource was last made equal to, as the tags of a resource group say. */
export function appliedBaseOf(tags: Json | undefined): AppliedBase | undefined {
  return appliedBaseFromTags(lowerKeys(tags));
}

function lowerKeys(map: Json | undefined): JsonObject {
  return Object.fromEntries(Object.entries(isObject(map) ? map : {}).map(([key, value]) => [key.toLowerCase(), value]));
}

/** Where marks are in bodies. */
export const MARK_POINTERS: readonly string[] = [
  ...Object.values(TAGS).map((key) => `/tags/${key}`),
  ...Object.values(METADATA).map((key) => `/properties/metadata/${key}`),
];

/** The tag that says which api-version a resource is read with, where only its manifest knows. */
export function apiVersionTag(apiVersion: string): JsonObject {
  return { [TAGS.apiVersion]: apiVersion };
}

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
  const lower = lowerKeys(map);
  const environment = member(lower, keys.environment);
  const id = member(lower, keys.id);
  if (typeof environment !== 'string' || typeof id !== 'string' || !isResourceId(id)) return undefined;
  const apiVersion = member(lower, keys.apiVersion);
  const mark = { environment, id, protected: member(lower, keys.protected) === 'true' };
  return typeof apiVersion === 'string' ? { ...mark, apiVersion } : mark;
}

/** Tags of the resource group without anything of ours, as a manifest would declare them. */
export function withoutApplied(tags: Json | undefined): JsonObject {
  const own = new Set([...Object.values(APPLIED), APPLIED_TAG]);
  const isOwn = (key: string): boolean =>
    own.has(key.toLowerCase()) || [RELEASE_TAG, AT_TAG].some((prefix) => key.toLowerCase().startsWith(prefix));
  return Object.fromEntries(Object.entries(withoutMark(tags)).filter(([key]) => !isOwn(key)));
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
