import type { FactModel, FactProperty } from '../../../src/model/azure-facts.ts';
import { memberOf, valuesOf, type Declarations } from './declarations.ts';

/** The type of a value in a mapper of the older packages. */
interface MapperType {
  readonly name: string;
  readonly className?: string;
  readonly allowedValues?: readonly unknown[];
  readonly element?: Mapper;
  readonly value?: Mapper;
  readonly modelProperties?: Readonly<Record<string, Mapper>>;
  readonly polymorphicDiscriminator?: { readonly serializedName: string };
  readonly uberParent?: string;
}

export interface Mapper {
  readonly serializedName?: string;
  readonly readOnly?: boolean;
  readonly required?: boolean;
  readonly type: MapperType;
}

/** A package in the older form: its mappers by class, and `Parent.value` to the variants of polymorphic classes. */
export interface Mappers {
  readonly byClass: ReadonlyMap<string, Mapper>;
  readonly discriminators: Readonly<Record<string, Mapper>>;
}

export function readMappers(exported: Readonly<Record<string, unknown>>): Mappers {
  const byClass = new Map<string, Mapper>();
  for (const value of Object.values(exported)) {
    const mapper = value as Mapper;
    if (mapper?.type?.name === 'Composite' && mapper.type.className) byClass.set(mapper.type.className, mapper);
  }
  return { byClass, discriminators: (exported['discriminators'] ?? {}) as Record<string, Mapper> };
}

/** All models that `root` reaches. */
export function modelsByMappers(mappers: Mappers, declarations: Declarations, root: string): Record<string, FactModel> {
  const models: Record<string, FactModel> = {};
  const scalar = (type: MapperType, owner: string, member: string): FactProperty => {
    switch (type.name) {
      case 'Sequence':
        return { type: 'array', of: type.element ? scalar(type.element.type, owner, member) : { type: 'any' } };
      case 'Dictionary':
        return { type: 'map', of: type.value ? scalar(type.value.type, owner, member) : { type: 'any' } };
      case 'Composite': {
        if (type.className === undefined) return { type: 'any' };
        const name = add(type.className);
        return Object.keys(models[name]?.properties ?? { pending: 1 }).length === 0 && !models[name]?.variants
          ? { type: 'any' }
          : { type: 'object', model: name };
      }
      case 'Enum':
        return { type: 'string', enum: (type.allowedValues ?? []).map(String).toSorted() };
      case 'Number':
        return { type: 'number' };
      case 'Boolean':
        return { type: 'boolean' };
      case 'any':
      case 'Object':
        return { type: 'any' };
      default:
        return { type: 'string', ...declared(owner, member) };
    }
  };
  const declared = (owner: string, member: string): { enum?: readonly string[]; open?: true } => {
    let type = memberOf(declarations, owner, member)?.type;
    while (type?.type === 'TSArrayType') type = type.elementType;
    const name = type?.type === 'TSTypeReference' ? type.typeName.name : undefined;
    return (name === undefined ? undefined : valuesOf(declarations, name)) ?? {};
  };
  const add = (name: string): string => {
    if (models[name]) return name;
    const mapper = mappers.byClass.get(name);
    if (!mapper) throw new Error(`There is no mapper of ${name}`);
    models[name] = { properties: { pending: { type: 'any' } } };
    const nested: Record<string, Record<string, FactProperty>> = {};
    const properties: Record<string, FactProperty> = {};
    for (const [client, one] of Object.entries(mapper.type.modelProperties ?? {})) {
      const path = (one.serializedName ?? client).split(/(?<!\\)\./u).map((part) => part.replaceAll('\\.', '.'));
      const property: FactProperty = {
        ...scalar(one.type, name, client),
        ...(one.required ? { required: true } : {}),
        ...(one.readOnly ? { readOnly: true } : {}),
      };
      let target = properties;
      let owner = name;
      for (const part of path.slice(0, -1)) {
        owner = `${owner}.${part}`;
        target[part] ??= { type: 'object', model: owner };
        target = nested[owner] ??= {};
      }
      target[path.at(-1) ?? client] = property;
    }
    const prefix = `${mapper.type.uberParent ?? name}.`;
    const variants =
      mapper.type.polymorphicDiscriminator && (mapper.type.uberParent === undefined || mapper.type.uberParent === name)
        ? Object.entries(mappers.discriminators).filter(([key]) => key.startsWith(prefix))
        : [];
    for (const [key, members] of Object.entries(nested)) models[key] = { properties: members };
    const discriminator = mapper.type.polymorphicDiscriminator?.serializedName;
    models[name] = { properties };
    if (discriminator !== undefined && variants.length > 0)
      models[name] = {
        properties: {
          ...properties,
          [discriminator]: {
            type: 'string',
            enum: variants.map(([key]) => key.slice(prefix.length)).toSorted(),
            required: true,
          },
        },
        discriminator,
        variants: Object.fromEntries(
          variants.map(([key, one]) => [
            key.slice(prefix.length),
            variantOf(add(one.type.className ?? ''), properties),
          ]),
        ),
      };
    return name;
  };
  /** Leaves in a variant only what the base does not say. */
  const variantOf = (variant: string, base: Readonly<Record<string, FactProperty>>): string => {
    const own = Object.entries(models[variant]?.properties ?? {}).filter(([key]) => !(key in base));
    const name = `${variant}.own`;
    models[name] = { properties: Object.fromEntries(own) };
    return name;
  };
  add(root);
  return models;
}
