import type { Change, FieldChange, Plan } from '../model/plan.ts';
import type { ResourceId } from '../model/resource-id.ts';

/** What somebody changed in Azure since the last complete apply. */
export interface DriftReport {
  readonly environment: string;
  /** Commit of the last complete apply; null where none is known, and drift cannot be told apart. */
  readonly base: string | null;
  /** Why there is no base; null where there is one, or where nothing was ever applied. */
  readonly baseMissing: string | null;
  readonly changed: readonly { readonly id: ResourceId; readonly fields: readonly FieldChange[] }[];
  readonly deleted: readonly ResourceId[];
  /** Resources of ours whose mark somebody removed, with their tags for example. */
  readonly unmarked: readonly ResourceId[];
  /** Without a base: everything in which Azure differs from the files, whoever changed it. */
  readonly different: readonly ResourceId[];
  /** What has to be made anew because something that it is made from was changed, and what that is. */
  readonly outdated: readonly { readonly id: ResourceId; readonly reason: string }[];
  /** Declared fields that Azure never returns. */
  readonly unchecked: readonly { readonly id: ResourceId; readonly fields: readonly string[] }[];
}

/** Drift as a plan shows it. What is only pending in Git is no drift. */
export function driftOf(plan: Plan): DriftReport {
  const { base, baseMissing, changes } = plan;
  const hasBase = base !== null;
  return {
    environment: plan.environment.name,
    base,
    baseMissing,
    changed: changes.flatMap((change) => {
      const fields = driftedFieldsOf(change);
      return fields.length === 0 ? [] : [{ id: change.id, fields }];
    }),
    deleted: changes.flatMap((change) => (change.action === 'create' && change.drift ? [change.id] : [])),
    unmarked: changes.filter(lostItsMark).map(({ id }) => id),
    different: hasBase ? [] : changes.filter(({ action }) => action !== 'keep' && action !== 'run').map(({ id }) => id),
    outdated: changes.flatMap((change) =>
      change.action === 'run' && change.task.drift ? [{ id: change.id, reason: change.task.reason }] : [],
    ),
    unchecked: changes.flatMap(({ id, unchecked }) => (unchecked.length === 0 ? [] : [{ id, fields: unchecked }])),
  };
}

/** Somebody removed the mark of a resource that was applied before. */
export function lostItsMark(change: Change): boolean {
  return change.action === 'update' && change.restoresMark === true;
}

/** Fields whose live value nobody asked for in Git, changed in Git as well or not. */
export function driftedFieldsOf(change: Change): readonly FieldChange[] {
  if (change.action !== 'update' && change.action !== 'replace') return [];
  return change.fields.filter(({ class: of }) => of === 'drift' || of === 'conflict');
}

/** True when Azure differs from what was applied, or, where that is not known, from the files. */
export function hasDrifted({ changed, deleted, unmarked, different, outdated }: DriftReport): boolean {
  return changed.length + deleted.length + unmarked.length + different.length + outdated.length > 0;
}
