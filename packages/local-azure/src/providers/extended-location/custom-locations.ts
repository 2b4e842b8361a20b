import { ArmError } from '../../arm/arm-error.ts';
import type { Engine, ResourceType, View, Write } from '../../arm/contract.ts';
import { stateOf } from '../../arm/state.ts';
import { overlayObjects, sameText, textAt, textsAt, type JsonObject } from '../../engine/json.ts';
import type { StoredResource } from '../../engine/resources.ts';
import { EXTENSION_TYPE } from '../kubernetes-configuration/extensions.ts';
import { CLUSTER_TYPE } from '../kubernetes/connected-clusters.ts';

export const LOCATION_TYPE = 'Microsoft.ExtendedLocation/customLocations';

/** Microsoft.ExtendedLocation/customLocations@2021-08-15: a namespace of a connected cluster, as a place to deploy to. */
export const customLocations: ResourceType = {
  type: LOCATION_TYPE,
  apiVersions: ['2021-08-15', '2021-08-31-preview'],
  placement: 'resource-group',
  body: {
    identity: { type: 'SystemAssigned|None', principalId: 'readonly', tenantId: 'readonly' },
    'properties!': {
      authentication: { type: 'secret', value: 'secret' },
      'clusterExtensionIds!': ['string'],
      displayName: 'string',
      'hostResourceId!': 'string',
      hostType: 'Kubernetes = Kubernetes',
      'namespace!': 'string',
      provisioningState: 'readonly',
    },
  },
  immutable: ['properties.hostResourceId', 'properties.namespace'],
  names: {
    pattern: /^[a-zA-Z0-9]$|^[a-zA-Z0-9][-_a-zA-Z0-9]{0,61}[a-zA-Z0-9]$/u,
    message: "The custom location name '{name}' is invalid.",
  },
  statuses: { create: 201, update: 200, patch: 200, delete: 202 },
  longRunning: {
    create: ['azure-async-operation'],
    update: ['azure-async-operation'],
    delete: ['azure-async-operation', 'location'],
    statusPath: 'locations/{location}/operationsstatus/{id}',
    resultPath: 'locations/{location}/operationresults/{id}',
  },
  check,
  complete: ({ name }) => ({ defaults: { properties: { displayName: name } } }),
  present,
  beforeDelete: requireUnused,
};

function check(write: Write): void {
  const { engine, body, id } = write;
  const host = engine.resources.get(textAt(body, 'properties.hostResourceId') ?? '');
  if (!host || !sameText(host.type, CLUSTER_TYPE))
    throw invalid(
      'HostResourceNotFound',
      `The host '${textAt(body, 'properties.hostResourceId') ?? ''}' is no connected cluster.`,
    );
  requireNamespace(engine, body, id);
  const wanted = textsAt(body, 'properties.clusterExtensionIds');
  if (wanted.length === 0) throw invalid('ClusterExtensionRequired', 'A custom location needs a cluster extension.');
  for (const extensionId of wanted) requireExtension(engine, host, extensionId);
}

/** The namespace is that of no other custom location of the cluster. */
function requireNamespace(engine: Engine, body: JsonObject, id: string): void {
  const namespace = textAt(body, 'properties.namespace') ?? '';
  if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/u.test(namespace))
    throw invalid('InvalidNamespace', `The namespace '${namespace}' is invalid.`);
  const host = textAt(body, 'properties.hostResourceId') ?? '';
  const other = engine.resources
    .list({ type: LOCATION_TYPE })
    .find(
      ({ id: otherId, writable }) =>
        !sameText(otherId, id) &&
        sameText(textAt(writable, 'properties.hostResourceId') ?? '', host) &&
        textAt(writable, 'properties.namespace') === namespace,
    );
  if (other)
    throw new ArmError(
      409,
      'NamespaceInUse',
      `The namespace '${namespace}' is that of the custom location '${other.id}'.`,
    );
}

/** An extension is installed on the host and has been provisioned. */
function requireExtension(engine: Engine, host: StoredResource, id: string): void {
  const extension = engine.resources.get(id);
  if (!extension || extension.type !== EXTENSION_TYPE || !sameText(extension.parent, host.id))
    throw invalid('ClusterExtensionNotFound', `The extension '${id}' is not installed on '${host.id}'.`);
  const state = stateOf(extension) ?? '';
  if (state !== 'Succeeded')
    throw new ArmError(
      409,
      'ClusterExtensionNotReady',
      `The extension '${id}' is not provisioned yet: its state is '${state}'.`,
    );
}

function invalid(code: string, message: string): ArmError {
  return new ArmError(400, code, message);
}

/** Its authentication is never returned. */
function present(body: JsonObject, _location: StoredResource, _view: View): JsonObject {
  return overlayObjects(body, { properties: { authentication: {} } });
}

/** A custom location with connected environments in it stays. */
function requireUnused({ engine }: { readonly engine: Engine }, location: StoredResource): void {
  const user = engine.resources
    .list({ type: 'Microsoft.App/connectedEnvironments', subscription: location.subscription })
    .find(({ writable }) => sameText(textAt(writable, 'extendedLocation.name') ?? '', location.id));
  if (!user) return;
  const message = `The custom location '${location.name}' cannot be deleted because '${user.name}' is in it.`;
  throw new ArmError(409, 'Conflict', message);
}
