import type { Plan } from '../../model/plan.ts';
import { lostItsMark } from '../drift-report.ts';

export interface Counts {
  readonly add: number;
  readonly change: number;
  readonly destroy: number;
  readonly run: number;
}

/** A replacement counts as one added and one destroyed, as in Terraform. */
export function countChanges({ changes }: Pick<Plan, 'changes'>): Counts {
  const count = (...actions: readonly string[]): number =>
    changes.filter((change) => actions.includes(change.action)).length;
  return {
    add: count('create', 'replace'),
    change: count('update'),
    destroy: count('delete', 'replace'),
    run: count('run'),
  };
}

/** Fields whose live value nobody asked for in Git. */
export function driftedFields({ changes }: Pick<Plan, 'changes'>): number {
  return changes.reduce((sum, change) => {
    const fields = change.action === 'update' || change.action === 'replace' ? change.fields : [];
    return sum + fields.filter((field) => field.class === 'drift' || field.class === 'conflict').length;
  }, 0);
}

/** Resources that somebody deleted although Git has them. */
export function deletedOutside({ changes }: Pick<Plan, 'changes'>): number {
  return changes.filter((change) => change.action === 'create' && change.drift === true).length;
}

/** Whether Azure differs from what was applied last. */
export function hasDrift(plan: Pick<Plan, 'changes'>): boolean {
  return driftedFields(plan) > 0 || deletedOutside(plan) > 0 || plan.changes.some(lostItsMark);
}

/** Something that apply would do because Git says so; drift alone is not. */
export function isPending({ changes }: Pick<Plan, 'changes'>): boolean {
  return changes.some((change) => {
    if (change.action === 'keep' || (change.action === 'create' && change.drift)) return false;
    if (change.action !== 'update') return true;
    if (change.fields.length === 0) return !lostItsMark(change);
    return change.fields.some((field) => field.class !== 'drift');
  });
}
