import type * as sqlite from 'node:sqlite';

/** Node's SQLite. */
export type Sqlite = typeof sqlite;

/**
 * Loads Node's SQLite. Node 22 prints a warning when that happens, about something that users can neither see nor change:
 * it alone is left out, and every other warning stays. Throws where Node was built or started without SQLite.
 */
export function loadSqlite(): Sqlite {
  const emitWarning = process.emitWarning.bind(process);
  const own = Object.getOwnPropertyDescriptor(process, 'emitWarning');
  process.emitWarning = ((...args: Parameters<typeof emitWarning>): void => {
    if (!isAboutSqlite(args[0], args[1])) emitWarning(...args);
  }) as typeof emitWarning;
  try {
    const loaded: Sqlite | undefined = process.getBuiltinModule('node:sqlite');
    if (loaded === undefined) throw new Error('The embedded Azure needs node:sqlite, which this Node.js does not have');
    return loaded;
  } finally {
    if (own) Object.defineProperty(process, 'emitWarning', own);
  }
}

/** The arguments are those of `process.emitWarning`: the warning, and its type or options. */
export function isAboutSqlite(warning: unknown, type: unknown): boolean {
  const name = typeof type === 'string' ? type : (type as { type?: unknown } | undefined)?.type;
  return name === 'ExperimentalWarning' && typeof warning === 'string' && warning.startsWith('SQLite ');
}
