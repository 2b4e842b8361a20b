import {
  equal,
  isArray,
  isObject,
  member,
  pointer,
  textOf,
  without,
  type Json,
  type JsonObject,
  type Pointer,
} from '../../model/json.ts';
import { isSecretReference, isValueFrom } from '../../model/manifest.ts';
import { isResourceId, kindOf, nameOf, resourceId, type ResourceId } from '../../model/resource-id.ts';
import { isWord, memberSchema, type SpecSchema } from '../../model/schema.ts';
import { isUuid } from '../../model/uuid.ts';
import { normalise } from '../normalise.ts';
import { sameText } from './subject.ts';

/** What manifests can refer to: a resource with its Azure name, its outputs, and what it lies in. */
export interface Target {
  readonly id: ResourceId;
  readonly azureName: string;
  readonly outputs: JsonObject;
  /** The resources that it lies below, nearest first. */
  readonly ancestors: readonly ResourceId[];
}

export interface ReferenceContext {
  /** The resource whose spec it is. */
  readonly self: Pick<Target, 'id' | 'ancestors'>;
  readonly targets: readonly Target[];
  /** Notes that `self` refers to a resource; false when that would make a cycle, so the value stays as it is. */
  readonly link: (to: ResourceId) => boolean;
  /** Told of values that have to name a resource and name none that is known. */
  readonly lost: (field: Pointer, value: string) => void;
}

/**
 * Plain names for what Azure holds as ids, names and values: where `x-ref` says that a field names a resource, and where a
 * field may take a computed value that exactly one resource produces.
 */
export function restoreReferences(spec: JsonObject, schema: SpecSchema, context: ReferenceContext): JsonObject {
  const restored = restore(spec, schema, '', context);
  return isObject(restored) ? restored : spec;
}

function restore(value: Json, schema: SpecSchema | undefined, field: Pointer, context: ReferenceContext): Json {
  if (isValueFrom(value) || isSecretReference(value)) return value;
  if (isArray(value)) return value.map((item, index) => restore(item, schema?.items, pointer(field, index), context));
  if (isObject(value)) {
    const vaulted = vaultSecret(value, schema, context);
    const members = Object.entries(vaulted).map(([name, item]): [string, Json] => [
      name,
      restore(item, innerSchema(schema, name), pointer(field, name), context),
    ]);
    return Object.fromEntries(members);
  }
  if (typeof value !== 'string') return value;
  if (schema?.['x-ref'] !== undefined)
    return schema['x-parent'] ? linked(value, schema, context) : named(value, schema, field, context);
  return takesOutput(schema) ? computed(value, schema, context) : value;
}

/** The URL of a secret as vault and name, where a field takes these and the vault has a manifest. */
function vaultSecret(value: JsonObject, schema: SpecSchema | undefined, context: ReferenceContext): JsonObject {
  const url = member(value, 'keyVaultUrl');
  const takesVault = schema?.properties?.['keyVault']?.properties?.['vault']?.['x-ref'] === 'KeyVault';
  if (!takesVault || typeof url !== 'string') return value;
  for (const { id, outputs } of context.targets) {
    const base = `${textOf(outputs, 'vaultUri').replace(/\/+$/, '')}/secrets/`;
    const secret = url.slice(base.length);
    if (kindOf(id) !== 'KeyVault' || !url.toLowerCase().startsWith(base.toLowerCase()) || secret.includes('/'))
      continue;
    return { ...without(value, 'keyVaultUrl'), keyVault: { vault: nameOf(id), secret } };
  }
  return value;
}

/** Below properties of an AzureResource the schema says nothing, and any value may be computed. */
const ANYTHING: SpecSchema = { description: 'any' };

function innerSchema(schema: SpecSchema | undefined, name: string): SpecSchema | undefined {
  if (schema === ANYTHING) return ANYTHING;
  const inner = schema && memberSchema(schema, name);
  return name === 'properties' && inner?.type === 'object' && !inner.properties && !inner.additionalProperties
    ? ANYTHING
    : inner;
}

function takesOutput(schema: SpecSchema | undefined): boolean {
  if (schema === undefined) return false;
  return schema === ANYTHING || (schema.anyOf ?? []).some((one) => one.properties?.['valueFrom'] !== undefined);
}

/** The parent was given by name. */
function linked(value: string, schema: SpecSchema, context: ReferenceContext): string {
  const kind = schema['x-ref'];
  const id = typeof kind === 'string' && kind !== '*' ? resourceId(kind, value) : value;
  if (isResourceId(id)) context.link(id);
  return value;
}

function named(value: string, schema: SpecSchema, field: Pointer, context: ReferenceContext): Json {
  if (value === '' || isWord(value, schema)) return value;
  const target = schema['x-ref'] ?? '*';
  const kinds = typeof target === 'string' ? (target === '*' ? undefined : [target]) : target;
  const allowed = context.targets.filter(
    ({ id }) => id !== context.self.id && (kinds === undefined || kinds.includes(kindOf(id))),
  );
  const found =
    allowed.find(({ id }) => id === value) ??
    nearest(
      allowed.filter((one) => standsFor(one, value, schema['x-ref-to'] ?? 'id')),
      context,
    );
  if (found === undefined) {
    if (!value.startsWith('/') && !schema['x-ref-optional']) context.lost(field, value);
    return value;
  }
  if (!context.link(found.id)) return found.outputs['id'] ?? value;
  return kinds?.length === 1 ? nameOf(found.id) : found.id;
}

/** `form` is what Azure holds for the reference: `id`, `name` or an output. */
function standsFor({ id, azureName, outputs }: Target, value: string, form: string): boolean {
  if (form === 'name') return sameText(azureName, value);
  if (form !== 'id') return sameText(outputs[form], value);
  if (value.startsWith('/')) return sameText(outputs['id'], value);
  return nameOf(id) === value || (isUuid(value) && Object.values(outputs).some((output) => sameText(output, value)));
}

/** The only one, or the only one that shares an ancestor: names are unique below their parent. */
function nearest(found: readonly Target[], { self }: ReferenceContext): Target | undefined {
  if (found.length < 2) return found[0];
  const related = found.filter(({ ancestors }) => ancestors.some((one) => self.ancestors.includes(one)));
  return related.length === 1 ? related[0] : undefined;
}

function computed(value: string, schema: SpecSchema | undefined, context: ReferenceContext): Json {
  if (!isTelling(value)) return value;
  const exact = schema === ANYTHING;
  const same = (output: Json): boolean =>
    exact ? output === value : equal(normalise(output, schema), normalise(value, schema)) || output === value;
  const producers = context.targets.flatMap(({ id, outputs }) => {
    const output = Object.entries(outputs).find(
      ([name, one]) => name !== 'name' && typeof one === 'string' && same(one),
    );
    return output && id !== context.self.id && (kindOf(id) !== 'AzureResource' || output[0] === 'id')
      ? [{ id, output: output[0] }]
      : [];
  });
  const [first, second] = producers;
  if (!first || second || !context.link(first.id)) return value;
  return { valueFrom: { kind: kindOf(first.id), name: nameOf(first.id), output: first.output } };
}

/** Values that are hardly equal by chance: ids, addresses, host names, GUIDs. */
function isTelling(value: string): boolean {
  return (
    isUuid(value) ||
    /^(https?:\/\/|\/subscriptions\/)/i.test(value) ||
    /^[a-z0-9-]+(\.[a-z0-9-]+){2,}$/i.test(value) ||
    /^\w+=[^;]+;/.test(value)
  );
}
