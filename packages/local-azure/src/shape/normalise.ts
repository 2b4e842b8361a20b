import { isArray, isObject, member, type Json, type JsonObject } from '../engine/json.ts';
import type { ChoiceNode, Member, Node, ObjectNode, ScalarNode } from './notation.ts';

/** A problem of one member of a body; `path` is dotted, list positions are numbers: `properties.rules.0.name`. */
export interface Problem {
  readonly kind: 'unknown' | 'missing' | 'type' | 'value';
  readonly path: string;
  readonly message: string;
}

export interface Normalised {
  readonly value: JsonObject;
  readonly problems: readonly Problem[];
}

/**
 * A request body as the server keeps it: read-only members and nulls dropped, names and listed values in their official
 * casing, defaults filled in. All problems are collected.
 */
export function normalise(node: ObjectNode, body: JsonObject): Normalised {
  const problems: Problem[] = [];
  return { value: normaliseObject(node, withProperties(node, body), '', problems), problems };
}

/** ARM bodies may leave out `properties` where nothing in it is required; its defaults are filled in all the same. */
function withProperties(node: ObjectNode, body: JsonObject): JsonObject {
  const properties = node.members.get('properties');
  const fillable = properties?.node.kind === 'members' && !properties.required;
  return fillable && member(body, 'properties') === undefined ? { ...body, properties: {} } : body;
}

function normaliseValue(node: Node, value: Json, path: string, problems: Problem[]): Json {
  switch (node.kind) {
    case 'members':
      return isObject(value)
        ? normaliseObject(node, value, path, problems)
        : refuse(value, path, 'an object', problems);
    case 'list':
      if (!isArray(value)) return refuse(value, path, 'a list', problems);
      return value.map((item, index) => normaliseValue(node.items, item, `${path}.${index}`, problems));
    case 'choice':
      return normaliseChoice(node, value, path, problems);
    case 'readonly':
      return value;
    default:
      return normaliseScalar(node, value, path, problems);
  }
}

function normaliseObject(node: ObjectNode, value: JsonObject, path: string, problems: Problem[]): JsonObject {
  const members = membersFor(node, value);
  const result = new Map<string, Json>();
  for (const [key, item] of Object.entries(value)) {
    const known = members.get(key.toLowerCase());
    const place = join(path, known?.name ?? key);
    if (known?.node.kind === 'readonly' || item === null) continue;
    if (known) result.set(known.name, normaliseValue(known.node, item, place, problems));
    else if (node.rest) result.set(key, normaliseValue(node.rest, item, place, problems));
    else
      problems.push({
        kind: 'unknown',
        path: place,
        message: `Could not find member '${key}' on the object at '${path}'.`,
      });
  }
  for (const known of members.values()) completeMember(known, result, path, problems);
  return Object.fromEntries(result);
}

function completeMember(
  { name, required, node }: Member,
  result: Map<string, Json>,
  path: string,
  problems: Problem[],
): void {
  if (result.has(name)) return;
  if ('fallback' in node && node.fallback !== undefined) result.set(name, node.fallback);
  else if (required) {
    const place = join(path, name);
    problems.push({
      kind: 'missing',
      path: place,
      message: `Required property '${name}' not found in JSON. Path '${place}'.`,
    });
  }
}

/** The members of an object, with those of the case that its discriminator names. */
function membersFor({ members, cases }: ObjectNode, value: JsonObject): ReadonlyMap<string, Member> {
  if (!cases) return members;
  const kind = Object.entries(value).find(([key]) => key.toLowerCase() === cases.by.toLowerCase())?.[1];
  const found = cases.nodes.get(typeof kind === 'string' ? kind.toLowerCase() : '*') ?? cases.nodes.get('*');
  return found ? new Map([...members, ...found.members]) : members;
}

