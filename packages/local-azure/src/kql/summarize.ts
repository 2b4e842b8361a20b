import { AGGREGATES, type Aggregate } from './aggregates.ts';
import { checkedType, columnName, requireArguments } from './check.ts';
import { evaluate } from './evaluate.ts';
import { KqlError } from './kql-error.ts';
import type { Runner } from './runner.ts';
import type { Expression, Named, Operator } from './syntax.ts';
import type { Column, Row, Table } from './table.ts';
import type { ValueType } from './values.ts';

interface Measure extends Column {
  readonly aggregate: Aggregate;
  readonly args: readonly Expression[];
}

/** Groups rows by the columns after `by` and computes the aggregates of each group; without groups one row is the answer. */
export function summarize(
  { aggregates, by }: Operator & { readonly type: 'summarize' },
  table: Table,
  { resolve, now }: Runner,
): Table {
  const keys = by.map((column, index) => {
    const value = resolve(column.value);
    return { name: columnName(column, index), type: checkedType(value, table.columns), value };
  });
  const measures = aggregates.map((one, index) => measureOf(one, index, table, resolve));
  const groups = Map.groupBy(table.rows, (row) => JSON.stringify(keys.map(({ value }) => evaluate(value, row, now))));
  if (keys.length === 0 && groups.size === 0) groups.set('[]', []);
  const rows = [...groups.values()].map((group): Row => {
    const [first = {}] = group;
    return Object.fromEntries([
      ...keys.map(({ name, value }) => [name, evaluate(value, first, now)] as const),
      ...measures.map(({ name, aggregate, args }) => {
        const values = group.map((row) => args.map((arg) => evaluate(arg, row, now)));
        return [name, aggregate.apply(values)] as const;
      }),
    ]);
  });
  return { columns: [...keys, ...measures].map(({ name, type }) => ({ name, type })), rows };
}

function measureOf(column: Named, index: number, table: Table, resolve: Runner['resolve']): Measure {
  const call = resolve(column.value);
  const known = call.type === 'call' && Object.hasOwn(AGGREGATES, call.name) ? AGGREGATES[call.name] : undefined;
  if (call.type !== 'call' || !known)
    throw new KqlError('semantic', 'The embedded Azure takes one aggregate function per column of summarize', call.at);
  requireArguments(call, known.least, known.most);
  const types = call.args.map((arg) => checkedType(arg, table.columns));
  const type: ValueType = known.type === 'same' ? (types[0] ?? 'dynamic') : known.type;
  return { name: columnName(column, index), type, aggregate: known, args: call.args };
}
