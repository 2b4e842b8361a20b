import { counted, either } from '../../model/english.ts';
import type { Json } from '../../model/json.ts';
import { memberNames, type SpecSchema } from '../../model/schema.ts';

/** Longest list of values that a message spells out. */
const MOST_LISTED = 12;

/** The values that a schema allows, as they stand behind "must be": `a whole number`, `one of "a", "b"`, `a GUID`. */
export function allowed(schema: SpecSchema | undefined): string {
  if (!schema) return 'another value';
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches && schema.enum === undefined) {
    const forms = branches.map((branch) => allowed(withParent(branch, schema)));
    return either([...new Set(forms)]);
  }
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return listed(schema.enum);
  if (schema['x-form'] !== undefined) return schema['x-form'];
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
  if (types.length === 0) return schema.properties || schema.required ? mapping(schema) : 'another value';
  return either(types.map((type) => (type === 'object' ? mapping(schema) : typeWords(type))));
}

/** A branch that only says which members are needed takes the rest from the schema around it. */
function withParent(branch: SpecSchema, parent: SpecSchema): SpecSchema {
  const { anyOf: _, oneOf: __, ...own } = parent;
  return branch.type === undefined && branch.enum === undefined && branch.anyOf === undefined
    ? { ...own, ...branch }
    : branch;
}

/** A type of JSON Schema in words. */
export function typeWords(type: string): string {
  const words: Readonly<Record<string, string>> = {
    integer: 'a whole number',
    number: 'a number',
    string: 'text',
    boolean: 'true or false',
    object: 'a mapping',
    array: 'a list',
    null: 'null',
  };
  return words[type] ?? type;
}

/** `one of "a", "b"`; long lists are cut. */
export function listed(values: readonly Json[]): string {
  const shown = values.slice(0, MOST_LISTED).map((value) => JSON.stringify(value));
  if (values.length === 1) return shown.join('');
  const rest = values.length - shown.length;
  return `one of ${shown.join(', ')}${rest > 0 ? ` and ${counted(rest, 'other')}` : ''}`;
}

function mapping(schema: SpecSchema): string {
  const required = schema.required ?? [];
  const names = required.length > 0 ? required : memberNames(schema);
  if (names.length === 0) return 'a mapping';
  const shown = names.slice(0, MOST_LISTED);
  const more = names.length > shown.length ? ', …' : '';
  return required.length > 0 ? `a mapping with ${shown.join(', ')}${more}` : `a mapping of ${shown.join(', ')}${more}`;
}

/** Values that may be written, for "For example: …": from the schema's `examples`, or from its branches. */
export function examplesOf(schema: SpecSchema | undefined): readonly Json[] {
  if (!schema) return [];
  return schema.examples ?? [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap(examplesOf);
}
