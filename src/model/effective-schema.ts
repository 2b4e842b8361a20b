import { isWritable, membersOf, type AzureFacts, type FactProperty } from './azure-facts.ts';
import commonSchema from './common.schema.json' with { type: 'json' };
import { segmentsOf, type Pointer } from './json.ts';
import { inlineSchema, type SpecSchema } from './schema.ts';

/** What a kind's code does beside its schema. */
export interface HandMapping {
  /** Members of the body that code of the kind maps, or that never change; nothing is generated at or below them. */
  readonly covered?: readonly Pointer[];
}

const ENVELOPE = ['/id', '/name', '/type', '/apiVersion', '/systemData', '/etag', '/tags', '/location', '/identity'];

/** Names of members that carry secrets, whatever the type says. */
const SECRET_NAME = /(password|secret|connectionString|accountKey|accessKey|apiKey|privateKey|sharedKey)(value)?$/iu;

const commonDefinitions: NonNullable<SpecSchema['$defs']> = commonSchema.$defs;

const secretSchema: SpecSchema = inlineSchema({ ...commonDefinitions['secretOrComputed'], $defs: commonDefinitions });

type Fields = Record<string, SpecSchema>;

/** Hand-written fields by their place in the body; `*` stands for items of lists and values of maps. */
type Places = Map<string, SpecSchema>;

/**
 * The hand-written schema of an ARM kind completed by every writable member of its type that no hand-written field
 * covers. A member becomes a field with Azure's own name at the nearest hand-written field above its place, or at the top
 * where hand-written fields of the top come from inside of the same object; where the name is taken there, below
 * `properties` as Azure writes it. Hand-written fields are never changed but by additions. The result is inlined.
 */
export function effectiveSchema(handWritten: SpecSchema, facts: AzureFacts, mapping: HandMapping = {}): SpecSchema {
  const schema = inlineSchema(handWritten);
  const { $schema, ...rest } = schema;
  const places = placesOf(schema);
  const covered = [...ENVELOPE, ...(mapping.covered ?? [])];
  const whole = completed(rest, { facts, places, covered }, { path: '', list: '', model: facts.root });
  return { ...($schema === undefined ? {} : { $schema }), ...whole };
}

interface Sources {
  readonly facts: AzureFacts;
  readonly places: Places;
  readonly covered: readonly string[];
}

/** Where an object of the schema is: its own path, the path of the item that pointers start at, and its model. */
interface Place {
  readonly path: string;
  readonly list: string;
  readonly model: string;
}

/** One object of the schema with what is missing. */
function completed(host: SpecSchema, sources: Sources, place: Place): SpecSchema {
  const fields: Fields = { ...host.properties };
  const spelled: [path: string, property: FactProperty][] = [];
  const visit = (model: string, path: string): void => {
    for (const [name, property] of membersOf(sources.facts, model)) {
      const at = `${path}/${name}`;
      if (!isWritable(property) || sources.covered.includes(at)) continue;
      if (sources.places.has(at)) continue;
      const passes = [...sources.places.keys(), ...sources.covered].some((one) => one.startsWith(`${at}/`));
      if (property.model !== undefined && (passes || at === '/properties')) visit(property.model, at);
      // A map some of whose entries are hand-written fields would overwrite them.
      else if (passes) continue;
      else if (name in fields || name === 'properties') spelled.push([at, property]);
      else fields[name] = { ...fieldOf(property, name, sources.facts, []), 'x-arm': at.slice(place.list.length) };
    }
  };
  visit(place.model, place.path);
  const extra = spelled.length > 0 ? asWritten(spelled, sources, place) : undefined;
  if (extra) fields['properties'] = fields['properties'] ? nestedInto(fields['properties'], extra) : extra;
  const inner = Object.entries(fields).map(([name, field]): [string, SpecSchema] => [
    name,
    host.properties?.[name] ? descend(field, sources, place) : field,
  ]);
  return { ...host, properties: Object.fromEntries(inner) };
}

/** A hand-written field with what is missing inside of it. */
function descend(field: SpecSchema, sources: Sources, { list }: Place): SpecSchema {
  const at = [...sources.places].find(([path, one]) => one === field && path.startsWith(list))?.[0];
  if (at === undefined) return field;
  const property = propertyAt(sources.facts, at);
  if (!property) return field;
  if (field.properties && field.additionalProperties === false && property.model !== undefined)
    return completed(field, sources, { path: at, list, model: property.model });
  const { items, additionalProperties: values } = field;
  const inner = property.of?.model;
  if (inner === undefined) return field;
  const place = { path: `${at}/*`, list: `${at}/*`, model: inner };
  if (items?.properties) return { ...field, items: completed(items, sources, place) };
  return typeof values === 'object' && values.properties
    ? { ...field, additionalProperties: completed(values, sources, place) }
    : field;
}

/** Members whose names are taken, in objects named as in Azure. */
function asWritten(spelled: readonly [string, FactProperty][], { facts }: Sources, { path, list }: Place): SpecSchema {
  return spelled.reduce<SpecSchema>((schema, [at, property]) => {
    const segments = segmentsOf(at.slice(path.length) as Pointer);
    const inner = segments[0] === 'properties' ? segments.slice(1) : segments;
    const field = { ...fieldOf(property, segments.at(-1) ?? '', facts, []), 'x-arm': at.slice(list.length) };
    return nestedInto(
      schema,
      inner.reduceRight<SpecSchema>((below, name) => objectOf({ [name]: below }), field),
    );
  }, objectOf({}));
}

function objectOf(properties: Fields): SpecSchema {
  return { type: 'object', additionalProperties: false, properties };
}

