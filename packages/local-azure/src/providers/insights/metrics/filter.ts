import { ArmError } from '../../../arm/arm-error.ts';
import { badRequest } from './refusals.ts';

/** Dimensions that a query splits by, in its order, each with the values it wants; an empty list means every value. */
export type Split = ReadonlyMap<string, readonly string[]>;

const TOKEN = /\s*(?:(?<mark>[()])|'(?<text>(?:[^']|'')*)'|(?<word>[^\s()']+))/uy;

/**
 * Parses `$filter`: `revisionName eq 'api--v1' or revisionName eq 'api--v2' and statusCode eq '*'`, where `or` joins values of
 * one dimension and parentheses only group. `known` are the dimensions there are, found in any casing. With `isLenient` others
 * are taken as well, and match nothing. Throws an ArmError, 501 for other operators than `eq`.
 */
export function parseFilter(filter: string | undefined, known: readonly string[], isLenient = false): Split {
  const tokens = tokensOf(filter ?? '');
  const split = new Map<string, readonly string[]>();
  for (let index = 0, joint = 'and'; index < tokens.length; index += 4) {
    const [name, operator, value, next] = tokens.slice(index, index + 4);
    const dimension = dimensionOf(name, known, isLenient);
    requireEquals(operator);
    if (value?.isText !== true) throw badRequest(`The filter has no value for '${dimension}' in single quotes.`);
    split.set(dimension, joined(split, dimension, value.text, joint));
    if (next === undefined) break;
    joint = next.text.toLowerCase();
    if (next.isText || (joint !== 'and' && joint !== 'or') || index + 4 === tokens.length)
      throw badRequest(`The filter is not understood at '${next.text}'.`);
  }
  return split;
}

interface Token {
  readonly text: string;
  /** In quotes. */
  readonly isText: boolean;
}

function tokensOf(filter: string): Token[] {
  const tokens: Token[] = [];
  let depth = 0;
  const rest = filter.trimEnd();
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < rest.length;) {
    const at = TOKEN.lastIndex;
    const groups = TOKEN.exec(rest)?.groups;
    if (!groups) throw badRequest(`The filter is not understood at '${rest.slice(at)}'.`);
    const { mark, text, word } = groups;
    if (mark === undefined)
      tokens.push({ text: text?.replaceAll("''", "'") ?? word ?? '', isText: text !== undefined });
    else depth += mark === '(' ? 1 : -1;
    if (depth < 0) break;
  }
  if (depth !== 0) throw badRequest('The parentheses of the filter do not match.');
  return tokens;
}

function dimensionOf(token: Token | undefined, known: readonly string[], isLenient: boolean): string {
  const name = token?.text ?? '';
  const found = known.find((each) => each.toLowerCase() === name.toLowerCase());
  if (token?.isText === false && (found !== undefined || isLenient)) return found ?? name;
  throw badRequest(`The metric does not support the dimension '${name}', supported ones are: ${known.join(',')}.`);
}

function requireEquals(token: Token | undefined): void {
  const operator = token?.text.toLowerCase() ?? '';
  if (operator === 'eq') return;
  if (operator === 'ne' || operator === 'sw')
    throw new ArmError(501, 'NotImplemented', `The embedded Azure does not imitate the operator '${operator}'.`);
  throw badRequest(`The filter has no operator 'eq' but '${operator}'.`);
}

/** The wanted values of a dimension with one more; once every value is wanted it stays so. */
function joined(split: Split, dimension: string, value: string, joint: string): readonly string[] {
  const before = split.get(dimension);
  if ((before === undefined) === (joint === 'or'))
    throw badRequest(`Values of '${dimension}' are joined by 'or', different dimensions by 'and'.`);
  if (value === '*' || before?.length === 0) return [];
  return [...(before ?? []), value];
}
