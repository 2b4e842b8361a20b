import { member, valueAt, type Json, type JsonObject } from '../../model/json.ts';
import type { Mark, Observation, Site } from '../../model/kind.ts';
import type { CompiledArmKind } from './arm-kind.ts';
import { parentFieldOf } from './arm-location.ts';
import { identityFromArm } from './identity.ts';
import { fromBody } from './mapping.ts';
import { markFromMetadata, markFromTags, withoutMark } from './marks.ts';

/** A live body in the kind's own terms: its fields, what others can take of it, and whose it is. */
export function observeArm(kind: CompiledArmKind, body: JsonObject, site: Site): Observation {
  const { fields } = kind;
  const parent = parentFieldOf(fields)?.name;
  const spec: JsonObject = {
    // The address says what the parent is, the body does not.
    ...(parent === undefined ? {} : pick(site.spec as JsonObject, parent)),
    ...fromBody(body, fields, site),
    ...(fields.properties?.['tags'] ? { tags: withoutMark(member(body, 'tags')) } : {}),
    ...(kind.ownership === 'metadata' && fields.properties?.['metadata']
      ? { metadata: withoutMark(fromBody(body, fields, site)['metadata']) }
      : {}),
    ...(fields.properties?.['identity'] ? { identity: identityFromArm(member(body, 'identity'), site) } : {}),
  };
  return {
    spec: kind.fromArm ? kind.fromArm(spec, body, site) : spec,
    outputs: outputsOf(kind, body),
    mark: markOf(kind, body),
  };
}

function pick(spec: JsonObject, name: string): JsonObject {
  const value = member(spec, name);
  return value === undefined ? {} : { [name]: value };
}

function outputsOf({ outputs = {} }: CompiledArmKind, body: JsonObject): JsonObject {
  const id = member(body, 'id');
  const own = Object.entries(outputs).flatMap(([name, [from]]): [string, Json][] => {
    const value = valueAt(body, from);
    return value === undefined || value === null ? [] : [[name, value]];
  });
  const path = typeof id === 'string' ? id : '';
  return { id: path, name: path.slice(path.lastIndexOf('/') + 1), ...Object.fromEntries(own) };
}

function markOf({ ownership }: CompiledArmKind, body: JsonObject): Mark | undefined {
  if (ownership === 'tags') return markFromTags(member(body, 'tags'));
  return ownership === 'metadata' ? markFromMetadata(valueAt(body, '/properties/metadata')) : undefined;
}
