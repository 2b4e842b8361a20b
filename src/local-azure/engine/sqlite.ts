/** Node's SQLite. */
export type Sqlite = typeof import('node:sqlite');

/**
 * Loads Node's SQLite. Node 22 prints a warning when that happens, about something that users can neither see nor change:
 * it alone is left out, and every other warning stays. Throws where Node was built or started without SQLite.
 */
export function loadSqlite(): Sqlite {
  const { emitWarning } = process;
  process.emitWarning = ((...args: Parameters<typeof emitWarning>): void => {
    if (!isAboutSqlite(args[0], args[1])) emitWarning.apply(process, args);
  }) as typeof emitWarning;
  try {
    const sqlite = process.getBuiltinModule('node:sqlite');
    if (sqlite === undefined) throw new Error('The embedded Azure needs node:sqlite, which this Node.js does not have');
    return sqlite;
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** The arguments are those of `process.emitWarning`: the warning, and its type or options. */
export function isAboutSqlite(warning: unknown, type: unknown): boolean {
  const name = typeof type === 'string' ? type : (type as { type?: unknown } | undefined)?.type;
  return name === 'ExperimentalWarning' && typeof warning === 'string' && warning.startsWith('SQLite ');
}
