import { createCursor, type Cursor } from './cursor.ts';
import { parseExpression } from './parse-expression.ts';
import type { Expression, Named, Operator, Program, Query, SortKey, Step } from './syntax.ts';
import { tokenize } from './tokens.ts';

/** Reads a query with its `let` statements. Throws a KqlError for what is wrong and for what is not imitated. */
export function parseProgram(text: string): Program {
  const cursor = createCursor(tokenize(text));
  const scalars = new Map<string, Expression>();
  const tables = new Map<string, Query>();
  while (cursor.accept('let')) {
    const name = cursor.name();
    cursor.expect('=');
    if (isTabular(cursor)) tables.set(name, parseQuery(cursor));
    else scalars.set(name, parseExpression(cursor));
    cursor.expect(';');
  }
  const query = parseQuery(cursor);
  cursor.accept(';');
  if (cursor.peek().type !== 'end') cursor.fail();
  return { scalars, tables, query };
}

/** A statement with a pipe in it before its end is a table. */
function isTabular(cursor: Cursor): boolean {
  for (let ahead = 0; cursor.peek(ahead).type !== 'end' && !cursor.is(';', ahead); ahead++)
    if (cursor.is('|', ahead)) return true;
  return false;
}

function parseQuery(cursor: Cursor): Query {
  const source = parseSource(cursor);
  const operators: Operator[] = [];
  while (cursor.accept('|')) operators.push(parseOperator(cursor));
  return { source, operators };
}

function parseSource(cursor: Cursor): Query['source'] {
  const at = cursor.peek();
  if (cursor.accept('(')) {
    const inner = parseQuery(cursor);
    cursor.expect(')');
    return { type: 'union', parts: [inner], at };
  }
  if (cursor.accept('union')) return { type: 'union', parts: parseLegs(cursor), at };
  if (cursor.accept('print')) return { type: 'print', columns: parseNamed(cursor), at };
  return { type: 'table', name: cursor.name(), at };
}

function parseLegs(cursor: Cursor): Query[] {
  parameters(cursor);
  const legs = [parseLeg(cursor)];
  while (cursor.accept(',')) legs.push(parseLeg(cursor));
  return legs;
}

function parseLeg(cursor: Cursor): Query {
  if (!cursor.is('(')) return { source: { type: 'table', name: cursor.name(), at: cursor.peek() }, operators: [] };
  cursor.next();
  const inner = parseQuery(cursor);
  cursor.expect(')');
  return inner;
}

/** `kind=inner withsource=x`: before what an operator works on. */
function parameters(cursor: Cursor): Record<string, string> {
  const found: Record<string, string> = {};
  while (cursor.peek().type === 'name' && cursor.is('=', 1)) {
    const name = cursor.name();
    cursor.next();
    found[name] = String(cursor.next().value);
  }
  return found;
}

const PARSERS: Readonly<Record<string, (cursor: Cursor) => Step>> = {
  where: (cursor) => ({ type: 'where', condition: parseExpression(cursor) }),
  filter: (cursor) => ({ type: 'where', condition: parseExpression(cursor) }),
  extend: (cursor) => ({ type: 'extend', columns: parseNamed(cursor) }),
  project: (cursor) => ({ type: 'project', columns: parseNamed(cursor) }),
  'project-away': (cursor) => ({ type: 'project-away', names: parseNames(cursor) }),
  'project-keep': (cursor) => ({ type: 'project-keep', names: parseNames(cursor) }),
  'project-rename': (cursor) => ({ type: 'project-rename', columns: parseRenames(cursor) }),
  summarize: parseSummarize,
  order: parseSort,
  sort: parseSort,
  top: parseTop,
  take: (cursor) => ({ type: 'take', count: parseExpression(cursor) }),
  limit: (cursor) => ({ type: 'take', count: parseExpression(cursor) }),
  distinct: (cursor) => ({ type: 'distinct', columns: parseNamed(cursor) }),
  count: () => ({ type: 'count' }),
  'mv-expand': parseExpand,
  mvexpand: parseExpand,
  join: parseJoin,
  union: (cursor) => ({ type: 'union', others: parseLegs(cursor) }),
};

