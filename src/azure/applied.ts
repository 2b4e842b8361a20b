import { ResourceManagementClient } from '@azure/arm-resources';
import { AzureError, isAzureError } from '../model/azure.ts';
import { concealedError } from './concealed.ts';
import type { Connection } from './connect.ts';
import { repeatable, typedError } from './typed-client.ts';

export interface TagChange {
  /** Set, or overwritten. */
  readonly set: Readonly<Record<string, string>>;
  /** Taken away, where they still have these values. */
  readonly remove: Readonly<Record<string, string>>;
}

/** Changes single tags of a resource group; all others stay. Microsoft.Resources/tags 2025-04-01, Merge and Delete. */
export async function writeGroupTags(
  { client, secrets }: Pick<Connection, 'client' | 'secrets'>,
  groupPath: string,
  { set, remove }: TagChange,
): Promise<void> {
  const [, , subscriptionId = ''] = groupPath.split('/');
  const resources = new ResourceManagementClient(client.credential, subscriptionId, repeatable(client));
  const send = async (operation: string, tags: Readonly<Record<string, string>>): Promise<void> => {
    if (Object.keys(tags).length === 0) return;
    const body = { operation, properties: { tags: { ...tags } } };
    await resources.tagsOperations.updateAtScope(groupPath.slice(1), body, { updateIntervalInMs: 500 });
  };
  try {
    await send('Merge', set);
    await send('Delete', remove);
  } catch (cause) {
    const url = `${client.endpoint}${groupPath}/providers/Microsoft.Resources/tags/default`;
    const error = typedError(cause, { method: 'PATCH', url });
    if (!isAzureError(error)) throw error;
    const message = `The mark of this apply was not written: ${error.details.code}: ${error.details.message}`;
    throw concealedError(new AzureError({ ...error.details, message }), secrets);
  }
}
