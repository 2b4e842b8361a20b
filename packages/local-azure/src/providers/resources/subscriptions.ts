import { subscriptionIds } from '../../arm/known-subscriptions.ts';
import { describeProvider } from '../../arm/namespace-actions.ts';
import { gatewayError } from '../../arm/arm-error.ts';
import { allLocations } from '../../arm/locations.ts';
import type { Call, ResourceType } from '../../arm/contract.ts';
import { sameText, type JsonObject } from '../../engine/json.ts';
import { json, type Reply } from '../../http/reply.ts';
import { RESOURCES_VERSIONS } from './api-versions.ts';

/** `/tenants`, `/subscriptions`, `{subscription}/locations` and `{subscription}/providers`: what clients ask before anything else. */
export const tenants: ResourceType = {
  type: 'Microsoft.Resources/tenants',
  apiVersions: RESOURCES_VERSIONS,
  placement: 'none',
  handlers: { LIST: ({ engine }) => json(200, { value: [tenant(engine.tenantId)] }) },
};

function tenant(tenantId: string): JsonObject {
  return {
    id: `/tenants/${tenantId}`,
    tenantId,
    displayName: 'Local Azure',
    defaultDomain: 'local.onmicrosoft.com',
    tenantCategory: 'Home',
  };
}

export const subscriptions: ResourceType = {
  type: 'Microsoft.Resources/subscriptions',
  apiVersions: RESOURCES_VERSIONS,
  placement: 'none',
  handlers: {
    GET: (call) => json(200, subscription(call, call.target.subscription)),
    LIST: (call) => {
      const all = subscriptionIds(call.engine);
      return json(200, {
        value: all.map((id) => subscription(call, id)),
        count: { type: 'Total', value: all.length },
      });
    },
  },
};

function subscription({ engine }: Call, id: string): JsonObject {
  return {
    id: `/subscriptions/${id}`,
    subscriptionId: id,
    tenantId: engine.tenantId,
    displayName: displayName(engine, id),
    state: 'Enabled',
    authorizationSource: 'RoleBased',
    managedByTenants: [],
    subscriptionPolicies: {
      locationPlacementId: 'Public_2014-09-01',
      quotaId: 'PayAsYouGo_2014-09-01',
      spendingLimit: 'Off',
    },
  };
}

/** `az account set` takes names, so each has its own. */
function displayName(engine: Call['engine'], id: string): string {
  const place = subscriptionIds(engine).findIndex((each) => sameText(each, id));
  return place <= 0 ? 'Local Azure' : `Local Azure ${place + 1}`;
}

export const subscriptionLocations: ResourceType = {
  type: 'Microsoft.Resources/locations',
  apiVersions: RESOURCES_VERSIONS,
  placement: 'none',
  handlers: {
    LIST: ({ target }) => json(200, { value: allLocations().map((each) => location(target.subscription, each)) }),
  },
};

function location(subscriptionId: string, [name, displayName]: readonly [string, string]): JsonObject {
  return {
    id: `/subscriptions/${subscriptionId}/locations/${name}`,
    name,
    type: 'Region',
    displayName,
    regionalDisplayName: displayName,
    metadata: { regionType: 'Physical', regionCategory: 'Recommended' },
  };
}

export const providers: ResourceType = {
  type: 'Microsoft.Resources/providers',
  apiVersions: RESOURCES_VERSIONS,
  placement: 'none',
  handlers: {
    GET: getProvider,
    LIST: ({ engine, target }) =>
      json(200, {
        value: engine.registry.providers.map((each) => describeProvider(engine, target.subscription, each)),
      }),
  },
};

function getProvider({ engine, target }: Call): Reply {
  const namespace = target.names.at(-1) ?? '';
  const found = engine.registry.provider(namespace);
  if (found) return json(200, describeProvider(engine, target.subscription, found));
  throw gatewayError(404, 'InvalidResourceNamespace', `The resource namespace '${namespace}' is invalid.`);
}
