import {
  isObject,
  member,
  valueAt,
  withValueAt,
  without,
  type Json,
  type JsonObject,
  type Pointer,
} from '../../model/json.ts';
import type { Site } from '../../model/kind.ts';
import type { CompiledArmKind } from './arm-kind.ts';
import { identityToArm } from './identity.ts';
import { bodyPathOf, toBody } from './mapping.ts';
import { markMetadata, markTags, withoutMark } from './marks.ts';
import { overlay, writable } from './overlay.ts';

/** The body that declares a resource: the fields of its spec, what never changes, and the mark of ownership. */
export function createBody(kind: CompiledArmKind, spec: JsonObject, site: Site): JsonObject {
  const identity = identityToArm(member(spec, 'identity'), site);
  const fields = toBody(without(spec, 'identity'), kind.fields, site);
  const body: JsonObject = { ...kind.fixed, ...fields, ...(identity ? { identity } : {}) };
  return marked(kind, kind.toArm ? kind.toArm(body, { ...site, spec }) : body, site);
}

function marked({ ownership }: CompiledArmKind, body: JsonObject, site: Site): JsonObject {
  if (ownership === 'tags') return { ...body, tags: { ...objectAt(body, '/tags'), ...markTags(site) } };
  if (ownership !== 'metadata') return body;
  return withValueAt(body, '/properties/metadata', {
    ...objectAt(body, '/properties/metadata'),
    ...markMetadata(site),
  }) as JsonObject;
}

function objectAt(body: JsonObject, path: Pointer): JsonObject {
  const value = valueAt(body, path);
  return isObject(value) ? value : {};
}

/**
 * The body of an update: everything that the live resource has and Azure does not compute, with the declared fields set
 * and removed ones taken away. For a PATCH only the declared part of that, with null for what was removed.
 */
export function updateBody(
  kind: CompiledArmKind,
  spec: JsonObject,
  site: Site,
  live: JsonObject,
  removed: readonly Pointer[],
): JsonObject {
  const declared = createBody(kind, spec, site);
  const paths = removed.flatMap((field) => bodyPathOf(field, kind.fields) ?? []);
  // What is left of a list is declared as a whole, so none of the live one is kept.
  const rest = paths.reduce<JsonObject>(
    (body, { path }) => withValueAt(body, path, undefined) as JsonObject,
    unmarked(live, kind),
  );
  const overlaid = overlay(writable(rest, kind.readOnly ?? []), declared) as JsonObject;
  const withheld = [...(kind.createOnly ?? []), ...(kind.withhold?.(spec) ?? [])];
  const whole = withheld.reduce<JsonObject>((body, path) => withValueAt(body, path, undefined) as JsonObject, overlaid);
  if (kind.update !== 'patch') return whole;
  const part = without(declaredPart(whole, declared) as JsonObject, 'location', ...Object.keys(kind.fixed ?? {}));
  const tags = member(whole, 'tags');
  const patch = tags === undefined ? part : { ...part, tags };
  return paths
    .filter(({ path, list }) => !list && !path.startsWith('/tags'))
    .reduce<JsonObject>((body, { path }) => withValueAt(body, path, null) as JsonObject, patch);
}

/** Without an older mark, so that a lifted protection does not stay in the tags. */
function unmarked(live: JsonObject, { ownership }: CompiledArmKind): JsonObject {
  const path = ownership === 'tags' ? '/tags' : '/properties/metadata';
  const marks = valueAt(live, path);
  return ownership === 'none' || !isObject(marks) ? live : (withValueAt(live, path, withoutMark(marks)) as JsonObject);
}

function declaredPart(whole: Json, declared: Json): Json {
  if (!isObject(whole) || !isObject(declared)) return whole;
  return Object.fromEntries(
    Object.entries(declared).map(([key, value]) => [key, declaredPart(member(whole, key) ?? null, value)]),
  );
}
