import { gatewayError } from '../../arm/arm-error.ts';
import { objectAt, sameText, textAt } from '../../engine/json.ts';
import type { Resource } from '../../engine/resources.ts';

/** A `$filter` as alternatives of conditions that must all hold. */
export type Filter = readonly (readonly Condition[])[];

export interface Condition {
  /** As written: `resourceType`, `tagName`, `identity/principalId`. */
  readonly field: string;
  readonly operator: 'eq' | 'ne' | 'substringof' | 'startswith';
  readonly value: string;
}

const COMPARISON = /^\(?\s*(?<field>[\w/]+)\s+(?<operator>eq|ne)\s+'(?<value>(?:[^']|'')*)'\s*\)?$/iu;
const CONTAINS = /^substringof\(\s*'(?<value>(?:[^']|'')*)'\s*,\s*(?<field>\w+)\s*\)$/iu;
const STARTS = /^startswith\(\s*(?<field>\w+)\s*,\s*'(?<value>(?:[^']|'')*)'\s*\)$/iu;

/** Parses what the lists of ARM understand: `eq`, `ne`, `substringof`, `startswith`, joined by `and` and `or`. 400 for the rest. */
export function parseFilter(text: string | undefined): Filter {
  if (text === undefined || text.trim() === '') return [[]];
  return splitOutsideQuotes(text, 'or').map((part) => splitOutsideQuotes(part, 'and').map(parseCondition));
}

function splitOutsideQuotes(text: string, word: 'and' | 'or'): string[] {
  const separator = new RegExp(`\\s+${word}\\s+(?=(?:[^']*'[^']*')*[^']*$)`, 'iu');
  return text.split(separator).map((part) => part.trim());
}

function parseCondition(text: string): Condition {
  const comparison = COMPARISON.exec(text)?.groups;
  if (comparison) return condition(comparison, comparison['operator']?.toLowerCase() === 'ne' ? 'ne' : 'eq');
  const contains = CONTAINS.exec(text)?.groups;
  if (contains) return condition(contains, 'substringof');
  const starts = STARTS.exec(text)?.groups;
  if (starts) return condition(starts, 'startswith');
  throw gatewayError(400, 'InvalidFilterInQueryString', `Invalid $filter '${text}' specified in the query string.`);
}

function condition(groups: Readonly<Record<string, string>>, operator: Condition['operator']): Condition {
  return { field: groups['field'] ?? '', operator, value: (groups['value'] ?? '').replaceAll("''", "'") };
}

/** Tag conditions of a filter: a tag with that name, and with that value where both are given. Names ignore case, values do not. */
export function tagFilter(filter: Filter): (resource: Resource) => boolean {
  return (resource) => filter.some((conditions) => hasTag(resource, conditions));
}

function hasTag({ writable }: Resource, conditions: readonly Condition[]): boolean {
  const wanted = conditions.filter(({ field }) => /^tag(name|value)$/iu.test(field));
  return (
    wanted.length === 0 ||
    Object.entries(objectAt(writable, 'tags')).some((tag) => wanted.every((each) => tagMatches(each, tag)))
  );
}

function tagMatches({ field, operator, value }: Condition, [name, content]: readonly [string, unknown]): boolean {
  if (operator === 'startswith') return name.toLowerCase().startsWith(value.toLowerCase());
  return sameText(field, 'tagName') ? sameText(name, value) : content === value;
}

/** Every condition that `/resources` knows. */
export function resourceFilter(filter: Filter): (resource: Resource) => boolean {
  return (resource) =>
    filter.some((conditions) => {
      const others = conditions.filter(({ field }) => !/^tag(name|value)$/iu.test(field));
      return hasTag(resource, conditions) && others.every((each) => conditionHolds(each, resource));
    });
}

function conditionHolds({ field, operator, value }: Condition, resource: Resource): boolean {
  const found = fieldOf(field, resource).toLowerCase();
  const wanted = value.toLowerCase();
  if (operator === 'substringof') return found.includes(wanted);
  if (operator === 'startswith') return found.startsWith(wanted);
  return (found === wanted) === (operator === 'eq');
}

function fieldOf(field: string, { name, type, resourceGroup, writable, readOnly }: Resource): string {
  switch (field.toLowerCase()) {
    case 'resourcetype':
      return type;
    case 'name':
      return name;
    case 'resourcegroup':
      return resourceGroup;
    case 'location':
      return textAt(writable, 'location') ?? '';
    case 'identity/principalid':
      return textAt(readOnly, 'identity.principalId') ?? '';
    default:
      throw gatewayError(400, 'InvalidFilterInQueryString', `Invalid property '${field}' specified in the $filter.`);
  }
}
