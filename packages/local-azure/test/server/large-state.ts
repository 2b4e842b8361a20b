import { openDatabase } from '../../src/engine/database.ts';
import { createResources } from '../../src/engine/resources.ts';

const TYPE = 'Microsoft.ManagedIdentity/userAssignedIdentities';

/** A resource group, its list of identities, and the ids that `fillState` gives them. Paths take api-version 2024-11-30. */
export const LARGE_GROUP = '/subscriptions/00000000-0000-4000-a000-000000000001/resourceGroups/rg';
export const LARGE_LIST = `${LARGE_GROUP}/providers/${TYPE}`;

export function largeId(index: number): string {
  return `${LARGE_LIST}/app-${index}`;
}

/** Writes to a state file what so many PUTs of identities would leave there; the group itself is not among them. */
export function fillState(stateFile: string, count: number): void {
  const database = openDatabase(stateFile);
  const resources = createResources(database);
  const stamp = { at: 0, by: 'test', byType: 'User' } as const;
  const [, , subscription = '', , resourceGroup = ''] = LARGE_GROUP.split('/');
  database.transaction(() => {
    for (let index = 0; index < count; index += 1) {
      resources.put({
        id: largeId(index),
        type: TYPE,
        name: `app-${index}`,
        parent: LARGE_GROUP,
        subscription,
        resourceGroup,
        writable: { location: 'westus', tags: { index: String(index) } },
        readOnly: {},
        secret: {},
        created: stamp,
        modified: stamp,
      });
    }
  });
  database.close();
}
