import { sameText } from '../engine/json.ts';
import { ArmError } from './arm-error.ts';
import { runningOperation } from './operations.ts';
import type { Target } from './path.ts';
import type { Call, ResourceType } from './contract.ts';

/** 404 in ARM's words, or with the code of the provider. */
export function notFound(target: Target, type: ResourceType): ArmError {
  const [, ...rest] = type.type.split('/');
  const name = rest.map((segment, index) => `${segment}/${target.names[index] ?? ''}`).join('/');
  const namespace = type.type.split('/')[0] ?? '';
  const message = `The Resource '${namespace}/${name}' under resource group '${target.resourceGroup}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`;
  const code = type.codes?.notFound;
  return new ArmError(404, code ?? 'ResourceNotFound', message, { gateway: code === undefined });
}

/** A child needs its parent, an extension resource what it extends. */
export function requireParent({ engine, target, type }: Call): void {
  const { parent, subscription } = target;
  const isStored = type.placement === 'child' || (type.placement === 'extension' && parent.split('/').length > 5);
  if (!isStored || engine.resources.get(parent) || sameText(parent, `/subscriptions/${subscription}`)) return;
  const message = `Can not perform requested operation on nested resource. Parent resource '${parent}' not found.`;
  throw new ArmError(404, 'ParentResourceNotFound', message, { gateway: true });
}

/** 409 while another write is in progress, at the resource or wherever its type allows only one at a time. */
export function requireIdle({ engine, target, type }: Call, id: string): void {
  const ancestor = type.serialisedUnder === undefined ? undefined : ancestorOf(target, type.serialisedUnder);
  const operation =
    runningOperation(engine, id) ?? (ancestor === undefined ? undefined : runningOperation(engine, ancestor, true));
  if (!operation) return;
  const subject = ancestor === undefined ? `resource '${id}'` : `parent resource '${ancestor}'`;
  const message = `Another operation is being performed on the ${subject}. Please try again later.`;
  throw new ArmError(type.codes?.busyStatus ?? 409, type.codes?.busy ?? 'RequestConflict', message);
}

/** The id of the ancestor of a type: as many segments as the type has, behind the provider's prefix. */
function ancestorOf(target: Target, type: string): string | undefined {
  const depth = type.split('/').length - 1;
  const surplus = target.names.length - depth;
  if (surplus < 0) return undefined;
  const segments = target.id.split('/');
  return segments.slice(0, segments.length - 2 * surplus).join('/');
}
