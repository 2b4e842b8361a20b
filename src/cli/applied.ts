import type { Connection } from '../azure/connect.ts';
import { describeAzureError } from '../model/azure-problem.ts';
import { isAzureError } from '../model/azure.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { isObject, member, textOf, valueAt, type Json } from '../model/json.ts';
import { advanceBase, type AppliedStep } from '../model/applied-base.ts';
import type { Planned } from '../planner/index.ts';
import type { Outcome } from '../reconcilers/apply/events.ts';
import { appliedBaseTags, outdatedTags } from '../reconcilers/shared/applied-tags.ts';
import { appliedBaseOf, appliedFromTags, RELEASE_TAG } from '../reconcilers/shared/marks.ts';
import { readMark } from './promotion/there.ts';
import type { Opened } from './session.ts';
import { VERSION } from './version.ts';

const GROUP_API_VERSION = '2025-04-01';

/** What an apply came to, as far as it is recorded. */
export interface Applied {
  readonly planned: Planned;
  /** How the changes of the plan ended; absent where there was nothing to do. */
  readonly outcomes?: readonly Outcome[];
  /** Everything was done, so the commit as a whole was applied. */
  readonly complete: boolean;
  /** Releases that came with it, by name; the time of those that were there before stays. */
  readonly releases: ReadonlyMap<string, string>;
}

/**
 * Records on the resource group which commit each resource was made equal to, and after a complete apply the commit as a
 * whole. Uncommitted files are not recorded, because nobody could compare with them later.
 */
export async function recordApplied(
  connection: Connection,
  { scope, environment }: Opened,
  applied: Applied,
): Promise<Diagnostic[]> {
  const { commit, dirty } = applied.planned.plan.head;
  if (commit === null || dirty) return [];
  try {
    const group = await connection.azure.get({ path: scope.groupPath, apiVersion: GROUP_API_VERSION });
    if (!group) return [];
    const tags = valueAt(group, '/tags');
    const complete = applied.complete ? commit : appliedFromTags(tags)?.commit;
    const base = appliedBaseTags(advanceBase(appliedBaseOf(tags), commit, stepsOf(applied)), complete);
    const whole = { 'ingate-commit': commit, ...newReleases(tags, applied.releases, new Date(connection.azure.now())) };
    const wanted: Record<string, string> = {
      'ingate-environment': scope.name,
      'ingate-path': environment.folder,
      'ingate-version': VERSION,
      ...base,
      ...(applied.complete ? whole : {}),
    };
    const set = Object.fromEntries(Object.entries(wanted).filter(([key, value]) => member(tags, key) !== value));
    const remove = outdatedTags(tags, base);
    if (Object.keys(set).length + Object.keys(remove).length === 0) return [];
    const { writeGroupTags } = await import('../azure/applied.ts');
    await writeGroupTags(connection, scope.groupPath, { set, remove });
    return [];
  } catch (error) {
    if (isAzureError(error)) return [describeAzureError(error)];
    throw error;
  }
}

/** How each resource of the plan stands. Work that is no resource, such as a gate, has nothing that could drift. */
function stepsOf({ planned: { plan, state }, outcomes = [] }: Applied): AppliedStep[] {
  const undone = new Set(outcomes.filter(({ status }) => status !== 'done').map(({ id }) => id));
  const steps = plan.changes.flatMap(({ id, action }): AppliedStep[] => {
    if (action === 'run' || action === 'delete') return [];
    return [{ id, status: undone.has(id) ? 'behind' : 'current' }];
  });
  const deleted = new Set(
    plan.changes.flatMap(({ id, action }) => (action === 'delete' && !undone.has(id) ? [id] : [])),
  );
  // Without a mark only this record tells of them once Git does not.
  const departed = state.strays.filter(({ id, live }) => live && live.mark === undefined && !deleted.has(id));
  return [...steps, ...departed.map(({ id }): AppliedStep => ({ id, status: 'departed' }))];
}

/** Tags of releases that were not there before: the time that they have to soak runs from `now`. */
function newReleases(tags: Json | undefined, releases: ReadonlyMap<string, string>, now: Date): Record<string, string> {
  const entries = Object.entries(isObject(tags) ? tags : {});
  const known = Object.fromEntries(entries.map(([key, value]) => [key.toLowerCase(), value]));
  const since = now.toISOString().replace(/\.\d+Z$/, 'Z');
  const came = [...releases].filter(([name, id]) => readMark(textOf(known, RELEASE_TAG + name))?.id !== id);
  return Object.fromEntries(came.map(([name, id]) => [RELEASE_TAG + name, `${id} ${since}`]));
}
