import { withArticle } from '../../model/english.ts';
import type { Json } from '../../model/json.ts';
import type { SpecSchema } from '../../model/schema.ts';
import { memberNames, memberSchema } from '../../model/schema.ts';
import { examplesOf } from '../../planner/load/allowed.ts';
import { itemsOf } from './subject.ts';

/** What a schema says about one field; the form of `explain -o json`. Members are absent where nothing is said. */
export interface FieldFacts {
  readonly type: string;
  readonly description?: string;
  readonly required?: boolean;
  readonly default?: Json;
  readonly enum?: readonly Json[];
  /** The pattern in words. */
  readonly form?: string;
  readonly pattern?: string;
  /** Bounds in words: `at least 1`, `at most 10 characters`. */
  readonly limits?: readonly string[];
  readonly unit?: string;
  readonly examples?: readonly Json[];
  /** Kinds of which it names a resource. */
  readonly refersTo?: string;
  /** A change replaces the resource; `once-set`: only after it was set. */
  readonly immutable?: boolean | string;
  readonly secret?: boolean;
  readonly readsFile?: boolean;
}

export function factsOf(name: string, schema: SpecSchema, parent?: SpecSchema): FieldFacts {
  const inner = itemsOf(schema);
  const enumeration = enumOf(inner);
  const pattern = inner.pattern ?? branches(inner).find((one) => one.pattern !== undefined)?.pattern;
  const form = inner['x-form'] ?? branches(inner).find((one) => one['x-form'] !== undefined)?.['x-form'];
  const target = schema['x-ref'] ?? inner['x-ref'];
  const facts: { readonly [K in keyof FieldFacts]: FieldFacts[K] | undefined } = {
    type: typeOf(schema),
    description: schema.description ?? inner.description,
    required: parent?.required?.includes(name) ? true : undefined,
    default: schema.default,
    enum: enumeration.length > 0 ? enumeration : undefined,
    form,
    pattern,
    limits: limitsOf(schema).length > 0 ? limitsOf(schema) : undefined,
    unit: unitOf(name),
    examples: examplesOf(inner).length > 0 ? examplesOf(inner) : undefined,
    refersTo: target === undefined ? undefined : targetOf(target),
    immutable: schema['x-immutable'] || undefined,
    secret: schema['x-secret'] ?? inner['x-secret'],
    readsFile: schema['x-file'] || inner['x-file'] ? true : undefined,
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as unknown as FieldFacts;
}

/** Fields of a mapping, or of the items of a list, by name. */
export function fieldsOf(schema: SpecSchema): readonly (readonly [name: string, facts: FieldFacts])[] {
  const holder = itemsOf(schema);
  return memberNames(holder).flatMap((name): [string, FieldFacts][] => {
    const field = memberSchema(holder, name);
    return field ? [[name, factsOf(name, field, holder)]] : [];
  });
}

function branches(schema: SpecSchema): readonly SpecSchema[] {
  return [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
}

function enumOf(schema: SpecSchema): readonly Json[] {
  return schema.const === undefined ? [...(schema.enum ?? []), ...branches(schema).flatMap(enumOf)] : [schema.const];
}

function targetOf(target: string | readonly string[]): string {
  return target === '*' ? 'a resource of any kind' : [target].flat().map(withArticle).join(' or ');
}

function limitsOf(schema: SpecSchema): string[] {
  const said = (value: number | undefined, text: (value: number) => string): string[] =>
    value === undefined ? [] : [text(value)];
  return [
    ...said(schema.minimum, (n) => `at least ${n}`),
    ...said(schema.exclusiveMinimum, (n) => `greater than ${n}`),
    ...said(schema.maximum, (n) => `at most ${n}`),
    ...said(schema.exclusiveMaximum, (n) => `less than ${n}`),
    ...said(schema.multipleOf, (n) => `a multiple of ${n}`),
    ...said(schema.minLength, (n) => (n === 1 ? 'not empty' : `at least ${n} characters`)),
    ...said(schema.maxLength, (n) => `at most ${n} characters`),
    ...said(schema.minItems, (n) => `at least ${n} item${n === 1 ? '' : 's'}`),
    ...said(schema.maxItems, (n) => `at most ${n} item${n === 1 ? '' : 's'}`),
  ];
}

/** The unit that a field's name ends with. */
function unitOf(name: string): string | undefined {
  const ending = /(?:In)?(Milliseconds|Seconds|Minutes|Hours|Days|Percent|Bytes|Mb|Gb|Tb|GB)$/.exec(name)?.[1];
  const words: Readonly<Record<string, string>> = { Mb: 'MB', Gb: 'GB', Tb: 'TB' };
  return ending === undefined ? undefined : (words[ending] ?? (ending === 'GB' ? ending : ending.toLowerCase()));
}

/** The type of a field in one word or a few. */
export function typeOf(schema: SpecSchema): string {
  if (schema.enum) return 'one of a list';
  if (schema.const !== undefined) return 'constant';
  // Branches that only say which members go together are one mapping.
  const forms = branches(schema).filter(
    (one) => one.type !== undefined || one.enum !== undefined || branches(one).length > 0,
  );
  if (forms.length > 0) return [...new Set(forms.map(typeOf))].join(' or ');
  if (schema.type === 'array') return `list of ${schema.items ? typeOf(schema.items) : 'values'}`;
  if (schema.type === 'object' && schema.properties === undefined && typeof schema.additionalProperties === 'object')
    return `map of ${typeOf(schema.additionalProperties)}`;
  return typeof schema.type === 'string' ? schema.type : (schema.type?.join(' or ') ?? 'any');
}
