import commonSchema from './common.schema.json' with { type: 'json' };
import { isValueFrom, type ValueFrom } from './manifest.ts';
import { member, segmentsOf, type Json, type Pointer } from './json.ts';

/**
 * The JSON Schema of a kind's `spec`, written by hand in the kind's folder (draft 2020-12). Besides the standard
 * keywords it says how each field relates to Azure, so that validation, types, references, diff, request bodies and
 * reference documentation all come from one place.
 */
export interface SpecSchema {
  readonly $schema?: string;
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly Json[];
  readonly const?: Json;
  readonly default?: Json;
  readonly pattern?: string;
  /** What `pattern` asks for in words, behind "must be": `an ISO 8601 duration`. Every pattern has one. */
  readonly 'x-form'?: string;
  /** Values that are valid. Every field with a pattern has at least one. */
  readonly examples?: readonly Json[];
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, SpecSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | SpecSchema;
  readonly items?: SpecSchema;
  readonly anyOf?: readonly SpecSchema[];
  readonly oneOf?: readonly SpecSchema[];
  readonly $defs?: Readonly<Record<string, SpecSchema>>;

  /** The value names a resource: of this kind, of one of these kinds, or `*` of any kind (then `Kind/name` is allowed). */
  readonly 'x-ref'?: string | readonly string[];
  /** What is sent to Azure for a reference: the resource id (default), its Azure name, or one of its outputs. */
  readonly 'x-ref-to'?: string;
  /** A value that names no resource of this environment is taken as it is, not as a mistake. */
  readonly 'x-ref-optional'?: boolean;
  /** Of `location`: a new resource that does not say its region is global; it does not take the environment's. */
  readonly 'x-global'?: boolean;
  /** Beside `x-ref`: a pattern of values that are words of Azure and name no resource, such as `system`. */
  readonly 'x-word'?: string;
  /** Beside `enum`: values that are accepted only where the live resource has them already. */
  readonly 'x-legacy'?: readonly Json[];
  /** Members that a resource should have when it is created; live ones that never had them may stay without. */
  readonly 'x-new'?: readonly string[];
  /** The reference is the parent in Azure's hierarchy: part of the address, not of the body. */
  readonly 'x-parent'?: boolean;
  /** Azure cannot change it: a change replaces the resource. `once-set`: may be set later, not changed. */
  readonly 'x-immutable'?: boolean | string;
  /** Items are a set, told apart by this member, or by several with spaces between. `.` for items that are scalars. */
  readonly 'x-key'?: string;
  /** Members of items that Azure adds to a set by itself: without being declared they are no difference. */
  readonly 'x-unasked'?: Json;
  /** How values are compared, one of `Comparison`; enums always compare without regard to case. */
  readonly 'x-compare'?: string;
  /** What an absent or null live value means. */
  readonly 'x-absent'?: Json;
  /** A map in which Azure and other tools keep entries of their own: only declared entries are compared. */
  readonly 'x-open'?: boolean;
  /** The whole value is declared: what live has beyond it is a difference, at any depth. */
  readonly 'x-closed'?: boolean;
  /** Pointer into the Azure body, relative to the enclosing list item; false: not sent. */
  readonly 'x-arm'?: string | boolean;
  /**
   * The value is a path beside the manifest. The file's text becomes the sibling field `into`; with `as: digest`, where
   * folders are allowed too, its path from the repository's root and a digest of its content.
   */
  readonly 'x-file'?: { readonly into: string; readonly as?: string };
  /** Never shown, never compared; given by secret reference only. */
  readonly 'x-secret'?: boolean;
  /** Beside `x-ref`: the resource, or what uses it, has to wait until this one has passed. */
  readonly 'x-guards'?: boolean;
  /** Values that Azure's types know; others are sent as they are, with a warning. */
  readonly 'x-known'?: readonly string[];
  /** Each entry is a resource of its own in Azure; the value names the part's definition. */
  readonly 'x-part'?: string;
}

/**
 * The normalisers a field can ask for: `location` (case and spaces), `id` (resource ids, case), `url` (trailing slash,
 * host case), `quantity` (`0.5` and `0.50`, `1Gi` and `1.0Gi`, `7` and `"7"`), `duration` (`PT5M` and `PT0H5M`),
 * `text` (line endings, end of text), `any-case`, `json` (text that holds JSON, by its value), `identity` (order and spaces of types), `tags` (keys without case),
 * `free` (a value of an undescribed type and all below it: ids, regions and times in any spelling, numbers as texts).
 */
