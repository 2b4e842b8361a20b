import { defined, type JsonObject } from '../../engine/json.ts';
import { epoch } from '../shared/project-documents.ts';
import type { VersionBody, Versioned } from '../shared/versioned-store.ts';

/** A toolbox version as it is returned. */
export function showToolboxVersion({ id, name }: Versioned, { version, created, body }: VersionBody): JsonObject {
  return defined({
    id: `${id}:${version}`,
    name,
    version,
    created_at: epoch(created),
    description: body['description'],
    metadata: body['metadata'] ?? {},
    tools: body['tools'] ?? [],
    skills: body['skills'],
    policies: body['policies'],
  });
}

export function showToolbox(thing: Versioned, versions: readonly VersionBody[]): JsonObject {
  const latest = versions.at(-1);
  return {
    id: thing.id,
    name: thing.name,
    updated_at: epoch(thing.updated),
    default_version: thing.defaultVersion,
    versions: latest ? { latest: showToolboxVersion(thing, latest) } : {},
  };
}
