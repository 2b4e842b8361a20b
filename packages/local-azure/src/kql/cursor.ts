import { KqlError } from './kql-error.ts';
import type { Token } from './tokens.ts';

/** Reads tokens one after the other. All refusals are KqlErrors of kind `syntax`. */
export interface Cursor {
  readonly peek: (ahead?: number) => Token;
  readonly next: () => Token;
  /** True when the next token is this symbol or keyword. */
  readonly is: (text: string, ahead?: number) => boolean;
  /** Takes the next token when it is this symbol or keyword. */
  readonly accept: (text: string) => boolean;
  readonly expect: (text: string) => Token;
  /** A name, also a quoted one: `['a b']`. */
  readonly name: () => string;
  readonly fail: (message?: string) => never;
}

export function createCursor(tokens: readonly Token[]): Cursor {
  let index = 0;
  const last = tokens.at(-1) as Token;
  const peek = (ahead = 0): Token => tokens[index + ahead] ?? last;
  const is = (text: string, ahead = 0): boolean => {
    const token = peek(ahead);
    return (token.type === 'symbol' || token.type === 'name') && token.value === text;
  };
  const fail = (message?: string): never => {
    const token = peek();
    throw new KqlError('syntax', message ?? `Query could not be parsed at '${token.text}'`, token);
  };
  const next = (): Token => {
    const token = peek();
    index++;
    return token;
  };
  const accept = (text: string): boolean => {
    if (!is(text)) return false;
    index++;
    return true;
  };
  const expect = (text: string): Token => (is(text) ? next() : fail());
  const name = (): string => {
    if (is('[') && peek(1).type === 'string' && is(']', 2)) {
      const quoted = String(peek(1).value);
      index += 3;
      return quoted;
    }
    return peek().type === 'name' ? String(next().value) : fail();
  };
  return { peek, next, is, accept, expect, name, fail };
}
