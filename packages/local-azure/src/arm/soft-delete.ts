import { valueAt, type JsonObject } from '../engine/json.ts';
import type { StoredResource } from '../engine/resources.ts';
import { ArmError } from './arm-error.ts';
import { findDeleted } from './removal.ts';
import type { Call } from './contract.ts';

/**
 * The soft-deleted resource that a PUT of the same name brings back. 409 where its type wants that said and the body does
 * not say so.
 */
export function findRevived(call: Call, body: JsonObject): StoredResource | undefined {
  const { engine, target, type } = call;
  const { softDelete } = type;
  const deleted = softDelete ? findDeleted(engine, target.id) : undefined;
  if (!softDelete || !deleted) return undefined;
  const { recreate, isRestore = asksForRestore, refusal = DEFAULT_REFUSAL } = softDelete;
  if (recreate === 'restores' || isRestore(body)) return deleted.resource;
  throw new ArmError(409, refusal.code, refusal.message.replace('{id}', target.id));
}

function asksForRestore(body: JsonObject): boolean {
  return valueAt(body, 'properties.restore') === true;
}

const DEFAULT_REFUSAL = {
  code: 'FlagMustBeSetForRestore',
  message:
    "An existing resource with ID '{id}' has been soft-deleted. To restore the resource, you must specify 'restore' to be 'true' in the property. If you don't want to restore existing resource, please purge it first.",
};
