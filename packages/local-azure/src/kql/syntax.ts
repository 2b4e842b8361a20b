import type { Place } from './kql-error.ts';
import type { Value } from './values.ts';

/** A scalar expression. */
export type Expression = { readonly at: Place } & (
  | { readonly type: 'literal'; readonly value: Value }
  | { readonly type: 'column'; readonly name: string }
  | { readonly type: 'member'; readonly of: Expression; readonly key: Expression }
  | { readonly type: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly type: 'unary'; readonly operator: string; readonly of: Expression }
  | { readonly type: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | {
      readonly type: 'list';
      readonly operator: string;
      readonly left: Expression;
      readonly items: readonly Expression[];
    }
  | { readonly type: 'star' }
);

/** `name = expression`; without a name it is made from the expression. */
export interface Named {
  readonly name: string | undefined;
  readonly value: Expression;
}

export interface SortKey {
  readonly by: Expression;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

/** An operator with its arguments. */
export type Step =
  | { readonly type: 'where'; readonly condition: Expression }
  | { readonly type: 'project' | 'extend'; readonly columns: readonly Named[] }
  | { readonly type: 'project-away' | 'project-keep'; readonly names: readonly string[] }
  | { readonly type: 'project-rename'; readonly columns: readonly (readonly [to: string, from: string])[] }
  | { readonly type: 'summarize'; readonly aggregates: readonly Named[]; readonly by: readonly Named[] }
  | { readonly type: 'sort'; readonly keys: readonly SortKey[] }
  | { readonly type: 'top'; readonly count: Expression; readonly keys: readonly SortKey[] }
  | { readonly type: 'take'; readonly count: Expression }
  | { readonly type: 'distinct'; readonly columns: readonly Named[] }
  | { readonly type: 'count' }
  | { readonly type: 'mv-expand'; readonly column: Named; readonly limit: Expression | undefined }
  | {
      readonly type: 'join';
      readonly kind: 'innerunique' | 'inner' | 'leftouter';
      readonly right: Query;
      readonly on: readonly (readonly [string, string])[];
    }
  | { readonly type: 'union'; readonly others: readonly Query[] };

/** One step after a `|`. */
export type Operator = Step & { readonly at: Place };

export interface Query {
  readonly source: { readonly at: Place } & (
    | { readonly type: 'table'; readonly name: string }
    | { readonly type: 'union'; readonly parts: readonly Query[] }
    | { readonly type: 'print'; readonly columns: readonly Named[] }
  );
  readonly operators: readonly Operator[];
}

export interface Program {
  readonly scalars: ReadonlyMap<string, Expression>;
  readonly tables: ReadonlyMap<string, Query>;
  readonly query: Query;
}
