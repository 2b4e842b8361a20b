import { AGGREGATES } from './aggregates.ts';
import { FUNCTIONS } from './functions.ts';
import { KqlError } from './kql-error.ts';
import type { Expression, Named } from './syntax.ts';
import type { Column } from './table.ts';
import { textOf, typeOf, type ValueType } from './values.ts';

/** The expression with scalar `let` names replaced by what they stand for. */
export function withScalars(expression: Expression, scalars: ReadonlyMap<string, Expression>): Expression {
  const inner = (one: Expression): Expression => withScalars(one, scalars);
  switch (expression.type) {
    case 'column': {
      const known = scalars.get(expression.name);
      return known ? inner(known) : expression;
    }
    case 'member':
      return { ...expression, of: inner(expression.of), key: inner(expression.key) };
    case 'call':
      return { ...expression, args: expression.args.map(inner) };
    case 'unary':
      return { ...expression, of: inner(expression.of) };
    case 'binary':
      return { ...expression, left: inner(expression.left), right: inner(expression.right) };
    case 'list':
      return { ...expression, left: inner(expression.left), items: expression.items.map(inner) };
    default:
      return expression;
  }
}

/** The type of an expression. Throws a KqlError for columns and functions that are not there and for a wrong number of arguments. */
export function checkedType(expression: Expression, columns: readonly Column[]): ValueType {
  const inner = (one: Expression): ValueType => checkedType(one, columns);
  switch (expression.type) {
    case 'literal':
      return typeOf(expression.value) ?? 'dynamic';
    case 'column': {
      const found = columns.find(({ name }) => name === expression.name);
      if (found) return found.type;
      throw new KqlError(
        'semantic',
        `Failed to resolve column or scalar expression named '${expression.name}'`,
        expression.at,
      );
    }
    case 'member':
      inner(expression.of);
      inner(expression.key);
      return 'dynamic';
    case 'call':
      return callType(expression, columns);
    case 'unary':
      return expression.operator === 'not' ? (inner(expression.of), 'bool') : inner(expression.of);
    case 'binary':
      return binaryType(expression.operator, inner(expression.left), inner(expression.right));
    case 'list':
      [expression.left, ...expression.items].forEach(inner);
      return 'bool';
    case 'star':
      throw new KqlError('syntax', "Query could not be parsed at '*'", expression.at);
  }
}

const ARITHMETIC = new Set(['+', '-', '*', '/', '%']);

function binaryType(operator: string, left: ValueType, right: ValueType): ValueType {
  if (!ARITHMETIC.has(operator)) return 'bool';
  const types = new Set([left, right]);
  if (types.has('datetime')) return left === right ? 'timespan' : 'datetime';
  if (types.has('timespan')) return operator === '/' && left === right ? 'real' : 'timespan';
  return types.has('real') || types.has('dynamic') ? 'real' : 'long';
}

function callType(call: Expression & { readonly type: 'call' }, columns: readonly Column[]): ValueType {
  const known = Object.hasOwn(FUNCTIONS, call.name) ? FUNCTIONS[call.name] : undefined;
  if (!known) {
    const isAggregate = Object.hasOwn(AGGREGATES, call.name);
    const message = isAggregate
      ? `The aggregate '${call.name}' is not expected here`
      : `The function '${call.name}' is unknown or not imitated by the embedded Azure`;
    throw new KqlError('semantic', message, call.at);
  }
  requireArguments(call, known.least, known.most);
  const types = call.args.map((one) => checkedType(one, columns));
  if (call.name === 'bin' || call.name === 'floor') return types[0] ?? 'dynamic';
  if (call.name === 'iff' || call.name === 'iif' || call.name === 'case') return types[1] ?? 'dynamic';
  return call.name === 'coalesce' || call.name.endsWith('_of') ? (types[0] ?? 'dynamic') : known.type;
}

/** Refuses a call with too few or too many arguments. */
export function requireArguments(call: Expression & { readonly type: 'call' }, least: number, most: number): void {
  if (call.args.length >= least && call.args.length <= most) return;
  const wanted = least === most ? `${least}` : `between ${least} and ${most}`;
  throw new KqlError('semantic', `${call.name}(): function expects ${wanted} argument(s)`, call.at);
}

/** The name of a column without an explicit one: that of the column or member it shows, else one made up as Kusto does. */
export function columnName({ name, value }: Named, index: number): string {
  if (name !== undefined) return name;
  if (value.type === 'column') return value.name;
  if (value.type === 'member') return memberName(value);
  if (value.type !== 'call') return `Column${index + 1}`;
  const [first] = value.args;
  const of =
    first && (first.type === 'column' || first.type === 'member')
      ? columnName({ name: undefined, value: first }, index)
      : '';
  const isTransparent = [
    'bin',
    'floor',
    'tostring',
    'tolower',
    'toupper',
    'toint',
    'tolong',
    'todatetime',
    'todouble',
  ].includes(value.name);
  return isTransparent && of !== '' ? of : `${value.name}_${of}`;
}

/** `properties.a.b` is shown as `properties_a_b`. */
function memberName(expression: Expression): string {
  if (expression.type === 'column') return expression.name;
  if (expression.type !== 'member') return 'Column1';
  const key = expression.key.type === 'literal' ? textOf(expression.key.value) : '';
  return `${memberName(expression.of)}_${key}`;
}
