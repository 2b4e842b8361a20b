import {
  isObject,
  member,
  textAt,
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
import { toBody } from './mapping.ts';
import { markMetadata, markTags, markText, withoutMark, withoutMarkText } from './marks.ts';

/** The body that creates a resource: the fields of its spec, what never changes, and the mark of ownership. */
export function createBody(kind: CompiledArmKind, spec: JsonObject, site: Site): JsonObject {
  return marked(kind, declaredBody(kind, spec, site), site);
}

/** What the manifest says of a body, without the mark. */
export function declaredBody(kind: CompiledArmKind, spec: JsonObject, site: Site): JsonObject {
  const identity = identityToArm(member(spec, 'identity'), site);
  const fields = toBody(without(spec, 'identity'), kind.fields, site);
  const body: JsonObject = { ...kind.fixed, ...fields, ...(identity ? { identity } : {}) };
  return kind.toArm ? kind.toArm(body, { ...site, spec }) : body;
}

/** A body with the mark of its resource; an older one is taken away, so that a lifted protection does not stay. */
export function marked({ ownership, markMore }: CompiledArmKind, body: JsonObject, site: Site): JsonObject {
  if (ownership === 'tags')
    return { ...body, tags: { ...withoutMark(member(body, 'tags')), ...markTags(site), ...markMore } };
  if (ownership === 'description') {
    const text = withoutMarkText(textAt(body, '/properties/description'));
    return withValueAt(body, '/properties/description', `${text} ${markText(site)}`.trim()) as JsonObject;
  }
  if (ownership !== 'metadata') return body;
  const path: Pointer = '/properties/metadata';
  return withValueAt(body, path, { ...withoutMark(valueAt(body, path)), ...markMetadata(site) }) as JsonObject;
}

/** Members that Azure sets on every resource and that no request carries. */
const ENVELOPE = ['id', 'type', 'name', 'etag', 'systemData'];

/** What Azure computes in every identity. */
const OF_IDENTITIES: readonly Pointer[] = [
  '/identity/principalId',
  '/identity/tenantId',
  '/identity/userAssignedIdentities/*/principalId',
  '/identity/userAssignedIdentities/*/clientId',
];

/** A live body without what Azure computes: the envelope, the state, and the kind's own read-only fields. */
export function writable(body: JsonObject, readOnly: readonly Pointer[]): JsonObject {
  return dropAll(without(body, ...ENVELOPE), ['/properties/provisioningState', ...OF_IDENTITIES, ...readOnly]);
}

/** A body without what is at the paths; `*` stands for every member or item. */
export function dropAll(body: JsonObject, paths: readonly Pointer[]): JsonObject {
  return paths.reduce<Json>((rest, path) => dropped(rest, path.slice(1).split('/')), body) as JsonObject;
}

function dropped(value: Json, [first, ...rest]: readonly string[]): Json {
  if (first === undefined) return value;
  if (Array.isArray(value)) return first === '*' ? value.map((item: Json) => dropped(item, rest)) : value;
  if (!isObject(value)) return value;
  const hit = (key: string): boolean => first === '*' || key === first;
  if (rest.length === 0) return Object.fromEntries(Object.entries(value).filter(([key]) => !hit(key)));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, hit(key) ? dropped(item, rest) : item]));
}
