import { isArray, isObject } from '../engine/json.ts';
import { checkedType, columnName } from './check.ts';
import { evaluate } from './evaluate.ts';
import { joinTables } from './join.ts';
import { KqlError } from './kql-error.ts';
import type { Runner } from './runner.ts';
import { summarize } from './summarize.ts';
import type { Expression, Named, Operator, SortKey } from './syntax.ts';
import { unionOf, type Column, type Row, type Table } from './table.ts';
import { compare, Moment, type Value } from './values.ts';

/** Applies one operator to a table. */
export function runOperator(operator: Operator, table: Table, runner: Runner): Table {
  switch (operator.type) {
    case 'where':
      return where(operator.condition, table, runner);
    case 'project':
      return project(operator.columns, table, runner);
    case 'extend':
      return extend(operator.columns, table, runner);
    case 'project-away':
      return keep(table, (name) => !operator.names.some((pattern) => fits(name, pattern)));
    case 'project-keep':
      return keep(table, (name) => operator.names.some((pattern) => fits(name, pattern)));
    case 'project-rename':
      return rename(operator.columns, table, operator);
    case 'summarize':
      return summarize(operator, table, runner);
    case 'sort':
      return sort(operator.keys, table, runner);
    case 'top':
      return take(operator.count, sort(operator.keys, table, runner), runner);
    case 'take':
      return take(operator.count, table, runner);
    case 'distinct':
      return distinct(operator.columns, table, runner);
    case 'count':
      return { columns: [{ name: 'Count', type: 'long' }], rows: [{ Count: table.rows.length }] };
    case 'mv-expand':
      return expand(operator.column, operator.limit, table, runner);
    case 'join':
      return joinTables(table, runner.run(operator.right), operator.kind, operator.on, operator);
    case 'union':
      return unionOf([table, ...operator.others.map(runner.run)]);
  }
}

function where(condition: Expression, table: Table, { resolve, now }: Runner): Table {
  const test = resolve(condition);
  checkedType(test, table.columns);
  return { ...table, rows: table.rows.filter((row) => evaluate(test, row, now) === true) };
}

interface Computed extends Column {
  readonly value: Expression;
}

function computed(columns: readonly Named[], table: Table, { resolve }: Runner): Computed[] {
  return columns.map((column, index) => {
    const value = resolve(column.value);
    return {
      name: columnName({ ...column, value: column.value }, index),
      type: checkedType(value, table.columns),
      value,
    };
  });
}

function cells(columns: readonly Computed[], row: Row, now: number): Row {
  return Object.fromEntries(columns.map(({ name, value }) => [name, evaluate(value, row, now)]));
}

function project(columns: readonly Named[], table: Table, runner: Runner): Table {
  const chosen = computed(columns, table, runner);
  return {
    columns: chosen.map(({ name, type }) => ({ name, type })),
    rows: table.rows.map((row) => cells(chosen, row, runner.now)),
  };
}

function extend(columns: readonly Named[], table: Table, runner: Runner): Table {
  const added = computed(columns, table, runner);
  const names = new Set(added.map(({ name }) => name));
  return {
    columns: [
      ...table.columns.filter(({ name }) => !names.has(name)),
      ...added.map(({ name, type }) => ({ name, type })),
    ],
    rows: table.rows.map((row) => ({ ...row, ...cells(added, row, runner.now) })),
  };
}

function fits(name: string, pattern: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}

function keep(table: Table, isKept: (name: string) => boolean): Table {
  const columns = table.columns.filter(({ name }) => isKept(name));
  const names = columns.map(({ name }) => name);
  return { columns, rows: table.rows.map((row) => Object.fromEntries(names.map((name) => [name, row[name] ?? null]))) };
}

function rename(pairs: readonly (readonly [string, string])[], table: Table, { at }: Operator): Table {
  const names = new Map(pairs.map(([to, from]) => [from, to]));
  const missing = pairs.find(([, from]) => !table.columns.some(({ name }) => name === from));
  if (missing)
    throw new KqlError('semantic', `Failed to resolve column or scalar expression named '${missing[1]}'`, at);
  return {
    columns: table.columns.map((column) => ({ ...column, name: names.get(column.name) ?? column.name })),
    rows: table.rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [names.get(name) ?? name, value])),
    ),
  };
}

function sort(keys: readonly SortKey[], table: Table, { resolve, now }: Runner): Table {
  const by = keys.map((key) => ({ ...key, by: resolve(key.by) }));
  for (const key of by) checkedType(key.by, table.columns);
  const order = (a: Row, b: Row): number => {
    for (const key of by) {
      const difference = compareKeys(evaluate(key.by, a, now), evaluate(key.by, b, now), key);
      if (difference !== 0) return difference;
    }
    return 0;
  };
  return { ...table, rows: table.rows.toSorted(order) };
}

function compareKeys(a: Value, b: Value, { descending, nullsFirst }: SortKey): number {
  if (a === null || b === null) {
    if (a === b) return 0;
    return (a === null) === nullsFirst ? -1 : 1;
  }
  return (compare(a, b) ?? 0) * (descending ? -1 : 1);
}

function take(count: Expression, table: Table, { resolve, now }: Runner): Table {
  const most = evaluate(resolve(count), {}, now);
  if (typeof most !== 'number' || most < 0 || !Number.isInteger(most))
    throw new KqlError('semantic', 'The number of rows is not a whole number', count.at);
  return { ...table, rows: table.rows.slice(0, most) };
}

function distinct(columns: readonly Named[], table: Table, runner: Runner): Table {
  const all = columns.some(({ value }) => value.type === 'star');
  const chosen = all ? table : project(columns, table, runner);
  const names = chosen.columns.map(({ name }) => name);
  const unique = new Map(chosen.rows.map((row) => [JSON.stringify(names.map((name) => row[name] ?? null)), row]));
  return { ...chosen, rows: [...unique.values()] };
}

const MOST_EXPANDED = 400;

/** One row per item of a list, or per member of an object; a row without any stays. */
function expand(column: Named, limit: Expression | undefined, table: Table, runner: Runner): Table {
  const [target] = computed([column], table, runner);
  if (!target) return table;
  const most = limit ? Number(evaluate(runner.resolve(limit), {}, runner.now)) : MOST_EXPANDED;
  const rows = table.rows.flatMap((row) =>
    itemsOf(evaluate(target.value, row, runner.now))
      .slice(0, most)
      .map((item) => ({ ...row, [target.name]: item })),
  );
  const others = table.columns.filter(({ name }) => name !== target.name);
  const isNew = others.length === table.columns.length;
  const expanded: Column = { name: target.name, type: 'dynamic' };
  const columns = isNew
    ? [...others, expanded]
    : table.columns.map((one) => (one.name === target.name ? expanded : one));
  return { columns, rows };
}

function itemsOf(value: Value): readonly Value[] {
  if (value instanceof Moment) return [value];
  if (isArray(value)) return value.length === 0 ? [null] : value;
  return isObject(value) ? Object.entries(value).map(([key, item]) => ({ [key]: item })) : [value];
}
