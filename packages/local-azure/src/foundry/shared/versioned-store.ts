import type { Engine } from '../../arm/contract.ts';
import type { JsonObject } from '../../engine/json.ts';
import type { Resource } from '../../engine/resources.ts';
import { projectCollection } from './project-documents.ts';

/** A toolbox or a skill without its versions; times are milliseconds of the clock. */
export interface Versioned {
  readonly name: string;
  readonly id: string;
  readonly created: number;
  readonly updated: number;
  readonly defaultVersion: string;
  readonly nextVersion: number;
}

export interface VersionBody {
  readonly version: string;
  readonly created: number;
  readonly body: JsonObject;
}

/** Things of one kind that have numbered, immutable versions and a default one. */
export interface VersionedStore {
  find(name: string): Versioned | undefined;
  list(): Versioned[];
  save(thing: Versioned): void;
  remove(name: string): void;
  versions(name: string): VersionBody[];
  /** Adds the next version, and the thing itself when there is none; the first version is the default one. */
  add(name: string, body: JsonObject): { readonly thing: Versioned; readonly version: VersionBody };
  removeVersion(name: string, version: string): void;
}

export function versionedStore({ documents, clock, ids }: Engine, project: Resource, kind: string): VersionedStore {
  const things = projectCollection<Versioned>(project, kind);
  const versionsOf = (name: string): ReturnType<typeof projectCollection<VersionBody>> =>
    projectCollection(project, `${kind}/${name}/versions`);
  const save = (thing: Versioned): void => things.put(documents, thing.name, thing);
  return {
    find: (name) => things.get(documents, name),
    list: () => things.list(documents),
    save,
    remove: (name) => {
      things.delete(documents, name);
      for (const { version } of versionsOf(name).list(documents)) versionsOf(name).delete(documents, version);
    },
    versions: (name) => versionsOf(name).list(documents),
    add: (name, body) => {
      const now = clock.now();
      const before = things.get(documents, name);
      const number = before?.nextVersion ?? 1;
      const thing: Versioned = {
        name,
        id: before?.id ?? ids.guid(),
        created: before?.created ?? now,
        updated: now,
        defaultVersion: before?.defaultVersion ?? String(number),
        nextVersion: number + 1,
      };
      const version = { version: String(number), created: now, body };
      save(thing);
      versionsOf(name).put(documents, version.version, version);
      return { thing, version };
    },
    removeVersion: (name, version) => void versionsOf(name).delete(documents, version),
  };
}
