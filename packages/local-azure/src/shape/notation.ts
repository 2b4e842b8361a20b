/**
 * The members of a body, written like the body itself:
 *
 * - `'string'`, `'boolean'`, `'integer'`, `'number'`, `'any'`, `'object'`; with bounds `'string(3..24)'`, `'integer(1..365)'`;
 * - `'Allow|Deny'` one of these words; `'Hot|Cool|*'` these or any other;
 * - `'readonly'` returned but never taken: dropped from requests; `'secret'` a string that is taken but never returned;
 *   `'transient'` acted upon, neither kept nor returned;
 * - `' = value'` at the end is filled in when the member is missing: `'boolean = true'`, `'Enabled|Disabled = Enabled'`;
 * - `[shape]` a list; `{ member: shape }` an object; a member whose key ends with `!` is required;
 * - the key `'*'` allows members of any other name (a map);
 * - the key `'?kind'` adds the members of the case that the member `kind` names: `{ 'kind!': 'string', '?kind': { A: {...}, '*': {...} } }`.
 */
export type Shape = string | readonly [Shape] | { readonly [key: string]: Shape };

export interface ObjectShape {
  readonly [key: string]: Shape;
}

export type Node = ScalarNode | ChoiceNode | ListNode | ObjectNode | { readonly kind: 'readonly' };

export interface ScalarNode {
  readonly kind: 'string' | 'boolean' | 'integer' | 'number' | 'any' | 'object' | 'secret' | 'transient';
  readonly least?: number;
  readonly most?: number;
  readonly fallback?: Scalar;
}

export interface ChoiceNode {
  readonly kind: 'choice';
  readonly values: readonly string[];
  /** Other values are taken as well. */
  readonly open: boolean;
  readonly fallback?: Scalar;
}

export interface ListNode {
  readonly kind: 'list';
  readonly items: Node;
}

export interface ObjectNode {
  readonly kind: 'members';
  /** By lower-case name. */
  readonly members: ReadonlyMap<string, Member>;
  /** For members of any other name. */
  readonly rest?: Node;
  readonly cases?: Cases;
}

export interface Member {
  readonly name: string;
  readonly required: boolean;
  readonly node: Node;
}

export interface Cases {
  readonly by: string;
  /** By lower-case value of the discriminator; `*` for all others. */
  readonly nodes: ReadonlyMap<string, ObjectNode>;
}

type Scalar = string | number | boolean;

const SCALARS: ReadonlySet<string> = new Set([
  'string',
  'boolean',
  'integer',
  'number',
  'any',
  'object',
  'secret',
  'transient',
]);
const TEXT = /^(?<words>[^=(]+?)\s*(?:\((?<least>-?\d*)\.\.(?<most>-?\d*)\))?\s*(?:=\s*(?<fallback>.*))?$/u;

function compile(shape: Shape): Node {
  if (typeof shape === 'string') return compileText(shape);
  return isList(shape) ? { kind: 'list', items: compile(shape[0]) } : compileObject(shape);
}

function isList(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape);
}

function compileText(text: string): Node {
  const { words = '', least, most, fallback } = TEXT.exec(text)?.groups ?? {};
  if (words === 'readonly') return { kind: 'readonly' };
  const preset = fallback === undefined ? {} : { fallback: parseFallback(words, fallback) };
  if (!SCALARS.has(words)) {
    const values = words.split('|');
    return { kind: 'choice', values: values.filter((value) => value !== '*'), open: values.includes('*'), ...preset };
  }
  return { kind: words as ScalarNode['kind'], ...bound('least', least), ...bound('most', most), ...preset };
}

function bound<Key extends 'least' | 'most'>(key: Key, text: string | undefined): { [K in Key]?: number } {
  return (text === undefined || text === '' ? {} : { [key]: Number(text) }) as { [K in Key]?: number };
}

function parseFallback(words: string, text: string): Scalar {
  return ['boolean', 'integer', 'number'].includes(words) ? (JSON.parse(text) as Scalar) : text;
}

export function compileObject(shape: ObjectShape): ObjectNode {
  const entries = Object.entries(shape);
  const plain = entries.filter(([key]) => key !== '*' && !key.startsWith('?'));
  const members = plain.map(([key, value]): [string, Member] => {
    const name = key.replace(/!$/u, '');
    return [name.toLowerCase(), { name, required: key.endsWith('!'), node: compile(value) }];
  });
  const rest = shape['*'];
  const cases = entries.find(([key]) => key.startsWith('?'));
  return {
    kind: 'members',
    members: new Map(members),
    ...(rest === undefined ? {} : { rest: compile(rest) }),
    ...(cases === undefined ? {} : { cases: compileCases(cases[0].slice(1), cases[1]) }),
  };
}

function compileCases(by: string, shapes: Shape): Cases {
  const cases = Object.entries(shapes as ObjectShape);
  const nodes = cases.map(([value, shape]) => [value.toLowerCase(), compileObject(shape as ObjectShape)] as const);
  return { by, nodes: new Map(nodes) };
}