function nestedInto(schema: SpecSchema, other: SpecSchema): SpecSchema {
  const properties: Fields = { ...schema.properties };
  for (const [name, field] of Object.entries(other.properties ?? {})) {
    const own = properties[name];
    properties[name] = own?.properties && field.properties ? nestedInto(own, field) : (own ?? field);
  }
  return { ...schema, properties };
}

/** The schema of one value as Azure's types describe it. */
function fieldOf(property: FactProperty, name: string, facts: AzureFacts, above: readonly string[]): SpecSchema {
  if (property.type === 'string' && (property.secret || property.writeOnly || SECRET_NAME.test(name)) && !property.enum)
    return { ...secretSchema, 'x-secret': true };
  switch (property.type) {
    case 'string':
      if (!property.enum) return { type: 'string' };
      return property.open ? { type: 'string', 'x-known': property.enum } : { enum: property.enum };
    case 'number':
    case 'boolean':
      return { type: property.type };
    case 'array':
      return listOf(property, name, facts, above);
    case 'map':
      return { type: 'object', additionalProperties: fieldOf(property.of ?? { type: 'any' }, name, facts, above) };
    case 'object':
      return property.model === undefined || above.includes(property.model)
        ? { type: 'object', additionalProperties: true }
        : modelSchema(property.model, facts, above);
    default:
      return {};
  }
}

/** Items are told apart by `name` or `id` where every one has it, else by their place. */
function listOf(property: FactProperty, name: string, facts: AzureFacts, above: readonly string[]): SpecSchema {
  const of = property.of ?? { type: 'any' };
  const members = of.model === undefined ? undefined : membersOf(facts, of.model);
  const key = ['name', 'id'].find((one) => {
    const member = members?.get(one);
    return member?.required && member.type === 'string' && isWritable(member);
  });
  return { type: 'array', items: fieldOf(of, name, facts, above), ...(key === undefined ? {} : { 'x-key': key }) };
}

function modelSchema(model: string, facts: AzureFacts, above: readonly string[]): SpecSchema {
  const members = [...membersOf(facts, model)].filter(([, one]) => isWritable(one));
  if (members.length === 0) return { type: 'object', additionalProperties: true };
  const required = members.filter(([, one]) => one.required).map(([name]) => name);
  const inVariant = new Set(
    Object.values(facts.models[model]?.variants ?? {}).flatMap((one) => [...membersOf(facts, one).keys()]),
  );
  const always = required.filter((name) => !inVariant.has(name) || name === facts.models[model]?.discriminator);
  return {
    ...objectOf(Object.fromEntries(members.map(([name, one]) => [name, fieldOf(one, name, facts, [...above, model])]))),
    ...(always.length > 0 ? { required: always } : {}),
  };
}

/** What the type says about a place in the body. */
function propertyAt(facts: AzureFacts, path: string): FactProperty | undefined {
  return segmentsOf(path as Pointer).reduce<FactProperty | undefined>(
    (current, segment) => {
      if (segment === '*') return current?.of;
      return current?.model === undefined ? undefined : membersOf(facts, current.model).get(segment);
    },
    { type: 'object', model: facts.root },
  );
}

/** Places in the body of all fields of an inlined schema. Parts and what code maps (`x-arm: false`) have none. */
function placesOf(schema: SpecSchema): Places {
  const places: Places = new Map();
  const visit = (object: SpecSchema, base: string, list: string): void => {
    for (const [name, field] of Object.entries(object.properties ?? {})) {
      if (field['x-arm'] === false || field['x-parent'] || field['x-part'] !== undefined) continue;
      const own = field['x-arm'];
      const path = typeof own === 'string' ? `${list}${own}` : `${base}/${name}`;
      if (!places.has(path)) places.set(path, field);
      if (field.properties) visit(field, path, list);
      if (field.items?.properties) visit(field.items, `${path}/*`, `${path}/*`);
      const values = field.additionalProperties;
      if (typeof values === 'object' && values.properties) visit(values, `${path}/*`, `${path}/*`);
    }
  };
  visit(schema, '/properties', '');
  return places;
}

/** What of a type a schema can say: paths of single values, and of values that may be anything. */
export interface Sayable {
  readonly leaves: ReadonlySet<string>;
  readonly free: readonly string[];
}

/** Places in the body that a schema reaches. */
export function sayable(schema: SpecSchema, { covered = [] }: HandMapping = {}): Sayable {
  const leaves = new Set<string>();
  const free: string[] = [...ENVELOPE, ...covered];
  const value = (field: SpecSchema, path: string, list: string): void => {
    if (field.properties && field.additionalProperties === false && !field['x-secret'])
      return members(field, path, list);
    if (field.items) return value(field.items, `${path}/*`, `${path}/*`);
    if (typeof field.additionalProperties === 'object')
      return value(field.additionalProperties, `${path}/*`, `${path}/*`);
    leaves.add(path);
    if (field.type === undefined ? !field.enum && !field.anyOf : field.type === 'object') free.push(path);
  };
  const members = (object: SpecSchema, base: string, list: string): void => {
    for (const [name, field] of Object.entries(object.properties ?? {})) {
      if (field['x-arm'] === false || field['x-parent'] || field['x-part'] !== undefined) continue;
      const own = field['x-arm'];
      value(field, typeof own === 'string' ? `${list}${own}` : `${base}/${name}`, list);
    }
  };
  members(inlineSchema(schema), '/properties', '');
  return { leaves, free };
}

/** Whether a writable leaf of the type can be said. */
export function canSay({ leaves, free }: Sayable, leaf: string): boolean {
  return (
    leaves.has(leaf) || leaves.has(`${leaf}/*`) || free.some((path) => leaf === path || leaf.startsWith(`${path}/`))
  );
}
