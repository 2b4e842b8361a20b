import {
  isArray,
  isObject,
  member,
  pointer,
  without,
  type Json,
  type JsonObject,
  type Pointer,
} from '../../model/json.ts';
import type { EnvironmentScope } from '../../model/kind.ts';
import { regionId } from '../../model/region.ts';

/** Members that providers compute in every type. */
const COMPUTED: ReadonlySet<string> = new Set(['provisioningState', 'provisioningError', 'systemData', 'etag']);

/** Times at which something happened, which are told and never set. */
const PAST = /^(creat|last|modif|updat|chang)/i;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

/**
 * The fields of an AzureResource that say something of their own. Without type data only what is computed everywhere is
 * known: other computed properties are declared as they are, which changes nothing as long as Azure keeps them.
 */
export function genericFields(spec: JsonObject, given: JsonObject, scope: EnvironmentScope): JsonObject {
  const properties = member(spec, 'properties');
  const computed = isObject(properties) ? computedFields(properties) : [];
  const told = {
    ...spec,
    ...(isObject(properties) ? { properties: withoutComputed(properties) } : {}),
    ...(computed.length > 0 ? { readOnly: computed } : {}),
  };
  if (member(given, 'parent') !== undefined) return told;
  if (member(told, 'location') === undefined) return { ...told, location: 'none' };
  return isLocatedAt(told, scope) ? without(told, 'location') : told;
}

/** True when the resource lies in the environment's region. */
export function isLocatedAt(spec: JsonObject, { location }: EnvironmentScope): boolean {
  const own = member(spec, 'location');
  return typeof own === 'string' && regionId(own) === regionId(location);
}

function withoutComputed(value: JsonObject): JsonObject {
  const members = Object.entries(value).filter(([name, item]) => !isComputed(name, item));
  return Object.fromEntries(members.map(([name, item]) => [name, inner(item)]));
}

/** Computed members outside of lists, for `readOnly`. What is computed in every type is known to be so anyway. */
function computedFields(value: JsonObject, base: Pointer = ''): Pointer[] {
  return Object.entries(value).flatMap(([name, item]): Pointer[] => {
    const field = pointer(base, name);
    if (isObject(item)) return computedFields(item, field);
    return item !== null && isComputed(name, item) && !COMPUTED.has(name) ? [field] : [];
  });
}

function inner(value: Json): Json {
  if (isArray(value)) return value.map(inner);
  return isObject(value) ? withoutComputed(value) : value;
}

function isComputed(name: string, value: Json): boolean {
  if (COMPUTED.has(name) || value === null) return true;
  return PAST.test(name) && typeof value === 'string' && TIME.test(value);
}
