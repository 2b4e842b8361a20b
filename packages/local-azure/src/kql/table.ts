import type { Value, ValueType } from './values.ts';

export interface Column {
  readonly name: string;
  readonly type: ValueType;
}

export type Row = Readonly<Record<string, Value>>;

export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

/** All rows of all tables; columns that one does not have are null there. */
export function unionOf(tables: readonly Table[]): Table {
  const columns = new Map(tables.flatMap((table) => table.columns).map((column) => [column.name, column]));
  return { columns: [...columns.values()], rows: tables.flatMap((table) => table.rows) };
}
