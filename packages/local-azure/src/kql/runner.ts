import type { Expression, Query } from './syntax.ts';
import type { Table } from './table.ts';

/** Context of operators besides the rows. */
export interface Runner {
  readonly now: number;
  readonly resolve: (expression: Expression) => Expression;
  readonly run: (query: Query) => Table;
}
