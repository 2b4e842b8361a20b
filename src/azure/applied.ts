import { AzureError, isAzureError } from '../model/azure.ts';
import type { AppliedMark } from '../model/kind.ts';
import type { Connection } from './connect.ts';

const API_VERSION = '2025-04-01';

/** Writes the mark as tags of the resource group; other tags stay. Microsoft.Resources/tags 2025-04-01, Merge. `more`: tags that go with it. */
export async function writeAppliedMark(
  { azure }: Pick<Connection, 'azure'>,
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
  const address = { path: `${groupPath}/providers/Microsoft.Resources/tags/default`, apiVersion: API_VERSION };
  try {
    await azure.patch(address, { operation: 'Merge', properties: { tags } });
  } catch (error) {
    if (!isAzureError(error)) throw error;
    const message = `The mark of this apply was not written: ${error.details.code}: ${error.details.message}`;
    throw new AzureError({ ...error.details, message }, { cause: error });
  }
}
