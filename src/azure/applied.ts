import { ResourceManagementClient } from '@azure/arm-resources';
import { AzureError } from '../model/azure.ts';
import type { Connection } from './connect.ts';

export interface TagChange {
  /** Set, or overwritten. */
  readonly set: Readonly<Record<string, string>>;
  /** Taken away, where they still have these values. */
  readonly remove: Readonly<Record<string, string>>;
}

/** Changes single tags of a resource group; all others stay. Microsoft.Resources/tags 2025-04-01, Merge and Delete. */
export async function writeGroupTags(
  { client, session }: Connection,
  groupPath: string,
  { set, remove }: TagChange,
): Promise<void> {
  const { credential, ...options } = client;
  const [, , subscriptionId = ''] = groupPath.split('/');
  const resources = new ResourceManagementClient(credential, subscriptionId, options);
  const send = async (operation: string, tags: Readonly<Record<string, string>>): Promise<void> => {
    if (Object.keys(tags).length === 0) return;
    const body = { operation, properties: { tags: { ...tags } } };
    await resources.tagsOperations.updateAtScope(groupPath.slice(1), body, { updateIntervalInMs: 500 });
  };
  try {
    await send('Merge', set);
    await send('Delete', remove);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const url = `${client.endpoint}${groupPath}/providers/Microsoft.Resources/tags/default`;
    throw new AzureError(
      { code: 'TagsNotWritten', message, method: 'PATCH', url, correlationId: session.correlationId },
      { cause: error },
    );
  }
}
