import type { Connection } from '../azure/connect.ts';
import { describeAzureError } from '../model/azure-problem.ts';
import { isAzureError } from '../model/azure.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { isObject, member, textOf, valueAt, type Json } from '../model/json.ts';
import type { Plan } from '../model/plan.ts';
import { RELEASE_TAG } from '../reconcilers/shared/marks.ts';
import { readMark } from './promotion/there.ts';
import type { Opened } from './session.ts';
import { VERSION } from './version.ts';

const GROUP_API_VERSION = '2025-04-01';

/**
 * Records the commit that Azure now matches on the resource group. Uncommitted files are not recorded, because nobody
 * could compare with them later. `releases` came with it, by name; the time of those that were there before stays.
 */
export async function recordApplied(
  connection: Connection,
  { scope, environment }: Opened,
  plan: Plan,
  releases: ReadonlyMap<string, string>,
): Promise<Diagnostic[]> {
  const { commit, dirty } = plan.head;
  if (commit === null || dirty) return [];
  try {
    const group = await connection.azure.get({ path: scope.groupPath, apiVersion: GROUP_API_VERSION });
    const now = new Date(connection.azure.now());
    const came = newReleases(valueAt(group, '/tags'), releases, now);
    const recorded =
      Object.keys(came).length === 0 &&
      member(valueAt(group, '/tags'), 'ingate-commit') === commit &&
      member(valueAt(group, '/tags'), 'ingate-version') === VERSION;
    if (recorded) return [];
    const { writeAppliedMark } = await import('../azure/applied.ts');
    const mark = { environment: scope.name, path: environment.folder, commit, version: VERSION };
    await writeAppliedMark(connection, scope.groupPath, mark, came);
    return [];
  } catch (error) {
    if (isAzureError(error)) return [describeAzureError(error)];
    throw error;
  }
}

/** Tags of releases that were not there before: the time that they have to soak runs from `now`. */
function newReleases(tags: Json | undefined, releases: ReadonlyMap<string, string>, now: Date): Record<string, string> {
  const entries = Object.entries(isObject(tags) ? tags : {});
  const known = Object.fromEntries(entries.map(([key, value]) => [key.toLowerCase(), value]));
  const since = now.toISOString().replace(/\.\d+Z$/, 'Z');
  const came = [...releases].filter(([name, id]) => readMark(textOf(known, RELEASE_TAG + name))?.id !== id);
  return Object.fromEntries(came.map(([name, id]) => [RELEASE_TAG + name, `${id} ${since}`]));
}
