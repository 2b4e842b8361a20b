import { parseSync } from 'oxc-parser';
import type { FactModel, FactProperty } from '../../../src/model/azure-facts.ts';
import { memberOf, valuesOf, type Declarations, type Node } from './declarations.ts';

/** Functions of a package in the newer form, by name. */
export type Functions = ReadonlyMap<string, Node>;

export function readFunctions(texts: readonly string[]): Functions {
  const found = new Map<string, Node>();
  for (const text of texts)
    for (const statement of parseSync('models.js', text).program.body as Node[]) {
      const one = statement.declaration ?? statement;
      if (one?.type === 'FunctionDeclaration') found.set(one.id.name, one);
    }
  return found;
}

/** One member of the object that a function returns: its key, what of `item` it reads, and which function it calls. */
interface Reading {
  readonly key: string;
  readonly reads: string | undefined;
  readonly calls: string | undefined;
  /** The called function gets the whole item: a nesting that the package hides. */
  readonly whole: boolean;
  readonly spread: boolean;
}

function readings(declared: Node): Reading[] {
  const body: Node[] = declared?.body?.body ?? [];
  const returned = body.find((one) => one.type === 'ReturnStatement')?.argument;
  if (returned?.type !== 'ObjectExpression') return [];
  return returned.properties.map((one: Node): Reading => {
    const spread = one.type === 'SpreadElement';
    return {
      key: spread ? '' : String(one.key.name ?? one.key.value),
      spread,
      ...sourceOf(spread ? one.argument : one.value),
    };
  });
}

function sourceOf(expression: Node): Omit<Reading, 'key' | 'spread'> {
  switch (expression?.type) {
    case 'ParenthesizedExpression':
      return sourceOf(expression.expression);
    case 'ConditionalExpression':
      return sourceOf(expression.alternate);
    case 'LogicalExpression':
      return sourceOf(expression.left);
    case 'MemberExpression':
      return expression.object.type === 'Identifier' && expression.object.name === 'item'
        ? { reads: String(expression.property.value ?? expression.property.name), calls: undefined, whole: false }
        : sourceOf(expression.object);
    case 'NewExpression':
      return sourceOf(expression.arguments[0]);
    case 'ChainExpression':
      return sourceOf(expression.expression);
    case 'CallExpression': {
      const { callee, arguments: given } = expression;
      if (callee.type !== 'Identifier') {
        const inner = sourceOf(callee);
        return inner.reads === undefined && given[0] ? sourceOf(given[0]) : inner;
      }
      const whole = given[0]?.type === 'Identifier' && given[0].name === 'item';
      return { ...sourceOf(given[0]), calls: callee.name, whole };
    }
    default:
      return { reads: undefined, calls: undefined, whole: false };
  }
}

