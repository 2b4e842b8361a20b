import { collectionOf, type Collection } from '../../engine/documents.ts';
import type { Engine } from '../../arm/contract.ts';
import type { Json } from '../../engine/json.ts';
import type { Resource } from '../../engine/resources.ts';
import { DAY, retentionDays } from './shared.ts';

/** Seconds since 1970, as Key Vault counts. */
export interface Attributes {
  readonly enabled: boolean;
  readonly nbf?: number;
  readonly exp?: number;
  readonly created: number;
  readonly updated: number;
}

/** One version of a secret or key. */
export interface Version {
  readonly version: string;
  readonly attributes: Attributes;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface SecretVersion extends Version {
  readonly value: string;
  readonly contentType?: string;
}

export interface KeyVersion extends Version {
  /** With the private part, which never leaves the vault. */
  readonly jwk: Readonly<Record<string, Json>>;
  readonly operations: readonly string[];
}

/** A secret or key with all its versions, oldest first. A deleted one keeps its name until it is purged. */
export interface VaultObject<V extends Version> {
  readonly name: string;
  readonly versions: readonly V[];
  /** Milliseconds of the clock. */
  readonly deleted?: { readonly at: number; readonly purged: number };
}

export interface ObjectStore<V extends Version> {
  /** Deleted ones as well, until their time is over. */
  get(name: string): VaultObject<V> | undefined;
  /** By name; either the live or the deleted ones. */
  list(deleted: boolean): VaultObject<V>[];
  put(object: VaultObject<V>): void;
  /** Marks an object as deleted for as long as the vault says. */
  remove(object: VaultObject<V>): VaultObject<V>;
  purge(name: string): void;
}

function prefix(vault: string): string {
  return `key-vault/${vault.toLowerCase()}/`;
}

export function secretsOf(engine: Engine, vault: Resource): ObjectStore<SecretVersion> {
  return createStore(engine, vault, collectionOf(`${prefix(vault.id)}secrets`));
}

export function keysOf(engine: Engine, vault: Resource): ObjectStore<KeyVersion> {
  return createStore(engine, vault, collectionOf(`${prefix(vault.id)}keys`));
}

/** Forgets everything in a vault. */
export function forgetVault(engine: Engine, vault: string): void {
  engine.documents.deleteAll(prefix(vault));
}

function createStore<V extends Version>(
  { documents, clock }: Engine,
  vault: Resource,
  objects: Collection<VaultObject<V>>,
): ObjectStore<V> {
  const isThere = ({ deleted }: VaultObject<V>): boolean => deleted === undefined || deleted.purged > clock.now();
  return {
    get: (name) => {
      const found = objects.get(documents, name);
      return found && isThere(found) ? found : undefined;
    },
    list: (deleted) =>
      objects
        .list(documents)
        .filter((each) => isThere(each) && (each.deleted !== undefined) === deleted)
        .toSorted((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1)),
    put: (object) => objects.put(documents, object.name, object),
    remove: (object) => {
      const at = clock.now();
      const removed = { ...object, deleted: { at, purged: at + retentionDays(vault) * DAY } };
      objects.put(documents, object.name, removed);
      return removed;
    },
    purge: (name) => void objects.delete(documents, name),
  };
}

/** The newest version. */
export function latest<V extends Version>({ versions }: VaultObject<V>): V {
  const found = versions.at(-1);
  if (!found) throw new RangeError('An object of a vault has at least one version');
  return found;
}

/** The object with one more version, or one version replaced. */
export function withVersion<V extends Version>(
  object: VaultObject<V> | undefined,
  name: string,
  version: V,
): VaultObject<V> {
  const before = object?.versions ?? [];
  const isKnown = before.some((each) => each.version === version.version);
  const versions = isKnown
    ? before.map((each) => (each.version === version.version ? version : each))
    : [...before, version];
  return { name: object?.name ?? name, versions };
}
