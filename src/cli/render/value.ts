import { isArray, isObject, type Json, type Pointer } from '../../model/json.ts';
import { isSecretReference, isValueFrom } from '../../model/manifest.ts';
import { itemLabel, memberSchema, type SpecSchema } from '../../model/schema.ts';

export const SENSITIVE = '(sensitive value)';
export const UNKNOWN = '(known after apply)';
const LONGEST = 160;

/** One value on one line. Secrets are withheld, long values cut. */
export function inline(value: Json | undefined): string {
  if (value === undefined) return '(not set)';
  if (isSecretReference(value)) return SENSITIVE;
  if (isValueFrom(value)) return UNKNOWN;
  if (isArray(value)) return cut(`[${value.map(inline).join(', ')}]`);
  if (isObject(value))
    return cut(
      `{${Object.entries(value)
        .map(([key, item]) => `${key}: ${inline(item)}`)
        .join(', ')}}`,
    );
  return cut(JSON.stringify(value));
}

function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}… (${text.length} characters)`;
}

export function isLongText(value: Json | undefined): value is string {
  return typeof value === 'string' && value.includes('\n');
}

/** A field of a new resource: set items by their key, everything else by its path. */
export interface Leaf {
  readonly label: string;
  readonly value: Json;
}

/** The leaves of a spec in the order of the manifest; empty lists and mappings are left out. */
export function leaves(value: Json, schema: SpecSchema | undefined, label = ''): Leaf[] {
  if (isSecretReference(value) || isValueFrom(value)) return [{ label, value }];
  if (isObject(value)) {
    return Object.entries(value).flatMap(([name, item]) =>
      leaves(item, schema && memberSchema(schema, name), label === '' ? name : `${label}.${name}`),
    );
  }
  if (!isArray(value)) return [{ label, value }];
  if (!value.some((item) => isObject(item) || isArray(item))) return value.length === 0 ? [] : [{ label, value }];
  const key = schema?.['x-key'];
  return value.flatMap((item, index) => {
    const name = key !== undefined && key !== '.' && isObject(item) ? itemLabel(item, key) : index;
    return leaves(item, schema?.items, `${label}[${name}]`);
  });
}

/** A pointer as people write it: `sku.capacity`. */
export function dotted(field: Pointer): string {
  return field.slice(1).replaceAll('/', '.');
}
