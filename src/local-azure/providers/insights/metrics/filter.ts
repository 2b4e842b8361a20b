import { ArmError } from '../../../arm/arm-error.ts';
import type { Metric, Sample } from './catalogue.ts';

/** What `$filter` asks for: conditions on dimensions, and the dimensions to split by (`*`). */
export interface Filter {
  readonly accepts: (sample: Sample) => boolean;
  readonly splitBy: readonly string[];
}

const CONDITION = /^\s*(?<name>[A-Za-z0-9_/ ]+?)\s+(?<operator>eq|ne|sw)\s+'(?<value>(?:[^']|'')*)'\s*$/iu;

/** Reads `a eq 'x' and (b eq '*' or b eq 'y')`: conditions joined by `and`, alternatives of one dimension by `or`. */
export function parseFilter(text: string | undefined, metrics: readonly Metric[]): Filter {
  if (text === undefined || text.trim() === '') return { accepts: () => true, splitBy: [] };
  const groups = splitOutsideQuotes(text, 'and').map((group) =>
    splitOutsideQuotes(withoutParentheses(group), 'or').map((condition) => parseCondition(condition, metrics)),
  );
  const splitBy = groups.flat().flatMap(({ name, value }) => (value === '*' ? [name] : []));
  const named = groups
    .flat()
    .flatMap(({ name, operator, value }) => (operator === 'eq' && value !== '*' ? [name] : []));
  return {
    splitBy: [...new Set([...splitBy, ...named])],
    accepts: ({ dimensions }) =>
      groups.every((alternatives) => alternatives.some((one) => holds(one, dimensions[one.name] ?? ''))),
  };
}

interface Condition {
  readonly name: string;
  readonly operator: string;
  readonly value: string;
}

function parseCondition(text: string, metrics: readonly Metric[]): Condition {
  const found = CONDITION.exec(text)?.groups;
  if (!found) throw badRequest(`Invalid query filter string: "${text.trim()}"`);
  const wanted = found['name'] ?? '';
  const dimensions = metrics.flatMap((metric) => metric.dimensions);
  const name = dimensions.find((one) => one.toLowerCase() === wanted.toLowerCase());
  if (name === undefined)
    throw badRequest(
      `Metric: ${metrics.map((metric) => metric.name).join(',')} does not support requested dimension combination: ${wanted.toLowerCase()}, supported ones are: ${[...new Set(dimensions)].join(',')}`,
    );
  return {
    name,
    operator: (found['operator'] ?? '').toLowerCase(),
    value: (found['value'] ?? '').replaceAll("''", "'"),
  };
}

function holds({ operator, value }: Condition, found: string): boolean {
  if (operator === 'sw') return found.toLowerCase().startsWith(value.toLowerCase());
  const same = value === '*' || found.toLowerCase() === value.toLowerCase();
  return operator === 'ne' ? !same : same;
}

function withoutParentheses(text: string): string {
  const trimmed = text.trim();
  return trimmed.startsWith('(') && trimmed.endsWith(')') ? trimmed.slice(1, -1) : trimmed;
}

function splitOutsideQuotes(text: string, word: string): string[] {
  const parts: string[] = [];
  let current = '';
  let quoted = false;
  let depth = 0;
  for (const token of text.split(/(\s+|'|\(|\))/u)) {
    if (token === "'") quoted = !quoted;
    if (!quoted && token === '(') depth++;
    if (!quoted && token === ')') depth--;
    const isBorder = !quoted && depth === 0 && token.toLowerCase() === word;
    if (isBorder) parts.push(current);
    current = isBorder ? '' : current + token;
  }
  return [...parts, current];
}

export function badRequest(message: string): ArmError {
  return new ArmError(400, 'BadRequest', message);
}
