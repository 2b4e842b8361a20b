import { collectionOf, type Collection } from '../../engine/documents.ts';
import type { Engine } from '../../arm/contract.ts';
import type { Resource } from '../../engine/resources.ts';
import { projectPrefix } from '../../providers/cognitive-services/project-data.ts';

/** Documents of one kind that belong to a project. They go with it. */
export function projectCollection<T extends object>(project: Pick<Resource, 'id'>, name: string): Collection<T> {
  return collectionOf(`${projectPrefix(project)}${name}`);
}

/** Deletes the collections of a project whose names start with `name`. */
export function deleteCollections({ documents }: Engine, project: Pick<Resource, 'id'>, name: string): void {
  documents.deleteAll(`${projectPrefix(project)}${name}`);
}

/** Seconds since 1970, as agents and everything OpenAI-compatible write times. */
export function epoch(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}

/** A new id in the style of OpenAI: `resp_` and 48 hexadecimal digits. */
export function newId({ ids }: Engine, prefix: string): string {
  return `${prefix}${ids.hex(48)}`;
}
