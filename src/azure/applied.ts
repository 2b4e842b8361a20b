import { ResourceManagementClient } from '@azure/arm-resources';
import { AzureError, isAzureError } from '../model/azure.ts';
import { concealedError } from './concealed.ts';
import type { AppliedMark } from '../model/kind.ts';
import type { Connection } from './connect.ts';
import { repeatable, typedError } from './typed-client.ts';

/** Writes the mark as tags of the resource group; other tags stay. Microsoft.Resources/tags 2025-04-01, Merge. `more`: tags that go with it. */
export async function writeAppliedMark(
  { client, secrets }: Pick<Connection, 'client' | 'secrets'>,
  groupPath: string,
  mark: AppliedMark,
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  const tags = {
    'ingate-environment': mark.environment,
    'ingate-path': mark.path,
    'ingate-commit': mark.commit,
    'ingate-version': mark.version,
    ...more,
  };
  const [, , subscriptionId = ''] = groupPath.split('/');
  const resources = new ResourceManagementClient(client.credential, subscriptionId, repeatable(client));
  try {
    await resources.tagsOperations.updateAtScope(
      groupPath.slice(1),
      { operation: 'Merge', properties: { tags } },
      { updateIntervalInMs: 500 },
    );
  } catch (cause) {
    const url = `${client.endpoint}${groupPath}/providers/Microsoft.Resources/tags/default`;
    const error = typedError(cause, { method: 'PATCH', url });
    if (!isAzureError(error)) throw error;
    const message = `The mark of this apply was not written: ${error.details.code}: ${error.details.message}`;
    throw concealedError(new AzureError({ ...error.details, message }), secrets);
  }
}
