import type { Database } from './database.ts';

/**
 * Whatever is not an ARM resource: operations, registrations, deleted resources, agents and their versions. A collection
 * holds documents of one type, which its users agree on.
 */
export interface Documents {
  get(collection: string, key: string): object | undefined;
  /** Creates or replaces; a replaced document keeps its place in the order. */
  put(collection: string, key: string, content: object): void;
  delete(collection: string, key: string): boolean;
  /** Deletes every collection whose name starts with `prefix`. */
  deleteAll(prefix: string): void;
  /** In the order of creation. */
  list(collection: string): object[];
  /**
   * The state that reads would have returned `versions` writes ago; for faults. Only writes of this process are
   * remembered.
   */
  asOf(versions: number): Documents;
}

/** One collection of documents of one type. */
export interface Collection<T extends object> {
  get(documents: Documents, key: string): T | undefined;
  put(documents: Documents, key: string, content: T): void;
  delete(documents: Documents, key: string): boolean;
  list(documents: Documents): T[];
}

/** Names a collection and the type of what it holds. */
export function collectionOf<T extends object>(name: string): Collection<T> {
  return {
    get: (documents, key) => documents.get(name, key) as T | undefined,
    put: (documents, key, content) => documents.put(name, key, content),
    delete: (documents, key) => documents.delete(name, key),
    list: (documents) => documents.list(name) as T[],
  };
}

export function createDocuments({ connection }: Database): Documents {
  const get = connection.prepare('SELECT content FROM documents WHERE collection = ? AND key = ?');
  const list = connection.prepare('SELECT content FROM documents WHERE collection = ? ORDER BY sequence');
  const keyed = connection.prepare('SELECT key, content FROM documents WHERE collection = ? ORDER BY sequence');
  const removeAll = connection.prepare(
    'DELETE FROM documents WHERE substr(collection, 1, length(?)) = ? COLLATE NOCASE',
  );
  const remove = connection.prepare('DELETE FROM documents WHERE collection = ? AND key = ?');
  const put = connection.prepare(
    `INSERT INTO documents (collection, key, content) VALUES (?, ?, ?)
     ON CONFLICT (collection, key) DO UPDATE SET content = excluded.content`,
  );
  const history = createHistory();
  const read = (collection: string, key: string): object | undefined => {
    const row = get.get(collection, key);
    return row ? (JSON.parse(String(row['content'])) as object) : undefined;
  };
  const remember = (collection: string, key: string): void => history.remember(collection, key, read(collection, key));
  const documents: Documents = {
    get: read,
    put: (collection, key, content) => {
      remember(collection, key);
      put.run(collection, key, JSON.stringify(content));
    },
    delete: (collection, key) => {
      remember(collection, key);
      return Number(remove.run(collection, key).changes) > 0;
    },
    deleteAll: (prefix) => {
      history.forget(prefix);
      removeAll.run(prefix, prefix);
    },
    list: (collection) => list.all(collection).map((row) => JSON.parse(String(row['content'])) as object),
    asOf: (versions) => {
      const rows = (collection: string): [string, object][] =>
        keyed.all(collection).map((row) => [String(row['key']), JSON.parse(String(row['content'])) as object]);
      return pastDocuments(documents, rows, history, versions);
    },
  };
  return documents;
}

/** Earlier states of documents, newest last; undefined where one did not exist. */
interface History {
  remember(collection: string, key: string, state: object | undefined): void;
  forget(prefix: string): void;
  states(collection: string, key: string): readonly (object | undefined)[];
  keys(collection: string): readonly string[];
}

const REMEMBERED_STATES = 5;

function createHistory(): History {
  const collections = new Map<string, Map<string, (object | undefined)[]>>();
  const of = (collection: string): Map<string, (object | undefined)[]> => {
    const known = collections.get(collection.toLowerCase()) ?? new Map<string, (object | undefined)[]>();
    collections.set(collection.toLowerCase(), known);
    return known;
  };
  return {
    remember: (collection, key, state) => {
      const states = of(collection);
      const name = key.toLowerCase();
      states.set(name, [...(states.get(name) ?? []), state].slice(-REMEMBERED_STATES));
    },
    forget: (prefix) => {
      for (const name of collections.keys()) if (name.startsWith(prefix.toLowerCase())) collections.delete(name);
    },
    states: (collection, key) => collections.get(collection.toLowerCase())?.get(key.toLowerCase()) ?? [],
    keys: (collection) => [...(collections.get(collection.toLowerCase())?.keys() ?? [])],
  };
}

function pastDocuments(
  present: Documents,
  rows: (collection: string) => readonly (readonly [string, object])[],
  history: History,
  versions: number,
): Documents {
  const past = (collection: string, key: string, current: object | undefined): object | undefined => {
    const states = [...history.states(collection, key), current];
    return states[Math.max(0, states.length - 1 - versions)];
  };
  return {
    ...present,
    get: (collection, key) => past(collection, key, present.get(collection, key)),
    list: (collection) => {
      const current = rows(collection);
      const here = new Set(current.map(([key]) => key.toLowerCase()));
      const gone = history.keys(collection).filter((key) => !here.has(key));
      const states = [
        ...current.map(([key, content]) => past(collection, key, content)),
        ...gone.map((key) => past(collection, key, undefined)),
      ];
      return states.filter((state) => state !== undefined);
    },
  };
}
