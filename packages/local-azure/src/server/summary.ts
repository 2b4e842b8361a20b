import { existsSync } from 'node:fs';
import { openDatabase, type Database } from '../engine/database.ts';
import type { JsonObject } from '../engine/json.ts';

/** How many resources there are: `{resources: 12, types: {"Microsoft.App/jobs": 3}}`. */
export function summarise({ connection }: Database): JsonObject {
  const rows = connection.prepare('SELECT min(type) AS type, count(*) AS count FROM resources GROUP BY type').all();
  const types = rows.map((row): [string, number] => [String(row['type']), Number(row['count'])]);
  return {
    resources: types.reduce((sum, [, count]) => sum + count, 0),
    types: Object.fromEntries(types.toSorted(([a], [b]) => a.localeCompare(b))),
  };
}

/** The same of a state file whose server does not run; undefined when there is none. */
export function readSummary(stateFile: string): JsonObject | undefined {
  if (!existsSync(stateFile)) return undefined;
  const database = openDatabase(stateFile);
  try {
    return summarise(database);
  } finally {
    database.close();
  }
}
