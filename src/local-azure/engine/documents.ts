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
  const removeAll = connection.prepare(
    'DELETE FROM documents WHERE substr(collection, 1, length(?)) = ? COLLATE NOCASE',
  );
  const remove = connection.prepare('DELETE FROM documents WHERE collection = ? AND key = ?');
  const put = connection.prepare(
    `INSERT INTO documents (collection, key, content) VALUES (?, ?, ?)
     ON CONFLICT (collection, key) DO UPDATE SET content = excluded.content`,
  );
  return {
    get: (collection, key) => {
      const row = get.get(collection, key);
      return row ? (JSON.parse(String(row['content'])) as object) : undefined;
    },
    put: (collection, key, content) => void put.run(collection, key, JSON.stringify(content)),
    delete: (collection, key) => Number(remove.run(collection, key).changes) > 0,
    deleteAll: (prefix) => void removeAll.run(prefix, prefix),
    list: (collection) => list.all(collection).map((row) => JSON.parse(String(row['content'])) as object),
  };
}