function normaliseChoice(node: ChoiceNode, value: Json, path: string, problems: Problem[]): Json {
  if (typeof value !== 'string') return refuse(value, path, 'a string', problems);
  const known = node.values.find((choice) => choice.toLowerCase() === value.toLowerCase());
  if (known === undefined && !node.open) {
    const message = `The value '${value}' of '${path}' is invalid. The allowed values are: ${node.values.join(', ')}.`;
    problems.push({ kind: 'value', path, message });
  }
  return known ?? value;
}

function normaliseScalar(node: ScalarNode, value: Json, path: string, problems: Problem[]): Json {
  if (!isOfKind(node.kind, value)) return refuse(value, path, WORDS[node.kind], problems);
  const size = typeof value === 'string' ? value.length : typeof value === 'number' ? value : undefined;
  const { least = -Infinity, most = Infinity } = node;
  if (size !== undefined && (size < least || size > most)) {
    const measure = typeof value === 'string' ? 'length' : 'value';
    problems.push({
      kind: 'value',
      path,
      message: `The ${measure} of '${path}' must be between ${least} and ${most}.`,
    });
  }
  return value;
}

const WORDS: Readonly<Record<ScalarNode['kind'], string>> = {
  string: 'a string',
  secret: 'a string',
  boolean: 'a boolean',
  integer: 'an integer',
  number: 'a number',
  object: 'an object',
  any: 'a value',
  transient: 'a value',
};

function isOfKind(kind: ScalarNode['kind'], value: Json): boolean {
  switch (kind) {
    case 'string':
    case 'secret':
      return typeof value === 'string';
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return typeof value === 'number';
    case 'object':
      return isObject(value);
    case 'any':
    case 'transient':
      return true;
  }
}

function refuse(value: Json, path: string, expected: string, problems: Problem[]): Json {
  problems.push({ kind: 'type', path, message: `Error converting the value of '${path}': expected ${expected}.` });
  return value;
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

/** The same body with member names in their official casing; nulls stay. For merge patches. */
export function canonicalNames(node: Node, value: Json): Json {
  if (node.kind === 'list' && isArray(value)) return value.map((item) => canonicalNames(node.items, item));
  if (node.kind !== 'members' || !isObject(value)) return value;
  const members = membersFor(node, value);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const known = members.get(key.toLowerCase());
      const inner = known?.node ?? node.rest;
      return [known?.name ?? key, inner ? canonicalNames(inner, item) : item];
    }),
  );
}

/** A body in two: what is returned, and the secrets (in objects and lists of the same form). */
export function splitSecrets(node: Node, value: Json): { readonly shown: Json; readonly secret: Json | undefined } {
  if (node.kind === 'list' && isArray(value)) {
    const parts = value.map((item) => splitSecrets(node.items, item));
    const any = parts.some(({ secret }) => secret !== undefined);
    return {
      shown: parts.map(({ shown }) => shown),
      secret: any ? parts.map(({ secret }) => secret ?? {}) : undefined,
    };
  }
  return node.kind === 'members' && isObject(value) ? splitObject(node, value) : { shown: value, secret: undefined };
}

function splitObject(node: ObjectNode, value: JsonObject): { readonly shown: Json; readonly secret: Json | undefined } {
  const members = membersFor(node, value);
  const shown = new Map<string, Json>();
  const secret = new Map<string, Json>();
  for (const key of Object.keys(value)) {
    const item = member(value, key) ?? null;
    const inner = members.get(key.toLowerCase())?.node ?? node.rest;
    if (inner?.kind === 'transient') continue;
    if (inner?.kind === 'secret') secret.set(key, item);
    else {
      const parts = inner ? splitSecrets(inner, item) : { shown: item, secret: undefined };
      const onlySecrets = parts.secret !== undefined && isObject(parts.shown) && Object.keys(parts.shown).length === 0;
      if (!onlySecrets) shown.set(key, parts.shown);
      if (parts.secret !== undefined) secret.set(key, parts.secret);
    }
  }
  return { shown: Object.fromEntries(shown), secret: secret.size === 0 ? undefined : Object.fromEntries(secret) };
}
