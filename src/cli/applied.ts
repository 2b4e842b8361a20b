import type { Connection } from '../azure/connect.ts';
import { describeAzureError } from '../model/azure-problem.ts';
import { isAzureError } from '../model/azure.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { member, valueAt } from '../model/json.ts';
import type { Plan } from '../model/plan.ts';
import type { Opened } from './session.ts';
import { VERSION } from './version.ts';

const GROUP_API_VERSION = '2025-04-01';

/**
 * Records the commit that Azure now matches on the resource group. Uncommitted files are not recorded, because nobody
 * could compare with them later.
 */
export async function recordApplied(
  connection: Connection,
  { scope, environment }: Opened,
  plan: Plan,
): Promise<Diagnostic[]> {
  const { commit, dirty } = plan.head;
  if (commit === null || dirty) return [];
  try {
    const group = await connection.azure.get({ path: scope.groupPath, apiVersion: GROUP_API_VERSION });
    const recorded =
      member(valueAt(group, '/tags'), 'ingate-commit') === commit &&
      member(valueAt(group, '/tags'), 'ingate-version') === VERSION;
    if (recorded) return [];
    const { writeAppliedMark } = await import('../azure/applied.ts');
    await writeAppliedMark(connection, scope.groupPath, {
      environment: scope.name,
      path: environment.folder,
      commit,
      version: VERSION,
    });
    return [];
  } catch (error) {
    if (isAzureError(error)) return [describeAzureError(error)];
    throw error;
  }
}
