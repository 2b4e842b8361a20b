import { ResourceManagementClient } from '@azure/arm-resources';
import { AzureError } from '../model/azure.ts';
import type { AppliedMark } from '../model/kind.ts';
import type { Connection } from './connect.ts';

/** Writes the mark as tags of the resource group; other tags stay. Microsoft.Resources/tags 2025-04-01, Merge. `more`: tags that go with it. */
export async function writeAppliedMark(
  { client, session }: Connection,
  groupPath: string,
  mark: AppliedMark,
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { credential, ...options } = client;
  const [, , subscriptionId = ''] = groupPath.split('/');
  const resources = new ResourceManagementClient(credential, subscriptionId, options);
  const tags = {
    'ingate-environment': mark.environment,
    'ingate-path': mark.path,
    'ingate-commit': mark.commit,
    'ingate-version': mark.version,
    ...more,
  };
  try {
    await resources.tagsOperations.updateAtScope(
      groupPath.slice(1),
      { operation: 'Merge', properties: { tags } },
      { updateIntervalInMs: 500 },
    );
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const url = `${client.endpoint}${groupPath}/providers/Microsoft.Resources/tags/default`;
    throw new AzureError(
      { code: 'TagsNotWritten', message, method: 'PATCH', url, correlationId: session.correlationId },
      { cause: error },
    );
  }
}
