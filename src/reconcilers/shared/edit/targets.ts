import { isArray, member, segmentsOf, valueAt, type Json, type JsonObject, type Pointer } from '../../../model/json.ts';
import type { FieldChange } from '../../../model/plan.ts';
import { memberSchema, type SpecSchema } from '../../../model/schema.ts';
import type { CompiledArmKind } from '../arm-kind.ts';
import type { ListKeys } from './lists.ts';

/** Body pointers, with `*` for items of lists, of what the planned fields stand for. */
export function targetsOf(kind: CompiledArmKind, desired: JsonObject, fields: readonly FieldChange[]): string[] {
  return fields.flatMap((change): readonly string[] => {
    const own = kind.targets?.[segmentsOf(change.field)[0] ?? ''] ?? [];
    const mapped = mappedTo(change.field, kind.fields, desired);
    if (mapped === undefined) return own;
    return [...own, isGoneItem(change, desired) ? `${mapped}/*` : mapped];
  });
}

/** Those that a removed field takes away as a whole. */
export function removedTargets(kind: CompiledArmKind, desired: JsonObject, fields: readonly FieldChange[]): string[] {
  return fields
    .filter((change) => change.after === undefined && !isGoneItem(change, desired))
    .flatMap(({ field }) => mappedTo(field, kind.fields, desired) ?? []);
}

function isGoneItem({ field, after }: FieldChange, desired: JsonObject): boolean {
  return after === undefined && isArray(valueAt(desired, field));
}

/** Where the body has a field; undefined where the schema alone does not say. */
function mappedTo(field: Pointer, schema: SpecSchema, desired: JsonObject): string | undefined {
  const segments = segmentsOf(field);
  if (segments[0] === 'identity') return '/identity';
  let base = '/properties';
  let current: SpecSchema | undefined = schema;
  let value: Json | undefined = desired;
  let isInList = false;
  for (const name of segments) {
    const inner: SpecSchema | undefined = current && memberSchema(current, name);
    if (isArray(value) || (current?.items && /^\d+$/.test(name))) {
      base = `${base}/*`;
      isInList = true;
    } else {
      const arm: string | boolean | undefined = inner?.['x-arm'];
      if (arm === false || inner?.['x-parent']) return undefined;
      base = typeof arm !== 'string' ? `${base}/${name}` : isInList ? `${itemOf(base)}${arm}` : arm;
    }
    current = inner;
    value = isArray(value) ? value[Number(name)] : member(value, name);
  }
  return base;
}

/** The item that a pointer lies in: inside of lists targets start there. */
function itemOf(base: string): string {
  return base.slice(0, base.lastIndexOf('/*') + 2);
}

/** The members that identify items, for every list of a body that the schema maps. */
export function listKeysOf(schema: SpecSchema): ListKeys {
  const found = new Map<string, readonly Pointer[]>();
  collect(schema, '/properties', '', found);
  return found;
}

function collect(schema: SpecSchema, base: string, item: string, found: Map<string, readonly Pointer[]>): void {
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    const arm = field['x-arm'];
    if (arm === false || field['x-part'] !== undefined) continue;
    const target = typeof arm === 'string' ? `${item}${arm}` : `${base}/${name}`;
    const key = field['x-key'];
    if (field.items && typeof key === 'string' && key !== '.') {
      const members = field.items.properties ?? {};
      found.set(
        target,
        key.split(' ').map((one) => (members[one]?.['x-arm'] ?? `/${one}`) as Pointer),
      );
    }
    if (field.items) collect(field.items, `${target}/*`, `${target}/*`, found);
    else collect(field, target, item, found);
  }
}