/** All models that `root` reaches. What only a deserializer has is read-only, what only a serializer has write-only. */
export function modelsBySerializers(
  functions: Functions,
  declarations: Declarations,
  root: string,
): Record<string, FactModel> {
  const models: Record<string, FactModel> = {};
  const byLowerCase = new Map([...functions.keys()].map((name) => [name.toLowerCase(), name]));
  /** What the functions of a model are called without their ending: `EHNamespace` has `ehNamespaceSerializer`. */
  const lower = (name: string): string => {
    const found = ['Serializer', 'Deserializer'].flatMap((ending) => {
      const full = byLowerCase.get(`${name}${ending}`.toLowerCase());
      return full === undefined ? [] : [full.slice(0, -ending.length)];
    });
    return found[0] ?? name.charAt(0).toLowerCase() + name.slice(1);
  };

  const typed = (type: Node): FactProperty => {
    switch (type?.type) {
      case 'TSStringKeyword':
        return { type: 'string' };
      case 'TSNumberKeyword':
        return { type: 'number' };
      case 'TSBooleanKeyword':
        return { type: 'boolean' };
      case 'TSArrayType':
        return { type: 'array', of: typed(type.elementType) };
      case 'TSParenthesizedType':
        return typed(type.typeAnnotation);
      case 'TSLiteralType':
        return { type: 'string', enum: [String(type.literal.value)] };
      case 'TSUnionType': {
        const rest = type.types.filter((one: Node) => !['TSNullKeyword', 'TSUndefinedKeyword'].includes(one.type));
        if (rest.length > 0 && rest.every((one: Node) => one.type === 'TSLiteralType'))
          return { type: 'string', enum: rest.map((one: Node) => String(one.literal.value)).toSorted() };
        return rest.length === 1 ? typed(rest[0]) : { type: 'any' };
      }
      case 'TSTypeReference':
        return referred(type);
      default:
        return { type: 'any' };
    }
  };
  const referred = (type: Node): FactProperty => {
    const name: string = type.typeName.name;
    const given: Node[] = (type.typeArguments ?? type.typeParameters)?.params ?? [];
    if (name === 'Record') return { type: 'map', of: typed(given[1]) };
    if (name === 'Array') return { type: 'array', of: typed(given[0]) };
    if (name === 'Date' || name === 'Uint8Array') return { type: 'string' };
    const values = valuesOf(declarations, name);
    if (values) return { type: 'string', ...values };
    const base = name.replace(/Union$/u, '');
    if (declarations.interfaces.has(base)) return objectOf(base);
    const alias = declarations.aliases.get(name);
    return alias ? typed(alias) : { type: 'any' };
  };
  const objectOf = (name: string): FactProperty => {
    if (!functions.has(`${lower(name)}Serializer`) && !functions.has(`${lower(name)}Deserializer`))
      return { type: 'any' };
    add(name, lower(name), name);
    const { properties, variants } = models[name] ?? { properties: {} };
    return Object.keys(properties).length === 0 && !variants ? { type: 'any' } : { type: 'object', model: name };
  };

  /** `functionName` without its ending; `owner` is the interface whose members the function reads. */
  const add = (name: string, functionName: string, owner: string): void => {
    if (models[name]) return;
    models[name] = { properties: { pending: { type: 'any' } } };
    const properties: Record<string, FactProperty> = {};
    const member = (client: string): FactProperty => {
      const found = memberOf(declarations, owner, client);
      return { ...typed(found?.type), ...(found && !found.optional ? { required: true } : {}) };
    };
    const nestedName = (called: string): string => {
      const plain = called.replace(/(Serializer|Deserializer)$/u, '');
      const model = plain.replace(/^_/u, '');
      const upper = model.charAt(0).toUpperCase() + model.slice(1);
      add(upper, plain, owner);
      return upper;
    };
    const out = readings(functions.get(`${functionName}Serializer`));
    const back = readings(functions.get(`${functionName}Deserializer`));
    for (const { key, reads, calls, whole } of out.filter((one) => !one.spread))
      properties[key] =
        whole && calls !== undefined ? { type: 'object', model: nestedName(calls) } : member(reads ?? key);
    const returned = new Set<string>();
    for (const { key, reads, calls, spread } of back) {
      if (reads === undefined) continue;
      returned.add(reads);
      if (properties[reads]) continue;
      properties[reads] = {
        ...(spread && calls !== undefined ? { type: 'object', model: nestedName(calls) } : member(key)),
        readOnly: true,
      };
    }
    if (back.length > 0)
      for (const { key } of out.filter((one) => !one.spread))
        if (!returned.has(key) && properties[key]) properties[key] = { ...properties[key], writeOnly: true };
    models[name] = { properties };
    const found = variantsOf(
      functions.get(`${functionName}UnionSerializer`) ?? functions.get(`${functionName}UnionDeserializer`),
    );
    if (!found) return;
    const wire = out.find(({ reads }) => reads === found.discriminator)?.key ?? found.discriminator;
    const cases = { ...found, discriminator: wire };
    const variants = Object.fromEntries(
      Object.entries(cases.variants).map(([value, called]) => [value, variantOf(nameFrom(called), properties)]),
    );
    const known = { type: 'string', enum: Object.keys(variants).toSorted(), required: true } as const;
    models[name] = {
      properties: { ...properties, [cases.discriminator]: known },
      discriminator: cases.discriminator,
      variants,
    };
  };
  const nameFrom = (called: string): string => {
    const plain = called.replace(/(Union)?(Serializer|Deserializer)$/u, '');
    const upper = plain.charAt(0).toUpperCase() + plain.slice(1);
    add(upper, plain, upper);
    return upper;
  };
  const variantOf = (variant: string, base: Readonly<Record<string, FactProperty>>): string => {
    const own = Object.entries(models[variant]?.properties ?? {}).filter(([key]) => !(key in base));
    models[`${variant}.own`] = { properties: Object.fromEntries(own) };
    return `${variant}.own`;
  };
  add(root, lower(root), root);
  return models;
}

function variantsOf(declared: Node): { discriminator: string; variants: Record<string, string> } | undefined {
  const chosen = (declared?.body?.body ?? []).find((one: Node) => one.type === 'SwitchStatement');
  if (!chosen) return undefined;
  const { property } = chosen.discriminant;
  const variants: Record<string, string> = {};
  const waiting: string[] = [];
  for (const one of chosen.cases as Node[]) {
    if (one.test) waiting.push(String(one.test.value));
    const called = one.consequent[0]?.argument?.callee?.name;
    if (called === undefined) continue;
    if (one.test) for (const value of waiting.splice(0)) variants[value] = called;
  }
  return { discriminator: String(property.name ?? property.value), variants };
}
