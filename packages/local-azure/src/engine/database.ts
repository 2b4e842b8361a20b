import type { DatabaseSync } from 'node:sqlite';
import { loadSqlite } from './sqlite.ts';

/** Tables of the state file. Ids compare case-insensitively, as ARM ids do. */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS resources (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE COLLATE NOCASE,
    type TEXT NOT NULL COLLATE NOCASE,
    parent TEXT NOT NULL COLLATE NOCASE,
    subscription TEXT NOT NULL COLLATE NOCASE,
    resource_group TEXT NOT NULL COLLATE NOCASE,
    version INTEGER NOT NULL,
    content TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS resources_by_group ON resources (type, subscription, resource_group, sequence);
  CREATE INDEX IF NOT EXISTS resources_by_parent ON resources (parent, type, sequence);
  CREATE TABLE IF NOT EXISTS documents (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    collection TEXT NOT NULL COLLATE NOCASE,
    key TEXT NOT NULL COLLATE NOCASE,
    content TEXT NOT NULL,
    UNIQUE (collection, key)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS documents_in_order ON documents (collection, sequence);
  CREATE TABLE IF NOT EXISTS tasks (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    due INTEGER NOT NULL,
    task TEXT NOT NULL,
    payload TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS tasks_by_time ON tasks (due, sequence);
`;

const TABLES = ['resources', 'documents', 'tasks'] as const;

/** Everything that a server knows, as rows by table. Plain values: it can be kept, changed and given to another server. */
export type State = Readonly<Record<(typeof TABLES)[number], readonly StateRow[]>>;

/** Columns by name. `content` is JSON. */
export type StateRow = Readonly<Record<string, string | number>>;

/** The state of one server. Every statement writes through; a file survives the process. */
export interface Database {
  readonly connection: DatabaseSync;
  /** Runs `work` so that either all of its writes stay or, when it throws, none. */
  transaction<T>(work: () => T): T;
  clear(): void;
  isEmpty(): boolean;
  /** All rows, in order. */
  dump(): State;
  /** Puts rows into tables that are empty. */
  load(state: State): void;
  close(): void;
}

/** Opens the state file, or a database in memory when there is none. Write-ahead log, so that readers never wait. */
export function openDatabase(file: string | undefined): Database {
  const connection = new (loadSqlite().DatabaseSync)(file ?? ':memory:', { timeout: 5000 });
  connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
  connection.exec(SCHEMA);
  return {
    connection,
    transaction: (work) => inTransaction(connection, work),
    clear: () => TABLES.forEach((table) => connection.exec(`DELETE FROM ${table}`)),
    isEmpty: () => TABLES.every((table) => connection.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get() === undefined),
    dump: () => {
      const [resources, documents, tasks] = TABLES.map(
        (table) => connection.prepare(`SELECT * FROM ${table} ORDER BY sequence`).all() as StateRow[],
      );
      return { resources: resources ?? [], documents: documents ?? [], tasks: tasks ?? [] };
    },
    load: (state) =>
      inTransaction(connection, () => TABLES.forEach((table) => insert(connection, table, state[table]))),
    close: () => {
      if (connection.isOpen) connection.close();
    },
  };
}

function inTransaction<T>(connection: DatabaseSync, work: () => T): T {
  if (connection.isTransaction) return work();
  connection.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    connection.exec('COMMIT');
    return result;
  } catch (error) {
    connection.exec('ROLLBACK');
    throw error;
  }
}

function insert(connection: DatabaseSync, table: string, rows: readonly StateRow[]): void {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first);
  const places = columns.map(() => '?').join(', ');
  const statement = connection.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`);
  for (const row of rows) statement.run(...columns.map((column) => row[column] ?? null));
}
