import { valueAt } from '../engine/json.ts';
import { ArmError } from './arm-error.ts';
import { findDeleted, forgetDeleted, type DeletedResource } from './removal.ts';
import type { Write } from './resource-type.ts';

/** A name that a soft-deleted resource still holds is refused, unless the body asks to restore it. */
export function requireNoDeleted({ engine, existing, id, name, call, body }: Write): void {
  const { softDelete } = call.type;
  if (!softDelete || existing || softDelete.recreate !== 'refused-unless-restored') return;
  if (!findDeleted(engine, id) || valueAt(body, 'properties.restore') === true) return;
  const message = `An existing resource with ID '${id}' has been soft-deleted. To restore the resource, you must specify 'restore' to be 'true' in the property. If you don't want to restore existing resource, please purge it first.`;
  throw new ArmError(409, 'FlagMustBeSetForRestore', message, { target: name });
}

/** The deleted resource that a PUT brings back, which is then no longer a deleted one. */
export function takeDeleted({ engine, id, existing }: Write): DeletedResource | undefined {
  const found = existing ? undefined : findDeleted(engine, id);
  if (found) forgetDeleted(engine, id);
  return found;
}
