/**
 * What Azure's own types say about one resource type at one api-version, without prose: generated and committed as
 * `azure.json` beside a kind's hand-written schema.
 */
export interface AzureFacts {
  /** Full type, such as `Microsoft.App/containerApps`. */
  readonly type: string;
  /** The version that the facts hold for; the one that is sent. */
  readonly apiVersion: string;
  /** The npm package that the facts were read from, and the api-version that it speaks itself. */
  readonly source: { readonly package: string; readonly version: string; readonly apiVersion: string };
  /** Name of the model of the whole body. */
  readonly root: string;
  /** Every model that the root reaches, by name. Models may refer to themselves. */
  readonly models: Readonly<Record<string, FactModel>>;
}

/** An object with known members, by their names on the wire. */
export interface FactModel {
  readonly properties: Readonly<Record<string, FactProperty>>;
  /** Member whose value says which of `variants` the object is. */
  readonly discriminator?: string;
  /** Value of the discriminator to the model with the members that only this variant has. */
  readonly variants?: Readonly<Record<string, string>>;
}

/** One value. Absent flags are false. `number` includes integers: neither source tells them apart reliably. */
export interface FactProperty {
  readonly type: 'string' | 'number' | 'boolean' | 'any' | 'object' | 'array' | 'map';
  /** Of an `object`: name of its model. */
  readonly model?: string;
  /** Of an `array`: its items; of a `map`: its values. */
  readonly of?: FactProperty;
  /** Known values, sorted. */
  readonly enum?: readonly string[];
  /** Azure may accept values that `enum` does not list. */
  readonly open?: true;
  readonly required?: true;
  readonly readOnly?: true;
  /** Azure takes it and never returns it. */
  readonly writeOnly?: true;
  readonly secret?: true;
}

/** Whether a value may be set by whoever writes the resource. */
export function isWritable(property: FactProperty): boolean {
  return property.readOnly !== true;
}

/** A writable value that has no known members of its own, as a path with `*` for items. */
export type LeafPath = string;

/**
 * Members of a model, those of its variants included. A name with `|` in it stands for several models of which one
 * applies, as variants that have different objects under one name.
 */
export function membersOf(facts: AzureFacts, name: string): ReadonlyMap<string, FactProperty> {
  const known = membersByModel.get(facts) ?? new Map<string, ReadonlyMap<string, FactProperty>>();
  membersByModel.set(facts, known);
  const found = known.get(name) ?? gathered(facts, name);
  known.set(name, found);
  return found;
}

const membersByModel = new WeakMap<AzureFacts, Map<string, ReadonlyMap<string, FactProperty>>>();

function gathered(facts: AzureFacts, name: string): ReadonlyMap<string, FactProperty> {
  const names = name.split('|');
  const model = facts.models[name];
  const members = new Map(Object.entries(model?.properties ?? {}));
  for (const other of new Set([...(names.length > 1 ? names : []), ...Object.values(model?.variants ?? {})]))
    for (const [member, property] of membersOf(facts, other)) {
      const own = members.get(member);
      members.set(member, own ? unified(own, property) : property);
    }
  return members;
}

/** What two variants say of one member: all that either of them allows. */
function unified(first: FactProperty, second: FactProperty): FactProperty {
  if (first.type !== second.type) return { type: 'any', ...(first.secret || second.secret ? { secret: true } : {}) };
  const { required, readOnly, enum: values, open, model, of, ...rest } = first;
  const models = [...new Set([model, second.model].flatMap((one) => one?.split('|') ?? []))].toSorted();
  return {
    ...rest,
    ...(values && second.enum ? { enum: [...new Set([...values, ...second.enum])].toSorted() } : {}),
    ...(open || second.open ? { open: true } : {}),
    ...(required && second.required ? { required } : {}),
    ...(readOnly && second.readOnly ? { readOnly } : {}),
    ...(second.secret ? { secret: true } : {}),
    ...(second.writeOnly ? { writeOnly: true } : {}),
    ...(models.length > 0 ? { model: models.join('|') } : {}),
    ...(of && second.of ? { of: unified(of, second.of) } : {}),
  };
}

const ENVELOPE = new Set(['id', 'name', 'type', 'apiVersion', 'systemData', 'etag']);

/**
 * Paths of all writable leaves of the body, in order; `*` stands for items of lists and values of maps. A model inside
 * itself is a leaf where it comes back.
 */
export function writableLeaves(facts: AzureFacts): readonly LeafPath[] {
  const found = new Set<LeafPath>();
  const visit = (property: FactProperty, path: string, above: readonly string[]): void => {
    if (!isWritable(property)) return;
    if ((property.type === 'array' || property.type === 'map') && property.of)
      return visit(property.of, `${path}/*`, above);
    const members = property.model === undefined ? undefined : membersOf(facts, property.model);
    if (property.model === undefined || !members || members.size === 0 || above.includes(property.model)) {
      found.add(path);
      return;
    }
    for (const [name, inner] of members)
      if (path !== '' || !ENVELOPE.has(name)) visit(inner, `${path}/${name}`, [...above, property.model]);
  };
  visit({ type: 'object', model: facts.root }, '', []);
  return [...found].toSorted();
}
