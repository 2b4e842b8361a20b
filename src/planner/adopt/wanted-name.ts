import { textAt, textOf, type JsonObject } from '../../model/json.ts';
import { nameOf } from '../../model/resource-id.ts';
import { isUuid } from '../../model/uuid.ts';
import { kebab } from './names.ts';
import { EXTENSIONS, ROLE_ASSIGNMENTS, type Place } from './places.ts';
import type { State } from './state.ts';
import type { Subject } from './subject.ts';

/** What people would call it: names that are GUIDs say nothing. */
export function wantedName(item: JsonObject, azureName: string, place: Place, state: State): string {
  const { definition, parent } = place;
  if (definition.azureType === ROLE_ASSIGNMENTS) return roleName(item, place, state);
  if (definition.nameRule.style === 'uuid') return textAt(item, '/properties/displayName') || azureName;
  return EXTENSIONS[definition.azureType] === undefined || !parent
    ? azureName
    : `${nameOf(parent)}-${kebab(azureName)}`;
}

/** Who, what and where, as far as they are known here. */
function roleName(item: JsonObject, { definition, site }: Place, state: State): string {
  const role = textOf(definition.observe(item, site).spec, 'role');
  const principal = textAt(item, '/properties/principalId');
  const who = [...state.subjects.values()].find((one) => principalOf(one) === principal);
  const scope = textAt(item, '/properties/scope').toLowerCase();
  const where = [...state.subjects.values()].find(({ address }) => address.path.toLowerCase() === scope);
  return [
    who ? nameOf(who.id) : `principal-${principal.slice(0, 8)}`,
    isUuid(role) ? `role-${role.slice(0, 8)}` : role,
    where ? nameOf(where.id) : scope.slice(scope.lastIndexOf('/') + 1),
  ].join('-');
}

/** Object id of the identity that a resource has or is. */
function principalOf({ body, owner, definition }: Subject): string | undefined {
  const isGrant = owner !== undefined || definition.azureType === ROLE_ASSIGNMENTS;
  return isGrant ? undefined : textAt(body, '/identity/principalId') || textAt(body, '/properties/principalId');
}
