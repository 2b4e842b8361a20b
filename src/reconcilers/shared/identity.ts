import { isArray, isObject, member, type Json, type JsonObject } from '../../model/json.ts';
import type { Site } from '../../model/kind.ts';
import { nameOf } from '../../model/resource-id.ts';
import { resourceId } from '../../model/resource-id.ts';

/** `spec.identity` of every kind that has one: the common schema's `identity`. */
interface IdentitySpec {
  readonly systemAssigned: boolean;
  readonly userAssigned: readonly string[];
}

/** ARM's identity block: a list of types in one string, and user-assigned identities as a map by resource id. */
export function identityToArm(spec: Json | undefined, site: Site): JsonObject | undefined {
  if (!isObject(spec)) return undefined;
  const { systemAssigned, userAssigned } = identitySpec(spec);
  const types = [...(systemAssigned ? ['SystemAssigned'] : []), ...(userAssigned.length > 0 ? ['UserAssigned'] : [])];
  if (types.length === 0) return { type: 'None' };
  const ids = userAssigned.map((name): [string, Json] => [
    name.startsWith('/') ? name : (site.pathOf(resourceId('ManagedIdentity', name)) ?? name),
    {},
  ]);
  return { type: types.join(', '), ...(ids.length > 0 ? { userAssignedIdentities: Object.fromEntries(ids) } : {}) };
}

export function identityFromArm(identity: Json | undefined, site: Site): JsonObject {
  const type = member(identity, 'type');
  const types =
    typeof type === 'string'
      ? type
          .toLowerCase()
          .split(',')
          .map((one) => one.trim())
      : [];
  const ids = Object.keys(objectOf(member(identity, 'userAssignedIdentities')));
  const names = ids.map((id) => {
    const known = site.resourceAt(id);
    return known === undefined ? id : nameOf(known);
  });
  return { systemAssigned: types.includes('systemassigned'), userAssigned: names.toSorted() };
}

function identitySpec(spec: JsonObject): IdentitySpec {
  const names = member(spec, 'userAssigned');
  return {
    systemAssigned: member(spec, 'systemAssigned') === true,
    userAssigned: isArray(names) ? names.filter((name) => typeof name === 'string') : [],
  };
}

function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}