export const comparisons = [
  'location',
  'id',
  'url',
  'quantity',
  'duration',
  'text',
  'any-case',
  'json',
  'identity',
  'tags',
  'free',
] as const;

export type Comparison = (typeof comparisons)[number];

const inlined = new WeakMap<SpecSchema, SpecSchema>();

/**
 * The schema with every `$ref` replaced by what it refers to (own `$defs` and the common schema), so that fields can be
 * walked. Keywords beside a `$ref` win over those of its target. Schemas do not refer to themselves.
 */
export function inlineSchema(root: SpecSchema): SpecSchema {
  const known = inlined.get(root) ?? inline(root, root.$defs ?? {});
  inlined.set(root, known);
  return known;
}

type Definitions = Readonly<Record<string, SpecSchema>>;

function inline(schema: SpecSchema, definitions: Definitions): SpecSchema {
  const { $ref, $defs: _, ...own } = schema;
  const target =
    $ref === undefined
      ? {}
      : inline(definition($ref, definitions), $ref.startsWith('#') ? definitions : commonDefinitions);
  const merged: SpecSchema = { ...target, ...own };
  const { properties, items, additionalProperties, anyOf, oneOf } = merged;
  return {
    ...merged,
    ...(properties && { properties: mapSchemas(properties, definitions) }),
    ...(items && { items: inline(items, definitions) }),
    ...(typeof additionalProperties === 'object' && {
      additionalProperties: inline(additionalProperties, definitions),
    }),
    ...(anyOf && { anyOf: anyOf.map((one) => inline(one, definitions)) }),
    ...(oneOf && { oneOf: oneOf.map((one) => inline(one, definitions)) }),
  };
}

function mapSchemas(schemas: Definitions, definitions: Definitions): Definitions {
  return Object.fromEntries(Object.entries(schemas).map(([name, one]) => [name, inline(one, definitions)]));
}

const commonDefinitions: Definitions = commonSchema.$defs;

function definition(ref: string, definitions: Definitions): SpecSchema {
  const name = ref.slice(ref.lastIndexOf('/') + 1);
  const found = ref.startsWith('#') ? definitions[name] : commonDefinitions[name];
  if (!found) throw new Error(`The schema refers to ${ref}, which does not exist`);
  return found;
}

/** What tells an item of a set apart, as people read it: the values of the members that `x-key` names. */
export function itemLabel(item: Json, key: string): string {
  return key
    .split(' ')
    .map((name) => member(item, name) ?? null)
    .map((value) =>
      typeof value === 'string' ? value : isValueFrom(value) ? sourceOf(value.valueFrom) : JSON.stringify(value),
    )
    .join(' ');
}

/** `Kind/name.output`: a key that is known after apply. */
function sourceOf({ kind, name, output }: ValueFrom['valueFrom']): string {
  return `${kind}/${name}.${output}`;
}

/** The schema of the value at `path`, as far as the schema says anything about it. */
export function schemaAt(schema: SpecSchema | undefined, path: Pointer): SpecSchema | undefined {
  return segmentsOf(path).reduce<SpecSchema | undefined>(
    (current, segment) => current && memberSchema(current, segment),
    schema,
  );
}

/** The schema of one member or item. */
export function memberSchema(schema: SpecSchema, name: string): SpecSchema | undefined {
  const declared = schema.properties?.[name];
  if (declared) return declared;
  for (const branch of [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) {
    const found = memberSchema(branch, name);
    if (found) return found;
  }
  if (schema.items && /^\d+$/.test(name)) return schema.items;
  return typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined;
}

/** Names that an object of this schema may have. */
export function memberNames(schema: SpecSchema | undefined): string[] {
  if (!schema) return [];
  const branches = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  return [...new Set([...Object.keys(schema.properties ?? {}), ...branches.flatMap(memberNames)])];
}

/** True for a value of a reference field that is a word of Azure's and names no resource. */
export function isWord(value: string, schema: SpecSchema | undefined): boolean {
  const pattern = schema?.['x-word'];
  return pattern !== undefined && new RegExp(pattern).test(value);
}
