import type { Engine, Provider } from './contract.ts';
import type { Directives } from '../engine/faults.ts';
import { sameText, type JsonObject } from '../engine/json.ts';
import { json, type Reply } from '../http/reply.ts';
import type { LocalRequest } from '../http/request.ts';
import type { Caller } from './caller.ts';
import { requireGroup, requireSubscription } from './checks.ts';
import { isTracked } from './registry.ts';
import { allLocations } from './locations.ts';
import type { Target } from './path.ts';
import { registrationState, setRegistered } from './registrations.ts';

interface NamespaceRequest {
  readonly engine: Engine;
  readonly request: LocalRequest;
  readonly directives: Directives;
  readonly caller: Caller;
  readonly target: Target;
  readonly apiVersion: string;
}

/** POST on a namespace instead of a type: `register`, `unregister` and the provider's own. Undefined for anything else. */
export function namespaceAction(asked: NamespaceRequest): Reply | undefined {
  const { engine, target } = asked;
  const provider =
    target.kind === 'action' && !target.type.includes('/') ? engine.registry.provider(target.type) : undefined;
  if (!provider) return undefined;
  requireSubscription(engine, target);
  requireGroup(engine, target);
  if (sameText(target.action, 'register') || sameText(target.action, 'unregister')) {
    setRegistered(engine, target.subscription, provider.namespace, sameText(target.action, 'register'));
    return json(200, describeProvider(engine, target.subscription, provider));
  }
  const action = Object.entries(provider.actions ?? {}).find(([name]) => sameText(name, target.action))?.[1];
  const type = provider.types[0];
  return action && type ? action({ ...asked, type, reader: engine.resources }) : undefined;
}

/**
 * A resource provider as `GET /subscriptions/{s}/providers/{namespace}` returns it; clients read api-versions from
 * here. Without a subscription nothing is registered.
 */
export function describeProvider(engine: Engine, subscription: string, { namespace, types }: Provider): JsonObject {
  const locations = allLocations().map(([, display]) => display);
  return {
    ...(subscription === ''
      ? { id: `/providers/${namespace}`, namespace }
      : {
          id: `/subscriptions/${subscription}/providers/${namespace}`,
          namespace,
          registrationPolicy: 'RegistrationRequired',
          registrationState: registrationState(engine, subscription, namespace),
        }),
    resourceTypes: types.map((type) => ({
      resourceType: type.type.slice(namespace.length + 1),
      locations: isTracked(type) ? locations : [],
      apiVersions: type.apiVersions.toReversed(),
      defaultApiVersion: type.apiVersions.at(-1) ?? '',
      capabilities: isTracked(type) ? 'SupportsTags, SupportsLocation' : 'None',
    })),
  };
}
