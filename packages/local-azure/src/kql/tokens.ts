import { KqlError, type Place } from './kql-error.ts';

export interface Token extends Place {
  readonly type: 'name' | 'number' | 'timespan' | 'datetime' | 'string' | 'symbol' | 'end';
  /** The text without quotes, the number, the milliseconds, or the text in the parentheses of a datetime. */
  readonly value: string | number;
}

const UNITS: Readonly<Record<string, number>> = {
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
};

/** Longest first, so that `=~` is not read as `=`. */
const SYMBOLS = [
  '!in~',
  'in~',
  '=~',
  '!~',
  '==',
  '!=',
  '<=',
  '>=',
  '..',
  '!',
  '|',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ',',
  ';',
  ':',
  '.',
  '<',
  '>',
  '=',
  '+',
  '-',
  '*',
  '/',
  '%',
];

const NUMBER = /^(?<digits>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?<unit>ms|d|h|m|s)?(?![A-Za-z0-9_])/u;
const NAME = /^[A-Za-z_$][A-Za-z0-9_$]*/u;

/** Cuts a query into tokens; comments and white space are gone. Throws a KqlError. */
export function tokenize(query: string): Token[] {
  const tokens: Token[] = [];
  let rest = query;
  let line = 1;
  let column = 1;
  const take = (length: number): string => {
    for (const character of rest.slice(0, length)) {
      column = character === '\n' ? 1 : column + 1;
      if (character === '\n') line++;
    }
    return rest.slice(length);
  };
  while (rest !== '') {
    const blank = /^(?:\s+|\/\/[^\n]*)/u.exec(rest)?.[0];
    if (blank !== undefined) {
      rest = take(blank.length);
      continue;
    }
    const found = next(rest, { line, column, text: rest.slice(0, 20) });
    tokens.push({ ...found.token, line, column, text: rest.slice(0, found.length) });
    rest = take(found.length);
  }
  return [...tokens, { type: 'end', value: '', line, column, text: '<EOF>' }];
}

interface Found {
  readonly token: Pick<Token, 'type' | 'value'>;
  readonly length: number;
}

function next(rest: string, at: Place): Found {
  const tilde = SYMBOLS.slice(0, 2).find((symbol) => rest.toLowerCase().startsWith(symbol));
  if (tilde !== undefined) return { token: { type: 'symbol', value: tilde }, length: tilde.length };
  const date = /^datetime\s*\(([^()]*)\)/u.exec(rest);
  if (date) return { token: { type: 'datetime', value: (date[1] ?? '').trim() }, length: date[0].length };
  const name = NAME.exec(rest)?.[0];
  if (name !== undefined && !/^h?["']/u.test(rest))
    return { token: { type: 'name', value: name }, length: name.length };
  const number = NUMBER.exec(rest);
  if (number) {
    const { digits = '', unit } = number.groups ?? {};
    const value = Number(digits) * (unit === undefined ? 1 : (UNITS[unit] ?? 1));
    return { token: { type: unit === undefined ? 'number' : 'timespan', value }, length: number[0].length };
  }
  const text = quoted(rest, at);
  if (text) return text;
  const symbol = SYMBOLS.find((one) => rest.startsWith(one));
  if (symbol !== undefined) return { token: { type: 'symbol', value: symbol }, length: symbol.length };
  throw new KqlError('syntax', `Unexpected character '${rest.charAt(0)}'`, { ...at, text: rest.charAt(0) });
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', "'": "'", '"': '"' };

function quoted(rest: string, at: Place): Found | undefined {
  const opening = /^(?<mark>@?)(?<quote>["'])/u.exec(rest)?.groups;
  if (!opening) return undefined;
  const { mark = '', quote = '' } = opening;
  let value = '';
  for (let index = mark.length + 1; index < rest.length; index++) {
    const character = rest.charAt(index);
    if (character === quote && mark !== '' && rest.charAt(index + 1) === quote) {
      value += quote;
      index++;
    } else if (character === quote) return { token: { type: 'string', value }, length: index + 1 };
    else if (character === '\\' && mark === '') {
      const escape = ESCAPES[rest.charAt(index + 1)];
      if (escape === undefined) throw new KqlError('syntax', 'Invalid escape sequence in a string', at);
      value += escape;
      index++;
    } else if (character === '\n') break;
    else value += character;
  }
  throw new KqlError('syntax', 'A string is not closed', at);
}
