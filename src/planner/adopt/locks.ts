import { textOf } from '../../model/json.ts';
import { nameOf, resourceId, type ResourceId } from '../../model/resource-id.ts';
import { omit, type State } from './state.ts';
import type { Subject } from './subject.ts';

const TYPE = 'Microsoft.Authorization/locks';
const apiVersion = '2020-05-01';

/** Locks of the resource group and of what was found in it: each an AzureResource that is attached to what it locks. */
export async function readLocks(state: State): Promise<Subject[]> {
  const { scope } = state.surroundings;
  const definition = state.kinds.get('AzureResource');
  const collection = { path: `${scope.groupPath}/providers/${TYPE}`, apiVersion };
  await state.fetched.all([{ type: 'list', address: collection }]);
  const places = new Map<string, ResourceId>([
    [scope.groupPath.toLowerCase(), resourceId('Environment', scope.name)],
    ...[...state.subjects.values()]
      .filter(({ owner }) => owner === undefined)
      .map(({ address, id }): [string, ResourceId] => [address.path.toLowerCase(), id]),
  ]);
  return state.fetched
    .items(collection)
    .toSorted((a, b) => (textOf(a, 'id') < textOf(b, 'id') ? -1 : 1))
    .flatMap((body): Subject[] => {
      const path = textOf(body, 'id');
      const end = path.toLowerCase().lastIndexOf(`/providers/${TYPE.toLowerCase()}/`);
      if (!definition || end < scope.groupPath.length) return [];
      const parent = places.get(path.slice(0, end).toLowerCase());
      if (parent === undefined) {
        omit(path, 'what it locks has no manifest', state);
        return [];
      }
      const azureName = path.slice(path.lastIndexOf('/') + 1);
      const id = state.names.take(definition, `${nameOf(parent)}-${azureName}`, 'lock');
      const given = { type: TYPE, apiVersion, parent, extension: true, marked: false };
      return [{ id, definition, azureName, address: { path, apiVersion }, body, given, parent }];
    });
}
