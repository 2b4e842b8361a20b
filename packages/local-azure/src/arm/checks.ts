import type { Engine, RegisteredType, ResourceType } from './contract.ts';
import { sameText, textAt } from '../engine/json.ts';
import type { LocalRequest } from '../http/request.ts';
import { gatewayError, type ArmError } from './arm-error.ts';
import { isKnownSubscription } from './known-subscriptions.ts';
import type { Target } from './path.ts';
import { registrationState } from './registrations.ts';

export function requireApiVersion(request: LocalRequest): string {
  const version = request.query.get('api-version');
  if (version === undefined || version === '') {
    throw gatewayError(
      400,
      'MissingApiVersionParameter',
      'The api-version query parameter (?api-version=) is required for all requests.',
    );
  }
  return version;
}

/** The type that the target names. 404 for an unknown namespace or type, 400 for a version that the type does not have. */
export function requireType(engine: Engine, target: Target, apiVersion: string): RegisteredType {
  const found = engine.registry.type(target.type);
  if (!found) throw unknownType(engine, target, apiVersion);
  const { apiVersions, type } = found.definition;
  if (!apiVersions.some((version) => sameText(version, apiVersion))) throw unsupported(type, apiVersion, apiVersions);
  return found;
}

function unknownType(engine: Engine, { type }: Target, apiVersion: string): ArmError {
  const [namespace = '', ...rest] = type.split('/');
  if (!engine.registry.provider(namespace)) {
    return gatewayError(404, 'InvalidResourceNamespace', `The resource namespace '${namespace}' is invalid.`);
  }
  const message = `The resource type '${rest.join('/')}' could not be found in the namespace '${namespace}' for api version '${apiVersion}'.`;
  return gatewayError(404, 'InvalidResourceType', message);
}

function unsupported(type: string, apiVersion: string, supported: readonly string[]): ArmError {
  const list = supported.join(', ');
  if (type.startsWith('Microsoft.Resources/')) {
    return gatewayError(
      400,
      'InvalidApiVersionParameter',
      `The api-version '${apiVersion}' is invalid. The supported versions are '${list}'.`,
    );
  }
  const name = type.slice(type.indexOf('/') + 1);
  const message = `No registered resource provider found for API version '${apiVersion}' for type '${name}'. The supported api-versions are '${list}'.`;
  return gatewayError(400, 'NoRegisteredProviderFound', message);
}

export function requireSubscription(engine: Engine, { subscription }: Target): void {
  if (subscription === '' || isKnownSubscription(engine, subscription)) return;
  throw gatewayError(404, 'SubscriptionNotFound', `The subscription '${subscription}' could not be found.`);
}

/** Any method below a missing resource group is a 404, a DELETE as well. */
export function requireGroup(engine: Engine, { subscription, resourceGroup }: Target): void {
  if (resourceGroup === '') return;
  if (!engine.resources.get(groupId(subscription, resourceGroup))) throw groupNotFound(resourceGroup);
}

export function groupNotFound(name: string): ArmError {
  return gatewayError(404, 'ResourceGroupNotFound', `Resource group '${name}' could not be found.`);
}

function groupId(subscription: string, resourceGroup: string): string {
  return `/subscriptions/${subscription}/resourceGroups/${resourceGroup}`;
}

export function requireRegistered(engine: Engine, { subscription }: Target, { provider }: RegisteredType): void {
  if (subscription === '' || registrationState(engine, subscription, provider.namespace) === 'Registered') return;
  const message = `The subscription is not registered to use namespace '${provider.namespace}'. See https://aka.ms/rps-not-found for how to register subscriptions.`;
  throw gatewayError(409, 'MissingSubscriptionRegistration', message);
}

const LOCKED_BY: Readonly<Record<string, readonly string[]>> = {
  DELETE: ['CanNotDelete', 'ReadOnly'],
  PUT: ['ReadOnly'],
  PATCH: ['ReadOnly'],
  POST: ['ReadOnly'],
};

/** A lock at the target or above refuses; deleting a resource group is refused by a lock below as well. */
export function requireUnlocked(engine: Engine, target: Target, method: string, type: ResourceType): void {
  const levels = LOCKED_BY[method];
  if (!levels || sameText(type.type, 'Microsoft.Authorization/locks')) return;
  const id = target.id.toLowerCase();
  const wholeGroup = method === 'DELETE' && sameText(type.type, 'Microsoft.Resources/resourceGroups');
  const lock = engine.resources
    .list({ type: 'Microsoft.Authorization/locks', subscription: target.subscription })
    .find(({ parent, writable }) => {
      const scope = parent.toLowerCase();
      const covers = scope === id || id.startsWith(`${scope}/`) || (wholeGroup && scope.startsWith(`${id}/`));
      return covers && levels.includes(textAt(writable, 'properties.level') ?? '');
    });
  if (!lock) return;
  const verb = method === 'DELETE' ? 'delete' : 'write';
  const message = `The scope '${target.id}' cannot perform ${verb} operation because following scope(s) are locked: '${lock.parent}'. Please remove the lock and try again.`;
  throw gatewayError(409, 'ScopeLocked', message);
}

/** While its resource group is being deleted nothing can be written below it. */
export function requireGroupAlive(engine: Engine, { subscription, resourceGroup }: Target): void {
  const group = resourceGroup === '' ? undefined : engine.resources.get(groupId(subscription, resourceGroup));
  if (textAt(group?.readOnly, 'properties.provisioningState') !== 'Deleting') return;
  const message = `The resource group '${resourceGroup}' is in deprovisioning state and cannot perform this operation.`;
  throw gatewayError(409, 'ResourceGroupBeingDeleted', message);
}
