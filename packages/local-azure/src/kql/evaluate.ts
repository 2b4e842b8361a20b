import { isArray, isObject } from '../engine/json.ts';
import { FUNCTIONS } from './functions.ts';
import type { Expression } from './syntax.ts';
import type { Row } from './table.ts';
import { compare, Moment, textOf, type Value } from './values.ts';

/** The value of an expression in a row. The expression was checked against the columns before. */
export function evaluate(expression: Expression, row: Row, now: number): Value {
  const inner = (one: Expression): Value => evaluate(one, row, now);
  switch (expression.type) {
    case 'literal':
      return expression.value;
    case 'column':
      return row[expression.name] ?? null;
    case 'member':
      return memberOf(inner(expression.of), inner(expression.key));
    case 'call':
      return FUNCTIONS[expression.name]?.apply(expression.args.map(inner), now) ?? null;
    case 'unary':
      return unary(expression.operator, inner(expression.of));
    case 'binary':
      return binary(expression.operator, inner(expression.left), () => inner(expression.right));
    case 'list':
      return list(expression.operator, inner(expression.left), expression.items.map(inner));
    case 'star':
      return null;
  }
}

function memberOf(value: Value, key: Value): Value {
  if (value instanceof Moment) return null;
  if (isArray(value)) return typeof key === 'number' ? (value.at(key) ?? null) : null;
  return isObject(value) && typeof key === 'string' && Object.hasOwn(value, key) ? (value[key] ?? null) : null;
}

function unary(operator: string, value: Value): Value {
  if (operator === 'not') return value === null ? null : value !== true;
  if (value instanceof Moment) return new Moment(value.kind, -value.ms);
  return value === null ? null : -Number(value);
}

function binary(operator: string, left: Value, rightOf: () => Value): Value {
  if (operator === 'and') return left === true && rightOf() === true;
  if (operator === 'or') return left === true || rightOf() === true;
  const right = rightOf();
  if (['+', '-', '*', '/', '%'].includes(operator)) return arithmetic(operator, left, right);
  const order = ORDERS[operator];
  if (order) return order(compare(left, right));
  const text = TEXTS[operator];
  return text ? text(textOf(left), textOf(right)) : null;
}

const ORDERS: Readonly<Record<string, (difference: number | undefined) => boolean>> = {
  '==': (difference) => difference === 0,
  '!=': (difference) => difference !== 0,
  '<': (difference) => difference !== undefined && difference < 0,
  '<=': (difference) => difference !== undefined && difference <= 0,
  '>': (difference) => difference !== undefined && difference > 0,
  '>=': (difference) => difference !== undefined && difference >= 0,
};

type TextTest = (text: string, part: string) => boolean;

const anyCase =
  (test: TextTest): TextTest =>
  (text, part) =>
    test(text.toLowerCase(), part.toLowerCase());

const contains: TextTest = (text, part) => text.includes(part);
const starts: TextTest = (text, part) => text.startsWith(part);
const ends: TextTest = (text, part) => text.endsWith(part);

/** A term is a run of letters and digits; what is looked for has to begin and end at the border of one. */
const hasTerm =
  (borderBefore: boolean, borderAfter: boolean): TextTest =>
  (text, part) => {
    const isInTerm = (character: string): boolean => /[\p{L}\p{N}]/u.test(character);
    if (part === '') return true;
    for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
      const before = !borderBefore || !isInTerm(text.charAt(at - 1));
      const after = !borderAfter || !isInTerm(text.charAt(at + part.length));
      if (before && after) return true;
    }
    return false;
  };

const TEXTS: Readonly<Record<string, TextTest>> = {
  '=~': anyCase((text, part) => text === part),
  '!~': anyCase((text, part) => text !== part),
  contains: anyCase(contains),
  contains_cs: contains,
  has: anyCase(hasTerm(true, true)),
  has_cs: hasTerm(true, true),
  hasprefix: anyCase(hasTerm(true, false)),
  hassuffix: anyCase(hasTerm(false, true)),
  startswith: anyCase(starts),
  startswith_cs: starts,
  endswith: anyCase(ends),
  endswith_cs: ends,
};

function list(operator: string, left: Value, items: readonly Value[]): Value {
  const flat = items.flatMap((item): readonly Value[] => (isArray(item) ? item : [item]));
  const test = (name: string) => (item: Value) => TEXTS[name]?.(textOf(left), textOf(item)) === true;
  if (operator === 'between')
    return (compare(left, items[0] ?? null) ?? -1) >= 0 && (compare(left, items[1] ?? null) ?? 1) <= 0;
  if (operator === 'in') return flat.some((item) => compare(left, item) === 0);
  if (operator === 'in~') return flat.some(test('=~'));
  return operator === 'has_all' ? flat.every(test('has')) : flat.some(test('has'));
}

function arithmetic(operator: string, left: Value, right: Value): Value {
  if (left === null || right === null) return null;
  const [a, b] = [left instanceof Moment ? left.ms : Number(left), right instanceof Moment ? right.ms : Number(right)];
  if (Number.isNaN(a) || Number.isNaN(b)) return null;
  const result = compute(operator, a, b, Number.isInteger(left) && Number.isInteger(right));
  if (result === null || !Number.isFinite(result)) return null;
  return kindOf(operator, left, right, result);
}

function compute(operator: string, a: number, b: number, isWhole: boolean): number | null {
  if (operator === '+') return a + b;
  if (operator === '-') return a - b;
  if (operator === '*') return a * b;
  if (b === 0) return null;
  if (operator === '%') return a % b;
  return isWhole ? Math.trunc(a / b) : a / b;
}

/** Two times differ by a length of time; a time moved by a length is a time. */
function kindOf(operator: string, left: Value, right: Value, result: number): Value {
  const kinds = [left, right].map((value) => (value instanceof Moment ? value.kind : undefined));
  if (kinds.every((kind) => kind === undefined)) return result;
  const dates = kinds.filter((kind) => kind === 'datetime').length;
  if (dates === 1) return new Moment('datetime', result);
  if (operator === '/' && kinds.every((kind) => kind === 'timespan')) return result;
  return new Moment('timespan', result);
}
