import type { Database } from './database.ts';
import type { JsonObject } from './json.ts';

/** Who wrote a resource, and when (milliseconds of the clock). */
export interface Stamp {
  readonly at: number;
  readonly by: string;
  readonly byType: 'User' | 'Application' | 'ManagedIdentity';
}

/**
 * An ARM resource at rest. Its body is kept in three layers of the same form: what a client wrote (defaults filled in),
 * what only the server sets, and what is never returned.
 */
export interface Resource {
  /** In the casing that is shown; every comparison ignores case. */
  readonly id: string;
  readonly type: string;
  readonly name: string;
  /** The id that it lives below: a parent resource, a resource group, a subscription, or the scope of an extension. */
  readonly parent: string;
  /** Empty for tenant-wide resources. */
  readonly subscription: string;
  /** Empty outside of resource groups. */
  readonly resourceGroup: string;
  readonly writable: JsonObject;
  readonly readOnly: JsonObject;
  readonly secret: JsonObject;
  readonly created: Stamp;
  readonly modified: Stamp;
}

/** A resource as read: with its place in the order of creation and the number of times it was written. */
export interface StoredResource extends Resource {
  readonly sequence: number;
  readonly version: number;
}

export interface ResourceQuery {
  readonly type?: string;
  readonly parent?: string;
  readonly subscription?: string;
  readonly resourceGroup?: string;
}

export interface Page {
  /** Only resources created after this place in the order. */
  readonly after?: number;
  readonly limit?: number;
}

export interface ResourceReader {
  get(id: string): StoredResource | undefined;
  /** In the order of creation. */
  list(query: ResourceQuery, page?: Page): StoredResource[];
  /** Everything below an id, parents before children. */
  descendants(id: string): StoredResource[];
}

export interface Resources extends ResourceReader {
  put(resource: Resource): void;
  delete(id: string): void;
  /**
   * The state that reads would have returned `versions` writes ago; for faults. Only writes of this process are
   * remembered.
   */
  asOf(versions: number): ResourceReader;
}

const COLUMNS = 'sequence, version, content';

export function createResources(database: Database): Resources {
  const { connection } = database;
  const history = createHistory();
  const reader = createReader(database);
  const put = connection.prepare(
    `INSERT INTO resources (id, type, parent, subscription, resource_group, version, content) VALUES (?, ?, ?, ?, ?, 1, ?)
     ON CONFLICT (id) DO UPDATE SET id = excluded.id, version = version + 1, content = excluded.content`,
  );
  const remove = connection.prepare('DELETE FROM resources WHERE id = ?');
  return {
    ...reader,
    put: (resource) => {
      history.remember(resource.id, reader.get(resource.id));
      const { id, type, parent, subscription, resourceGroup } = resource;
      put.run(id, type, parent, subscription, resourceGroup, JSON.stringify(withoutRow(resource)));
    },
    delete: (id) => {
      history.remember(id, reader.get(id));
      remove.run(id);
    },
    asOf: (versions) => createPastReader(reader, history, versions),
  };
}

function withoutRow(resource: Resource): Resource {
  const { sequence: _sequence, version: _version, ...content } = resource as StoredResource;
  return content;
}

function createReader({ connection }: Database): ResourceReader {
  const one = connection.prepare(`SELECT ${COLUMNS} FROM resources WHERE id = ?`);
  const below = connection.prepare(`SELECT ${COLUMNS} FROM resources WHERE id > ? AND id < ? ORDER BY sequence`);
  const queries = new Map<string, ReturnType<typeof connection.prepare>>();
  const prepared = (columns: readonly string[]): ReturnType<typeof connection.prepare> => {
    const conditions = columns.map((column) => `${column} = ? AND `).join('');
    const text = `SELECT ${COLUMNS} FROM resources WHERE ${conditions}sequence > ? ORDER BY sequence LIMIT ?`;
    const statement = queries.get(text) ?? connection.prepare(text);
    queries.set(text, statement);
    return statement;
  };
  return {
    get: (id) => {
      const row = one.get(id);
      return row ? fromRow(row) : undefined;
    },
    list: (query, { after = 0, limit = -1 } = {}) => {
      const conditions = conditionsOf(query);
      const statement = prepared(conditions.map(([column]) => column));
      return statement.all(...conditions.map(([, value]) => value), after, limit).map(fromRow);
    },
    descendants: (id) => below.all(`${id}/`, `${id}0`).map(fromRow),
  };
}

function conditionsOf({ type, parent, subscription, resourceGroup }: ResourceQuery): [string, string][] {
  const all = { type, parent, subscription, resource_group: resourceGroup };
  return Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
}

function fromRow(row: Readonly<Record<string, unknown>>): StoredResource {
  const content = JSON.parse(String(row['content'])) as Resource;
  return { ...content, sequence: Number(row['sequence']), version: Number(row['version']) };
}

/** Earlier states of a resource, newest last; undefined where it did not exist. */
interface History {
  remember(id: string, state: StoredResource | undefined): void;
  states(id: string): readonly (StoredResource | undefined)[];
  ids(): Iterable<string>;
}

const REMEMBERED_STATES = 5;

function createHistory(): History {
  const states = new Map<string, (StoredResource | undefined)[]>();
  return {
    remember: (id, state) => {
      const key = id.toLowerCase();
      states.set(key, [...(states.get(key) ?? []), state].slice(-REMEMBERED_STATES));
    },
    states: (id) => states.get(id.toLowerCase()) ?? [],
    ids: () => states.keys(),
  };
}

function createPastReader(present: ResourceReader, history: History, versions: number): ResourceReader {
  const past = (id: string, current: StoredResource | undefined): StoredResource | undefined => {
    const states = [...history.states(id), current];
    return states[Math.max(0, states.length - 1 - versions)];
  };
  const rewind = (found: readonly StoredResource[], belongs: (id: string) => boolean): StoredResource[] => {
    const gone = [...history.ids()].filter((id) => !present.get(id) && belongs(id));
    const current = found.map((resource) => past(resource.id, resource));
    return [...current, ...gone.map((id) => past(id, undefined))].filter((resource) => resource !== undefined);
  };
  return {
    get: (id) => past(id, present.get(id)),
    list: (query, page) => rewind(present.list(query, page), (id) => matches(past(id, undefined), query)),
    descendants: (id) => rewind(present.descendants(id), (other) => other.startsWith(`${id.toLowerCase()}/`)),
  };
}

function matches(resource: StoredResource | undefined, query: ResourceQuery): boolean {
  const same = (wanted: string | undefined, found: string): boolean =>
    wanted === undefined || wanted.toLowerCase() === found.toLowerCase();
  return (
    resource !== undefined &&
    same(query.type, resource.type) &&
    same(query.parent, resource.parent) &&
    same(query.subscription, resource.subscription) &&
    same(query.resourceGroup, resource.resourceGroup)
  );
}
