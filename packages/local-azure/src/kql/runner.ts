import type { Expression, Query } from './syntax.ts';
import type { Table } from './table.ts';

/** What operators need besides the rows. */
export interface Runner {
  readonly now: number;
  readonly resolve: (expression: Expression) => Expression;
  readonly run: (query: Query) => Table;
}
