import { ArmError } from '../../arm/arm-error.ts';
import { requireResource } from '../../arm/read.ts';
import type { Completed, Engine, ResourceType, Write } from '../../arm/contract.ts';
import { timestamp } from '../../engine/clock.ts';
import { overlayObjects, sameText, textAt } from '../../engine/json.ts';
import type { StoredResource } from '../../engine/resources.ts';

export const CLUSTER_TYPE = 'Microsoft.Kubernetes/connectedClusters';

/** Microsoft.Kubernetes/connectedClusters@2026-05-01: a cluster that Azure Arc knows. */
export const connectedClusters: ResourceType = {
  type: CLUSTER_TYPE,
  apiVersions: [
    '2021-10-01',
    '2022-05-01-preview',
    '2024-01-01',
    '2024-07-15-preview',
    '2025-12-01-preview',
    '2026-05-01',
  ],
  placement: 'resource-group',
  body: {
    kind: 'ProvisionedCluster|*',
    'identity!': { 'type!': 'None|SystemAssigned', principalId: 'readonly', tenantId: 'readonly' },
    'properties!': {
      'agentPublicKeyCertificate!': 'string',
      distribution: 'string = generic',
      distributionVersion: 'string',
      infrastructure: 'string = generic',
      privateLinkState: 'Enabled|Disabled = Disabled',
      privateLinkScopeResourceId: 'string',
      azureHybridBenefit: 'True|False|NotApplicable = NotApplicable',
      aadProfile: { enableAzureRBAC: 'boolean', adminGroupObjectIDs: ['string'], tenantID: 'string' },
      arcAgentProfile: {
        desiredAgentVersion: 'string',
        agentAutoUpgrade: 'Enabled|Disabled = Enabled',
        systemComponents: [
          { type: 'string', userSpecifiedVersion: 'string', majorVersion: 'integer', currentVersion: 'readonly' },
        ],
        agentErrors: 'readonly',
        agentState: 'readonly',
      },
      securityProfile: { workloadIdentity: { enabled: 'boolean' } },
      oidcIssuerProfile: { enabled: 'boolean', issuerUrl: 'readonly', selfHostedIssuerUrl: 'string' },
      gateway: { enabled: 'boolean' },
      arcAgentryConfigurations: [
        { feature: 'string', settings: { '*': 'string' }, protectedSettings: { '*': 'secret' } },
      ],
      agentVersion: 'readonly',
      connectivityStatus: 'readonly',
      kubernetesVersion: 'readonly',
      lastConnectivityTime: 'readonly',
      managedIdentityCertificateExpirationTime: 'readonly',
      miscellaneousProperties: 'readonly',
      offering: 'readonly',
      provisioningState: 'readonly',
      totalCoreCount: 'readonly',
      totalNodeCount: 'readonly',
    },
  },
  immutable: ['properties.agentPublicKeyCertificate'],
  names: { pattern: /^[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}$/u, message: "The connected cluster name '{name}' is invalid." },
  statuses: { create: 201, update: 200, patch: 200, delete: 202 },
  longRunning: {
    create: ['azure-async-operation'],
    update: ['azure-async-operation'],
    delete: ['azure-async-operation', 'location'],
    states: { create: 'Provisioning' },
    statusPath: 'locations/{LOCATION}/operationStatuses/{id}',
    resultPath: 'locations/{LOCATION}/operationResults/{id}',
  },
  complete,
  afterOperation: connect,
  beforeDelete: requireNoLocations,
  actions: { listClusterUserCredential: refuseCredential },
};

const AGENTS = { agentVersion: '1.28.3', kubernetesVersion: '1.33.2', totalNodeCount: 3, totalCoreCount: 12 };

/** Without a certificate no agent can report. */
function complete({ engine, id, body, previous }: Write): Completed {
  const hasAgent = textAt(body, 'properties.agentPublicKeyCertificate') !== '';
  const waiting = hasAgent ? 'Connecting' : 'AgentNotInstalled';
  const issuerUrl = `https://oidcissuer.arc.azure.net/${engine.tenantId}/${engine.ids.guidOf(`${id}/issuer`)}/`;
  return {
    defaults: { properties: { arcAgentProfile: { agentAutoUpgrade: 'Enabled' } } },
    readOnly: {
      properties: {
        connectivityStatus: textAt(previous?.readOnly, 'properties.connectivityStatus') ?? waiting,
        oidcIssuerProfile: { issuerUrl },
      },
    },
  };
}

/** The agents report as soon as the resource is there. */
function connect(engine: Engine, cluster: StoredResource, at: number): void {
  if (textAt(cluster.writable, 'properties.agentPublicKeyCertificate') === '') return;
  const year = 365 * 24 * 3600 * 1000;
  const properties = {
    ...AGENTS,
    connectivityStatus: 'Connected',
    lastConnectivityTime: timestamp(at),
    managedIdentityCertificateExpirationTime: timestamp(cluster.created.at + year),
  };
  engine.resources.put({ ...cluster, readOnly: overlayObjects(cluster.readOnly, { properties }) });
}

/** A cluster with custom locations on it stays. */
function requireNoLocations({ engine }: { readonly engine: Engine }, cluster: StoredResource): void {
  const location = engine.resources
    .list({ type: 'Microsoft.ExtendedLocation/customLocations', subscription: cluster.subscription })
    .find(({ writable }) => sameText(textAt(writable, 'properties.hostResourceId') ?? '', cluster.id));
  if (!location) return;
  const message = `The cluster '${cluster.name}' cannot be deleted because the custom location '${location.name}' is on it.`;
  throw new ArmError(409, 'Conflict', message);
}

function refuseCredential(call: Parameters<typeof requireResource>[0]): never {
  requireResource(call);
  throw new ArmError(
    501,
    'NotImplemented',
    'The embedded Azure has no Kubernetes API, so there are no credentials for it.',
  );
}
