import { collectionOf } from '../engine/documents.ts';
import type { Engine } from '../arm/contract.ts';
import { sameText, textAt, type Json, type JsonObject } from '../engine/json.ts';
import type { StoredResource } from '../engine/resources.ts';
import type { Column, Row, Table } from '../kql/table.ts';
import { Moment, typeOf, type Value, type ValueType } from '../kql/values.ts';
import { knownColumns } from './schemas.ts';

const WORKSPACE_TYPE = 'Microsoft.OperationalInsights/workspaces';

/** A row of a table; `at` in milliseconds of the clock. */
interface Entry {
  readonly at: number;
  readonly row: JsonObject;
}

const entries = (workspace: string, table: string) => collectionOf<Entry>(`logs/${workspace.toLowerCase()}/${table}`);
const tables = (workspace: string) => collectionOf<{ readonly name: string }>(`logs/${workspace.toLowerCase()}`);

/** A workspace by its resource id or its customer id. */
export function findWorkspace({ resources }: Engine, idOrCustomerId: string): StoredResource | undefined {
  const byId = resources.get(idOrCustomerId);
  if (byId && sameText(byId.type, WORKSPACE_TYPE)) return byId;
  return resources
    .list({ type: WORKSPACE_TYPE })
    .find((one) => sameText(textAt(one.readOnly, 'properties.customerId') ?? '', idOrCustomerId));
}

/** Writes a row. `TimeGenerated` is the time of the clock unless the row says another one. */
export function appendLog(engine: Engine, workspace: StoredResource, table: string, row: JsonObject): void {
  const said = Date.parse(textAt(row, 'TimeGenerated') ?? '');
  const at = Number.isNaN(said) ? engine.clock.now() : said;
  tables(workspace.id).put(engine.documents, table, { name: table });
  entries(workspace.id, table).put(engine.documents, engine.ids.guid(), { at, row });
}

/** Writes rows to a workspace by its resource id or customer id; false where there is none. */
export function logWriter(engine: Engine): (workspace: string, table: string, rows: readonly JsonObject[]) => boolean {
  return (id, table, rows) => {
    const workspace = findWorkspace(engine, id);
    for (const row of workspace ? rows : []) if (workspace) appendLog(engine, workspace, table, row);
    return workspace !== undefined;
  };
}

/** Rows between two times; undefined for a table that does not exist. */
export function logTable(
  engine: Engine,
  workspace: StoredResource,
  name: string,
  span: { readonly from: number; readonly to: number },
): Table | undefined {
  const known = knownColumns(name);
  if (!known && !tables(workspace.id).get(engine.documents, name)) return undefined;
  const written = entries(workspace.id, name).list(engine.documents);
  const columns = withWritten(known ?? [{ name: 'TimeGenerated', type: 'datetime' }], written);
  const common = { TenantId: textAt(workspace.readOnly, 'properties.customerId') ?? '', Type: name };
  const rows = written
    .filter(({ at }) => at >= span.from && at < span.to)
    .map(({ at, row }): Row => ({ ...common, ...typed(row, columns), TimeGenerated: new Moment('datetime', at) }));
  return { columns, rows };
}

/** A table gets the columns that its rows have. */
function withWritten(known: readonly Column[], written: readonly Entry[]): Column[] {
  const columns = new Map(known.map((column) => [column.name, column]));
  for (const { row } of written)
    for (const [name, value] of Object.entries(row))
      if (!columns.has(name)) columns.set(name, { name, type: typeOf(value) ?? 'string' });
  return [...columns.values()];
}

function typed(row: JsonObject, columns: readonly Column[]): Row {
  const types = new Map(columns.map(({ name, type }) => [name, type]));
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, asType(value, types.get(name))]));
}

function asType(value: Json, type: ValueType | undefined): Value {
  if (type !== 'datetime' || typeof value !== 'string') return value;
  const time = Date.parse(value);
  return Number.isNaN(time) ? null : new Moment('datetime', time);
}
