import { columnName, checkedType, withScalars } from './check.ts';
import { evaluate } from './evaluate.ts';
import { KqlError } from './kql-error.ts';
import { parseProgram } from './parse-query.ts';
import { runOperator } from './operators.ts';
import type { Expression, Named, Program, Query } from './syntax.ts';
import type { Runner } from './runner.ts';
import { unionOf, type Table } from './table.ts';

/** Data that a query can read. */
export interface QueryScope {
  /** A table by the name that the query uses; undefined where there is none. */
  readonly table: (name: string) => Table | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Answers a query in the subset of KQL that BEHAVIOUR.md names. Throws a KqlError. */
export function runQuery(text: string, scope: QueryScope): Table {
  const program = parseProgram(text);
  return createRunner(program, scope).run(program.query);
}

function createRunner({ scalars, tables }: Program, scope: QueryScope): Runner {
  const resolve = (expression: Expression): Expression => withScalars(expression, scalars);
  const run = (query: Query): Table =>
    query.operators.reduce((table, operator) => runOperator(operator, table, runner), sourceOf(query));
  const sourceOf = ({ source }: Query): Table => {
    if (source.type === 'union') return unionOf(source.parts.map(run));
    if (source.type === 'print') return printed(source.columns, { now: scope.now, resolve, run });
    const named = tables.get(source.name);
    const found = named ? run(named) : scope.table(source.name);
    if (found) return found;
    throw new KqlError('semantic', `Failed to resolve table or column expression named '${source.name}'`, source.at);
  };
  const runner: Runner = { now: scope.now, resolve, run };
  return runner;
}

function printed(columns: readonly Named[], { resolve, now }: Runner): Table {
  const cells = columns.map((column, index) => {
    const value = resolve(column.value);
    const name = column.name ?? (value.type === 'literal' ? `print_${index}` : columnName({ ...column, value }, index));
    return { name, type: checkedType(value, []), value: evaluate(value, {}, now) };
  });
  return {
    columns: cells.map(({ name, type }) => ({ name, type })),
    rows: [Object.fromEntries(cells.map(({ name, value }) => [name, value]))],
  };
}
