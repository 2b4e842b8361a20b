import { ArmError } from '../../arm/arm-error.ts';
import type { Completed, Engine, ResourceType, View, Write } from '../../arm/contract.ts';
import { objectAt, overlayObjects, sameText, textAt, textsAt, valueAt, type JsonObject } from '../../engine/json.ts';
import type { StoredResource } from '../../engine/resources.ts';
import { CLUSTER_TYPE } from '../kubernetes/connected-clusters.ts';

export const EXTENSION_TYPE = 'Microsoft.KubernetesConfiguration/extensions';

/** Microsoft.KubernetesConfiguration/extensions@2025-03-01, on a connected cluster. */
export const extensions: ResourceType = {
  type: EXTENSION_TYPE,
  apiVersions: ['2022-03-01', '2022-07-01', '2022-11-01', '2023-05-01', '2024-11-01', '2025-03-01'],
  placement: 'extension',
  body: {
    identity: { 'type!': 'SystemAssigned', principalId: 'readonly', tenantId: 'readonly' },
    plan: {
      'name!': 'string',
      'publisher!': 'string',
      'product!': 'string',
      promotionCode: 'string',
      version: 'string',
    },
    'properties!': {
      'extensionType!': 'string',
      autoUpgradeMinorVersion: 'boolean',
      autoUpgradeMode: 'none|patch|compatible',
      releaseTrain: 'string = Stable',
      version: 'string',
      scope: { cluster: { releaseNamespace: 'string' }, namespace: { targetNamespace: 'string' } },
      configurationSettings: { '*': 'string' },
      configurationProtectedSettings: { '*': 'secret' },
      aksAssignedIdentity: 'readonly',
      additionalDetails: 'readonly',
      currentVersion: 'readonly',
      customLocationSettings: 'readonly',
      errorInfo: 'readonly',
      extensionState: 'readonly',
      isSystemExtension: 'readonly',
      managementDetails: 'readonly',
      packageUri: 'readonly',
      provisioningState: 'readonly',
      statuses: 'readonly',
    },
  },
  immutable: ['properties.extensionType', 'properties.scope'],
  names: { pattern: /^[a-zA-Z0-9][a-zA-Z0-9-]{0,62}$/u, message: "The extension name '{name}' is invalid." },
  statuses: { create: 201, update: 200, patch: 202, delete: 202 },
  longRunning: {
    create: ['azure-async-operation'],
    update: ['azure-async-operation'],
    patch: ['azure-async-operation', 'location'],
    delete: ['azure-async-operation', 'location'],
    statusPath: 'locations/{location}/operationStatuses/{id}',
    resultPath: 'locations/{location}/operationResults/{id}',
  },
  check,
  complete,
  present,
  beforeDelete: requireUnused,
};

function check({ engine, body, call }: Write): void {
  const cluster = engine.resources.get(call.target.parent);
  if (cluster && !sameText(cluster.type, CLUSTER_TYPE))
    throw invalid(`Extensions can be installed on clusters only, not on '${cluster.type}'.`);
  const pinned = textAt(body, 'properties.version') !== undefined;
  if (pinned && valueAt(body, 'properties.autoUpgradeMinorVersion') === true)
    throw invalid('The version of an extension cannot be set while autoUpgradeMinorVersion is true.');
  const scope = objectAt(body, 'properties.scope');
  if (scope['cluster'] !== undefined && scope['namespace'] !== undefined)
    throw invalid('The scope of an extension is either the cluster or a namespace.');
}

function invalid(message: string): ArmError {
  return new ArmError(400, 'BadRequest', message);
}

/** An extension that is not pinned upgrades itself; it is installed into its own namespace unless one is given. */
function complete({ body, name }: Write): Completed {
  const version = textAt(body, 'properties.version');
  const hasScope = valueAt(body, 'properties.scope') !== undefined;
  return {
    defaults: {
      properties: {
        autoUpgradeMinorVersion: version === undefined,
        configurationSettings: {},
        ...(hasScope ? {} : { scope: { cluster: { releaseNamespace: name.toLowerCase() } } }),
      },
    },
    readOnly: { properties: { currentVersion: version ?? '1.0.46', isSystemExtension: false, statuses: [] } },
  };
}

/** The names of protected settings are returned, their values are not. */
function present(body: JsonObject, extension: StoredResource, _view: View): JsonObject {
  const names = Object.keys(objectAt(extension.secret, 'properties.configurationProtectedSettings'));
  const configurationProtectedSettings = Object.fromEntries(names.map((name) => [name, '']));
  return overlayObjects(body, { properties: { configurationProtectedSettings } });
}

/** Refuses to remove an extension that a custom location uses. */
function requireUnused({ engine }: { readonly engine: Engine }, extension: StoredResource): void {
  const user = engine.resources
    .list({ type: 'Microsoft.ExtendedLocation/customLocations', subscription: extension.subscription })
    .find(({ writable }) =>
      textsAt(writable, 'properties.clusterExtensionIds').some((id) => sameText(id, extension.id)),
    );
  if (!user) return;
  const message = `The extension '${extension.name}' cannot be deleted because the custom location '${user.name}' uses it.`;
  throw new ArmError(409, 'Conflict', message);
}
