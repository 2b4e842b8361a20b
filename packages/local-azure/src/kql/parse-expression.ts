import type { Cursor } from './cursor.ts';
import type { Expression } from './syntax.ts';
import { Moment, type Value } from './values.ts';

const COMPARISONS = new Set(['==', '!=', '<', '<=', '>', '>=', '=~', '!~']);

/** Operators that are words; with `!` before them they are turned around. */
const WORDS = new Set([
  'contains',
  'contains_cs',
  'has',
  'has_cs',
  'startswith',
  'startswith_cs',
  'endswith',
  'endswith_cs',
  'hasprefix',
  'hassuffix',
]);
const LISTS = new Set(['in', 'in~', 'has_any', 'has_all', 'between']);

/** Reads a scalar expression. */
export function parseExpression(cursor: Cursor): Expression {
  return chain(cursor, 'or', () => chain(cursor, 'and', () => parseComparison(cursor)));
}

function chain(cursor: Cursor, operator: string, operand: () => Expression): Expression {
  let left = operand();
  while (cursor.is(operator)) {
    const at = cursor.next();
    left = { type: 'binary', operator, left, right: operand(), at };
  }
  return left;
}

function parseComparison(cursor: Cursor): Expression {
  const left = parseSum(cursor);
  const at = cursor.peek();
  const negated = cursor.is('!in~') || (cursor.is('!') && cursor.peek(1).type !== 'end');
  const word = cursor.is('!') ? String(cursor.peek(1).value) : cursor.is('!in~') ? 'in~' : String(at.value);
  if (at.type === 'symbol' && COMPARISONS.has(word)) {
    cursor.next();
    return { type: 'binary', operator: word, left, right: parseSum(cursor), at };
  }
  const isList = LISTS.has(word);
  if (!isList && !WORDS.has(word)) {
    if (word === 'matches') return cursor.fail("The embedded Azure does not imitate 'matches regex'");
    return left;
  }
  if (cursor.is('!')) cursor.next();
  cursor.next();
  const whole: Expression = isList
    ? { type: 'list', operator: word, left, items: parseItems(cursor, word === 'between'), at }
    : { type: 'binary', operator: word, left, right: parseSum(cursor), at };
  return negated ? { type: 'unary', operator: 'not', of: whole, at } : whole;
}

function parseItems(cursor: Cursor, isRange: boolean): Expression[] {
  cursor.expect('(');
  const items: Expression[] = [];
  while (!cursor.is(')')) {
    if (items.length > 0) cursor.expect(isRange ? '..' : ',');
    items.push(parseExpression(cursor));
  }
  cursor.expect(')');
  if (isRange && items.length !== 2) cursor.fail();
  return items;
}

function parseSum(cursor: Cursor): Expression {
  return binary(cursor, ['+', '-'], () => binary(cursor, ['*', '/', '%'], () => parseUnary(cursor)));
}

function binary(cursor: Cursor, operators: readonly string[], operand: () => Expression): Expression {
  let left = operand();
  for (let at = cursor.peek(); at.type === 'symbol' && operators.includes(String(at.value)); at = cursor.peek()) {
    cursor.next();
    left = { type: 'binary', operator: String(at.value), left, right: operand(), at };
  }
  return left;
}

function parseUnary(cursor: Cursor): Expression {
  const at = cursor.peek();
  if (cursor.accept('-')) return { type: 'unary', operator: '-', of: parseUnary(cursor), at };
  return parseMembers(cursor, parsePrimary(cursor));
}

function parseMembers(cursor: Cursor, start: Expression): Expression {
  let of = start;
  for (;;) {
    const at = cursor.peek();
    if (cursor.accept('.')) {
      const key: Expression = { type: 'literal', value: cursor.name(), at };
      of = { type: 'member', of, key, at };
    } else if (cursor.accept('[')) {
      const key = parseExpression(cursor);
      cursor.expect(']');
      of = { type: 'member', of, key, at };
    } else return of;
  }
}

function parsePrimary(cursor: Cursor): Expression {
  const at = cursor.peek();
  if (cursor.accept('*')) return { type: 'star', at };
  if (cursor.accept('(')) {
    const inner = parseExpression(cursor);
    cursor.expect(')');
    return inner;
  }
  const constant = literal(cursor);
  if (constant !== undefined) return { type: 'literal', value: constant, at };
  if (cursor.is('[') || at.type === 'name') {
    const name = cursor.name();
    return cursor.is('(') ? { type: 'call', name, args: parseArguments(cursor), at } : { type: 'column', name, at };
  }
  return cursor.fail();
}

function literal(cursor: Cursor): Value | undefined {
  const at = cursor.peek();
  if (at.type === 'number' || at.type === 'string') return cursor.next().value;
  if (at.type === 'timespan') return new Moment('timespan', Number(cursor.next().value));
  if (cursor.accept('true')) return true;
  if (cursor.accept('false')) return false;
  if (at.type === 'datetime') return dateLiteral(cursor);
  return undefined;
}

/** `datetime(2026-01-31T10:00)`: the text in the parentheses is not an expression; without an offset it is UTC. */
function dateLiteral(cursor: Cursor): Value {
  const text = String(cursor.peek().value);
  const plain = text.replace(/^["'](.*)["']$/u, '$1');
  const hasZone = /^\d{4}-\d\d-\d\d$/u.test(plain) || /[Zz]$|[+-]\d\d:\d\d$/u.test(plain);
  const time = Date.parse(hasZone ? plain : `${plain}Z`);
  if (Number.isNaN(time) && plain !== 'null') return cursor.fail(`'${text}' is not a datetime`);
  cursor.next();
  return plain === 'null' ? null : new Moment('datetime', time);
}

function parseArguments(cursor: Cursor): Expression[] {
  cursor.expect('(');
  const args: Expression[] = [];
  while (!cursor.is(')')) {
    if (args.length > 0) cursor.expect(',');
    args.push(parseExpression(cursor));
  }
  cursor.expect(')');
  return args;
}