function parseOperator(cursor: Cursor): Operator {
  const at = cursor.peek();
  let name = cursor.peek().type === 'name' ? String(cursor.peek().value) : cursor.fail();
  cursor.next();
  if (
    cursor.is('-') &&
    cursor.peek(1).type === 'name' &&
    Object.hasOwn(PARSERS, `${name}-${String(cursor.peek(1).value)}`)
  ) {
    cursor.next();
    name = `${name}-${String(cursor.next().value)}`;
  }
  const parse = Object.hasOwn(PARSERS, name) ? PARSERS[name] : undefined;
  if (!parse) return cursor.fail(`The embedded Azure does not imitate the operator '${name}'`);
  return { ...parse(cursor), at };
}

function parseNamed(cursor: Cursor): Named[] {
  const columns = [parseColumn(cursor)];
  while (cursor.accept(',')) columns.push(parseColumn(cursor));
  return columns;
}

function parseColumn(cursor: Cursor): Named {
  const isNamed = cursor.peek().type === 'name' && cursor.is('=', 1);
  if (!isNamed) return { name: undefined, value: parseExpression(cursor) };
  const name = cursor.name();
  cursor.expect('=');
  return { name, value: parseExpression(cursor) };
}

function parseNames(cursor: Cursor): string[] {
  const one = (): string => `${cursor.name()}${cursor.accept('*') ? '*' : ''}`;
  const names = [one()];
  while (cursor.accept(',')) names.push(one());
  return names;
}

function parseRenames(cursor: Cursor): [string, string][] {
  const one = (): [string, string] => {
    const to = cursor.name();
    cursor.expect('=');
    return [to, cursor.name()];
  };
  const columns = [one()];
  while (cursor.accept(',')) columns.push(one());
  return columns;
}

function parseSummarize(cursor: Cursor): Step {
  const aggregates = cursor.is('by') ? [] : parseNamed(cursor);
  const by = cursor.accept('by') ? parseNamed(cursor) : [];
  return { type: 'summarize', aggregates, by };
}

function parseSort(cursor: Cursor): Step {
  cursor.expect('by');
  return { type: 'sort', keys: parseKeys(cursor) };
}

function parseTop(cursor: Cursor): Step {
  const count = parseExpression(cursor);
  cursor.expect('by');
  return { type: 'top', count, keys: parseKeys(cursor) };
}

function parseKeys(cursor: Cursor): SortKey[] {
  const one = (): SortKey => {
    const by = parseExpression(cursor);
    const ascending = cursor.accept('asc');
    const descending = !ascending && (cursor.accept('desc') || true);
    const nulls = cursor.accept('nulls') ? cursor.name() : undefined;
    return { by, descending, nullsFirst: nulls === undefined ? ascending : nulls === 'first' };
  };
  const keys = [one()];
  while (cursor.accept(',')) keys.push(one());
  return keys;
}

function parseExpand(cursor: Cursor): Step {
  const column = parseColumn(cursor);
  return { type: 'mv-expand', column, limit: cursor.accept('limit') ? parseExpression(cursor) : undefined };
}

const JOINS = ['innerunique', 'inner', 'leftouter'] as const;

function parseJoin(cursor: Cursor): Step {
  const { kind: wanted = 'innerunique' } = parameters(cursor);
  const kind = JOINS.find((one) => one === wanted);
  if (!kind) return cursor.fail(`The embedded Azure does not imitate a join of kind '${wanted}'`);
  const right = parseLeg(cursor);
  cursor.expect('on');
  const on = [parseJoinKey(cursor)];
  while (cursor.accept(',')) on.push(parseJoinKey(cursor));
  return { type: 'join', kind, right, on };
}

/** `key` or `$left.a == $right.b`. */
function parseJoinKey(cursor: Cursor): [string, string] {
  if (!cursor.is('$left') && !cursor.is('$right')) {
    const name = cursor.name();
    return [name, name];
  }
  const first = parseSide(cursor);
  cursor.expect('==');
  const second = parseSide(cursor);
  return first.side === '$left' ? [first.name, second.name] : [second.name, first.name];
}

function parseSide(cursor: Cursor): { side: string; name: string } {
  const side = cursor.name();
  cursor.expect('.');
  return { side, name: cursor.name() };
}
