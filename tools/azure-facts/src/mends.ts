import type { AzureFacts, FactModel, FactProperty } from '../../../src/model/azure-facts.ts';

/**
 * Corrections to what a package says, reviewed and committed as `mends/<type>.json`: its package speaks another
 * api-version, or leaves something out.
 */
export interface Mends {
  readonly reason: string;
  /** Commit of Azure/bicep-types-az that they were taken from. */
  readonly source: string;
  /** By model: members that the pinned version has, or has in another form. */
  readonly set?: Readonly<Record<string, Readonly<Record<string, FactProperty>>>>;
  /** By model: members that the pinned version does not have. */
  readonly drop?: Readonly<Record<string, readonly string[]>>;
  /** By model: variants by the value of the discriminator. */
  readonly variants?: Readonly<Record<string, Pick<FactModel, 'discriminator' | 'variants'>>>;
  /** Models that only they refer to. */
  readonly models?: Readonly<Record<string, FactModel>>;
}

/** Facts with the corrections made. */
export function mended(
  facts: AzureFacts,
  { set = {}, drop = {}, variants = {}, models = {} }: Partial<Mends>,
): AzureFacts {
  const changed = Object.entries(facts.models).map(([name, model]): [string, FactModel] => {
    const kept = Object.entries(model.properties).filter(([key]) => !drop[name]?.includes(key));
    return [name, { ...model, ...variants[name], properties: { ...Object.fromEntries(kept), ...set[name] } }];
  });
  return { ...facts, models: { ...models, ...Object.fromEntries(changed) } };
}

/** Members that the type data loses although the versions have them: it keeps no prose, and takes these for prose. */
const UNRELIABLE = ['description'];

const ENVELOPE = ['id', 'name', 'type', 'apiVersion', 'systemData'];

/** The corrections that make facts say what the type data of the pinned version says; undefined where they do. */
export function mendsFor(facts: AzureFacts, types: AzureFacts, reason: string): Mends | undefined {
  const set: Record<string, Record<string, FactProperty>> = {};
  const seen: Record<string, Record<string, number>> = {};
  const pairs = new Map<string, Set<string>>();
  const variants: Record<string, Pick<FactModel, 'discriminator' | 'variants'>> = {};
  const models: Record<string, FactModel> = {};
  const taken = (property: FactProperty): FactProperty => {
    if (property.of) return { ...property, of: taken(property.of) };
    return property.model === undefined ? property : { ...property, model: take(property.model) };
  };
  const take = (name: string): string => {
    const own = name.replace('#', '@');
    if (models[own]) return own;
    const model = types.models[name];
    models[own] = { properties: {} };
    models[own] = {
      ...model,
      properties: Object.fromEntries(Object.entries(model?.properties ?? {}).map(([key, one]) => [key, taken(one)])),
      ...(model?.variants
        ? { variants: Object.fromEntries(Object.entries(model.variants).map(([key, one]) => [key, take(one)])) }
        : {}),
    };
    return own;
  };
  /** What both sources say elsewhere: the envelope, and the discriminator once more in each variant. */
  const told = new Set(ENVELOPE.map((key) => `${types.root} ${key}`));
  for (const { discriminator, variants: all } of Object.values(types.models))
    for (const variant of Object.values(all ?? {})) told.add(`${variant} ${discriminator ?? ''}`);
  const pair = (ours: string, theirs: string): void => {
    const partners = pairs.get(ours) ?? new Set<string>();
    if (partners.has(theirs)) return;
    pairs.set(ours, partners.add(theirs));
    const [mine, other] = [facts.models[ours], types.models[theirs]];
    if (!mine || !other) return;
    for (const [key, property] of Object.entries(other.properties)) {
      if (told.has(`${theirs} ${key}`)) continue;
      (seen[ours] ??= {})[key] = 1;
      const own = mine.properties[key];
      const better = corrected(own, property);
      if (better) (set[ours] ??= {})[key] = better;
      else if (own) descend(own, property);
    }
    for (const [value, variant] of Object.entries(other.variants ?? {})) {
      const own = mine.variants?.[value];
      if (own !== undefined) pair(own, variant);
      else {
        const before = variants[ours]?.variants ?? mine.variants ?? {};
        variants[ours] = {
          ...(other.discriminator === undefined ? {} : { discriminator: other.discriminator }),
          variants: { ...before, [value]: take(variant) },
        };
      }
    }
  };
  const descend = (own: FactProperty, other: FactProperty): void => {
    if (own.of && other.of) descend(own.of, other.of);
    else if (own.model !== undefined && other.model !== undefined) pair(own.model, other.model);
  };
  /** What to say instead of `own`; undefined where it is right. */
  const corrected = (own: FactProperty | undefined, other: FactProperty): FactProperty | undefined => {
    if (!own) return taken(other);
    if (other.readOnly) return own.readOnly ? undefined : taken(other);
    if (own.readOnly || shape(own) !== shape(other)) return taken(other);
    if (facts.source.apiVersion !== facts.apiVersion && valuesText(innermost(own)) !== valuesText(innermost(other)))
      return withValues(own, innermost(other));
    const secret = (other.secret ?? false) && !own.secret;
    const writeOnly = (other.writeOnly ?? false) && !own.writeOnly;
    return secret || writeOnly
      ? { ...own, ...(secret ? { secret: true } : {}), ...(writeOnly ? { writeOnly: true } : {}) }
      : undefined;
  };
  pair(facts.root, types.root);
  const drop: Record<string, string[]> = {};
  for (const name of pairs.keys()) {
    const theirs = [...(pairs.get(name) ?? [])].map((one) => types.models[one]?.discriminator);
    const kept = new Set([...UNRELIABLE, facts.models[name]?.discriminator, ...theirs]);
    const gone = Object.entries(facts.models[name]?.properties ?? {})
      .filter(
        ([key, one]) =>
          !one.readOnly && !(name === facts.root && ENVELOPE.includes(key)) && !kept.has(key) && !seen[name]?.[key],
      )
      .map(([key]) => key);
    if (gone.length > 0) drop[name] = gone;
  }
  if ([set, drop, variants].every((one) => Object.keys(one).length === 0)) return undefined;
  return { reason, source: types.source.version, set, drop, variants, models };
}

/** What two properties must have in common to be the same: the kind of value, items and values included. */
function shape({ type, of, model }: FactProperty): string {
  if (type === 'object') return model === undefined ? 'any' : 'object';
  return of ? `${type} of ${shape(of)}` : type;
}

function innermost(property: FactProperty): FactProperty {
  return property.of ? innermost(property.of) : property;
}

function valuesText({ enum: values, open }: FactProperty): string {
  return JSON.stringify([values, open]);
}

/** The property with the known values of another one, on itself or on its items. */
function withValues(property: FactProperty, values: FactProperty): FactProperty {
  if (property.of) return { ...property, of: withValues(property.of, values) };
  const { enum: _, open: __, ...rest } = property;
  return {
    ...rest,
    ...(values.enum ? { enum: values.enum } : {}),
    ...(values.open ? { open: true } : {}),
    ...(values.secret ? { secret: true } : {}),
    ...(values.writeOnly ? { writeOnly: true } : {}),
  };
}
