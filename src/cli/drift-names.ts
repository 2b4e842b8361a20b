import { problem, type Diagnostic } from '../model/diagnostic.ts';
import type { Change, FieldChange } from '../model/plan.ts';
import { nameHint } from '../planner/load/suggest.ts';
import { driftedFieldsOf } from './drift-report.ts';
import { isNamed } from './field-name.ts';

/** Whether the command line asks for a drifted field. Nothing named stands for everything. */
export function isWanted(change: Change, field: FieldChange, wanted: readonly string[]): boolean {
  return wanted.length === 0 || wanted.some((name) => isNamed(change.id, field, name));
}

/** A resource that was deleted in Azure since the last complete apply. */
export function isDeletion(change: Change): boolean {
  return change.action === 'create' && change.drift === true;
}

/**
 * Names on the command line that stand for nothing that drifted, with what was probably meant. `deletions`: resources that
 * were deleted can be named as well.
 */
export function unknownDrift(
  changes: readonly Change[],
  wanted: readonly string[],
  { deletions }: { readonly deletions: boolean },
): Diagnostic[] {
  const drifted = changes.flatMap((change) => driftedFieldsOf(change).map((field) => ({ change, field })));
  const deleted = deletions ? changes.filter(isDeletion).map(({ id }) => id) : [];
  const known = [...deleted, ...drifted.map(({ change, field }) => `${change.id}/${field.label}`)];
  return wanted
    .filter((name) => !deleted.some((id) => id === name))
    .filter((name) => !drifted.some(({ change, field }) => isNamed(change.id, field, name)))
    .map((name) => {
      const resources = [...new Set([...known, ...drifted.map(({ change }) => change.id)])];
      const hint =
        known.length === 0 ? 'There is no drift.' : nameHint(name, isField(name) ? known : resources, 'drifted fields');
      return problem('ING6007', `"${name}" is not a ${deletions ? 'resource or field' : 'field'} that drifted`, {
        hint,
      });
    });
}

function isField(name: string): boolean {
  return name.split('/').length > 2;
}
