import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AzureFacts, FactModel, FactProperty } from '../../../src/model/azure-facts.ts';

/**
 * Reads Microsoft's Bicep type data (flags: 1 required, 2 read-only, 4 write-only) into the form of our facts, as the
 * second source that facts are compared with. AZURE_TYPES_DIR names the folder.
 */
const folder = resolve(
  process.env['AZURE_TYPES_DIR'] ??
    join(fileURLToPath(new URL('../../..', import.meta.url)), '..', 'shared', 'azure-types'),
);

interface BicepType {
  readonly $type: string;
  readonly name?: string;
  readonly value?: string;
  readonly sensitive?: boolean;
  readonly properties?: Readonly<Record<string, { readonly type: Ref; readonly flags: number }>>;
  readonly baseProperties?: BicepType['properties'];
  readonly additionalProperties?: Ref;
  readonly discriminator?: string;
  readonly elements?: readonly Ref[] | Readonly<Record<string, Ref>>;
  readonly itemType?: Ref;
  readonly body?: Ref;
}

interface Ref {
  readonly $ref: string;
}

/** Facts by the Bicep type data; undefined where there is none of this type and version. */
export function bicepFacts(type: string, apiVersion: string): AzureFacts | undefined {
  const file = join(folder, `${type.replaceAll('/', '.').toLowerCase()}@${apiVersion}.json`);
  if (!existsSync(file)) return undefined;
  const data = JSON.parse(readFileSync(file, 'utf8')) as {
    resource: number;
    types: BicepType[];
    source: { commit: string };
  };
  const models: Record<string, FactModel> = {};
  const at = (ref: Ref | undefined): number => Number(ref?.$ref.slice(2));
  const nameOf = (index: number): string => `${(data.types[index]?.name ?? 'Body').replace(/^.*\//u, '')}#${index}`;

  const propertyOf = (ref: Ref | undefined, flags: number): FactProperty => {
    const index = at(ref);
    const one = data.types[index];
    const marks = {
      ...(flags & 1 ? { required: true as const } : {}),
      ...(flags & 2 ? { readOnly: true as const } : {}),
      ...(flags & 4 ? { writeOnly: true as const } : {}),
    };
    switch (one?.$type) {
      case 'StringType':
        return { type: 'string', ...marks, ...(one.sensitive ? { secret: true } : {}) };
      case 'StringLiteralType':
        return { type: 'string', enum: [one.value ?? ''], ...marks };
      case 'IntegerType':
        return { type: 'number', ...marks };
      case 'BooleanType':
        return { type: 'boolean', ...marks };
      case 'ArrayType':
        return { type: 'array', of: propertyOf(one.itemType, 0), ...marks };
      case 'UnionType':
        return { ...unionOf(one), ...marks };
      case 'ObjectType':
        if (one.additionalProperties && Object.keys(one.properties ?? {}).length === 0)
          return { type: 'map', of: propertyOf(one.additionalProperties, 0), ...marks };
        if (Object.keys(one.properties ?? {}).length === 0) return { type: 'any', ...marks };
        return { type: 'object', model: modelOf(index), ...marks };
      case 'DiscriminatedObjectType':
        return { type: 'object', model: modelOf(index), ...marks };
      default:
        return { type: 'any', ...marks };
    }
  };

  const unionOf = ({ elements }: BicepType): FactProperty => {
    const members = ((elements ?? []) as readonly Ref[]).map((ref) => data.types[at(ref)]);
    const values = members.flatMap((one) => (one?.$type === 'StringLiteralType' ? [one.value ?? ''] : []));
    const open = members.some((one) => one?.$type === 'StringType');
    if (values.length === 0) return { type: 'any' };
    return { type: 'string', enum: values.toSorted(), ...(open ? { open: true } : {}) };
  };

  const modelOf = (index: number): string => {
    const name = nameOf(index);
    const one = data.types[index];
    if (models[name] || !one) return name;
    models[name] = { properties: {} };
    const own = Object.entries(one.properties ?? one.baseProperties ?? {});
    const properties = Object.fromEntries(own.map(([key, { type, flags }]) => [key, propertyOf(type, flags)]));
    const variants =
      one.$type === 'DiscriminatedObjectType'
        ? Object.fromEntries(Object.entries(one.elements ?? {}).map(([value, ref]) => [value, modelOf(at(ref))]))
        : undefined;
    models[name] = {
      properties,
      ...(variants && one.discriminator !== undefined ? { discriminator: one.discriminator, variants } : {}),
    };
    return name;
  };

  const root = modelOf(at(data.types[data.resource]?.body));
  const source = { package: 'Azure/bicep-types-az', version: data.source.commit, apiVersion };
  return { type, apiVersion, source, root, models };
}
