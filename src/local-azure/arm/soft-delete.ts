import { valueAt, type JsonObject } from '../engine/json.ts';
import type { StoredResource } from '../engine/resources.ts';
import { ArmError } from './arm-error.ts';
import { findDeleted } from './removal.ts';
import type { Call } from './resource-type.ts';

/**
 * The soft-deleted resource that a PUT of the same name brings back. 409 where its type wants that said and the body does
 * not say so.
 */
export function findRevived(call: Call, body: JsonObject): StoredResource | undefined {
  const { engine, target, type } = call;
  const deleted = type.softDelete ? findDeleted(engine, target.id) : undefined;
  if (!deleted) return undefined;
  if (type.softDelete?.recreate === 'restores' || valueAt(body, 'properties.restore') === true) return deleted.resource;
  const message = `An existing resource with ID '${target.id}' has been soft-deleted. To restore the resource, you must specify 'restore' to be 'true' in the property. If you don't want to restore existing resource, please purge it first.`;
  throw new ArmError(409, 'FlagMustBeSetForRestore', message);
}
