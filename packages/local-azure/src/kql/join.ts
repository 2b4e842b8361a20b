import { KqlError, type Place } from './kql-error.ts';
import type { Row, Table } from './table.ts';
import type { Value } from './values.ts';

type Keys = readonly (readonly [left: string, right: string])[];

/** Joins by equal columns. Columns of the right side that the left has too get a number, as Kusto does. */
export function joinTables(
  left: Table,
  right: Table,
  kind: 'innerunique' | 'inner' | 'leftouter',
  on: Keys,
  { at }: { readonly at: Place },
): Table {
  requireColumns(
    left,
    on.map(([name]) => name),
    at,
  );
  requireColumns(
    right,
    on.map(([, name]) => name),
    at,
  );
  const taken = new Set(left.columns.map(({ name }) => name));
  const renamed = right.columns.map((column) => ({
    from: column.name,
    to: freeName(column.name, taken),
    type: column.type,
  }));
  const matches = Map.groupBy(right.rows, (row) =>
    keyOf(
      row,
      on.map(([, name]) => name),
    ),
  );
  const lefts =
    kind === 'innerunique'
      ? firstPerKey(
          left.rows,
          on.map(([name]) => name),
        )
      : left.rows;
  const beside = (row: Row | undefined): Record<string, Value> =>
    Object.fromEntries(renamed.map(({ from, to }) => [to, row?.[from] ?? null]));
  const rows = lefts.flatMap((row): Row[] => {
    const found =
      matches.get(
        keyOf(
          row,
          on.map(([name]) => name),
        ),
      ) ?? [];
    if (found.length === 0) return kind === 'leftouter' ? [{ ...row, ...beside(undefined) }] : [];
    return found.map((other) => ({ ...row, ...beside(other) }));
  });
  return { columns: [...left.columns, ...renamed.map(({ to, type }) => ({ name: to, type }))], rows };
}

function requireColumns(table: Table, names: readonly string[], at: Place): void {
  const missing = names.find((name) => !table.columns.some((column) => column.name === name));
  if (missing !== undefined)
    throw new KqlError('semantic', `Failed to resolve column or scalar expression named '${missing}'`, at);
}

function keyOf(row: Row, names: readonly string[]): string {
  return JSON.stringify(names.map((name) => row[name] ?? null));
}

function firstPerKey(rows: readonly Row[], names: readonly string[]): Row[] {
  return [...Map.groupBy(rows, (row) => keyOf(row, names)).values()].flatMap((group) => group.slice(0, 1));
}

function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let number = 1; taken.has(free); number++) free = `${name}${number}`;
  taken.add(free);
  return free;
}
