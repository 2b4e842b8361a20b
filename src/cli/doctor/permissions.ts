import type { Graph } from '../../model/graph.ts';
import { isArray, member, textOf, type JsonObject } from '../../model/json.ts';
import type { ResourceId } from '../../model/resource-id.ts';

/** An action of Azure's access control, such as `Microsoft.App/containerApps/write`, and the first resource that needs it. */
export interface NeededAction {
  readonly action: string;
  readonly for: ResourceId;
}

const GROUPS = 'Microsoft.Resources/resourceGroups';

/**
 * What an apply of this environment does to Azure Resource Manager: reads, writes and deletes each type, and writes the tags
 * of the resource group. Names of actions follow the type (**unverified** for types of which Azure has others). Data planes
 * are not covered: who may use them is not told by the permissions of the resource group.
 */
export function neededActions(graph: Graph): NeededAction[] {
  const first = new Map<string, ResourceId>();
  for (const { id, definition, spec } of graph.values()) {
    const type = definition.azureType === 'any' ? textOf(spec, 'type') : definition.azureType;
    if (!type.startsWith('Microsoft.')) continue;
    for (const action of actionsOf(type)) if (!first.has(action)) first.set(action, id);
  }
  return [...first].map(([action, id]) => ({ action, for: id }));
}

function actionsOf(type: string): string[] {
  // The group is never deleted, and its actions are those of subscriptions.
  if (type === GROUPS)
    return [
      'Microsoft.Resources/subscriptions/resourceGroups/read',
      'Microsoft.Resources/subscriptions/resourceGroups/write',
      'Microsoft.Resources/tags/write',
    ];
  return [`${type}/read`, `${type}/write`, `${type}/delete`];
}

/** Kinds of the environment whose data plane the identity has to be permitted for apart from this. */
export function dataPlaneKinds(graph: Graph): string[] {
  const kinds = [...graph.values()].filter(({ definition }) => definition.azureType.startsWith('Foundry/'));
  return [...new Set(kinds.map(({ definition }) => definition.kind))].toSorted();
}

/**
 * Actions that none of the permissions allow. Each permission is `{actions, notActions}` as Microsoft.Authorization/permissions
 * 2022-04-01 lists them, one per role: what one role leaves out another may grant. Deny assignments are not in that list.
 */
export function missingActions(needed: readonly NeededAction[], permissions: readonly JsonObject[]): NeededAction[] {
  return needed.filter(({ action }) => !permissions.some((permission) => allows(permission, action)));
}

function allows(permission: JsonObject, action: string): boolean {
  const matches = (list: string): boolean => {
    const patterns = member(permission, list);
    return isArray(patterns) && patterns.some((one) => typeof one === 'string' && covers(one, action));
  };
  return matches('actions') && !matches('notActions');
}

/** `*` stands for anything, slashes included; letters compare in any case. Without backtracking, because Azure chose the pattern. */
function covers(pattern: string, action: string): boolean {
  const [first = '', ...rest] = pattern.toLowerCase().split('*');
  const text = action.toLowerCase();
  if (rest.length === 0) return text === first;
  if (!text.startsWith(first)) return false;
  const last = rest.pop() ?? '';
  let place = first.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, place);
    if (found === -1) return false;
    place = found + piece.length;
  }
  return text.length - last.length >= place && text.endsWith(last);
}
