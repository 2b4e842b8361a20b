import { IDENTITY } from '../arm/identity.ts';
import { deleteResource } from '../arm/delete.ts';
import { requireResource, viewOf } from '../arm/read.ts';
import { forgetDeleted, listDeleted } from '../arm/removal.ts';
import { render } from '../arm/render.ts';
import type { Call, Completed, Provider, ResourceType, Write } from '../arm/contract.ts';
import { timestamp } from '../engine/clock.ts';
import { textAt } from '../engine/json.ts';
import { json, type Reply } from '../http/reply.ts';

const DAY = 24 * 3600 * 1000;

const apiVersions = [
  '2015-11-01-preview',
  '2020-08-01',
  '2020-10-01',
  '2021-06-01',
  '2021-12-01-preview',
  '2022-10-01',
  '2023-09-01',
  '2025-02-01',
  '2025-07-01',
  '2026-03-01',
];

/** Microsoft.OperationalInsights/workspaces. A deleted one can be had back for 14 days by creating it again. */
const workspaces: ResourceType = {
  type: 'Microsoft.OperationalInsights/workspaces',
  apiVersions,
  placement: 'resource-group',
  etag: 'body',
  conditional: true,
  body: {
    identity: IDENTITY,
    properties: {
      defaultDataCollectionRuleResourceId: 'string',
      failover: { state: 'readonly', lastModifiedDate: 'readonly' },
      features: {
        associations: 'readonly',
        clusterResourceId: 'string',
        dataAuthorizationMode: 'boolean',
        disableLocalAuth: 'boolean',
        enableDataExport: 'boolean',
        enableLogAccessUsingOnlyResourcePermissions: 'boolean',
        immediatePurgeDataOn30Days: 'boolean',
        legacy: 'readonly',
        searchVersion: 'readonly',
        unifiedSentinelBillingOnly: 'readonly',
      },
      forceCmkForQuery: 'boolean',
      publicNetworkAccessForIngestion: 'Enabled|Disabled|SecuredByPerimeter = Enabled',
      publicNetworkAccessForQuery: 'Enabled|Disabled|SecuredByPerimeter = Enabled',
      replication: {
        location: 'string',
        enabled: 'boolean',
        provisioningState: 'readonly',
        createdDate: 'readonly',
        lastModifiedDate: 'readonly',
      },
      retentionInDays: 'integer(7..730) = 30',
      sku: {
        'name!': 'Free|Standard|Premium|PerNode|PerGB2018|Standalone|CapacityReservation|LACluster',
        capacityReservationLevel: 'integer',
        lastSkuUpdate: 'readonly',
      },
      workspaceCapping: { dailyQuotaGb: 'number', quotaNextResetTime: 'readonly', dataIngestionStatus: 'readonly' },
      createdDate: 'readonly',
      customerId: 'readonly',
      modifiedDate: 'readonly',
      privateLinkScopedResources: 'readonly',
      provisioningState: 'readonly',
    },
  },
  names: {
    pattern: /^[a-zA-Z0-9][a-zA-Z0-9-]{2,61}[a-zA-Z0-9]$/u,
    message:
      "The workspace name '{name}' is invalid: 4 to 63 letters, digits and hyphens, the first and last a letter or digit.",
  },
  statuses: { create: 201, update: 200, patch: 200, delete: 200 },
  longRunning: {
    create: ['azure-async-operation'],
    statusPath: 'locations/{location}/operationStatuses/{id}',
  },
  softDelete: { retention: 14 * DAY, recreate: 'restores' },
  complete,
  handlers: { DELETE: deleteWorkspace },
  actions: { sharedKeys: listKeys, regenerateSharedKey: listKeys },
};

function complete({ engine, previous, now }: Write): Completed {
  const created = timestamp(previous?.created.at ?? now);
  return {
    defaults: {
      properties: {
        sku: { name: 'PerGB2018' },
        features: { enableLogAccessUsingOnlyResourcePermissions: true },
        workspaceCapping: { dailyQuotaGb: -1 },
      },
    },
    readOnly: {
      properties: {
        customerId: textAt(previous?.readOnly, 'properties.customerId') ?? engine.ids.guid(),
        createdDate: created,
        modifiedDate: timestamp(now),
        features: { legacy: 0, searchVersion: 1 },
        sku: { lastSkuUpdate: created },
        workspaceCapping: { dataIngestionStatus: 'RespectQuota', quotaNextResetTime: timestamp(now + DAY) },
      },
    },
  };
}

/** `force=true` leaves nothing to bring back. */
function deleteWorkspace(call: Call): Reply {
  const reply = deleteResource(call);
  if (call.request.query.get('force')?.toLowerCase() === 'true') forgetDeleted(call.engine, call.target.id);
  return reply;
}

function listKeys(call: Call): Reply {
  const { id } = requireResource(call);
  const key = (name: string): string => Buffer.from(call.engine.ids.guidOf(`${id}/${name}`)).toString('base64');
  return json(200, { primarySharedKey: key('primary'), secondarySharedKey: key('secondary') });
}

const deletedWorkspaces: ResourceType = {
  type: 'Microsoft.OperationalInsights/deletedWorkspaces',
  apiVersions,
  placement: 'none',
  handlers: {
    LIST: (call) => {
      const deleted = listDeleted(call.engine, workspaces.type, call.target.subscription);
      return json(200, { value: deleted.map(({ resource }) => render(resource, viewOf(call))) });
    },
  },
};

export const operationalInsights: Provider = {
  namespace: 'Microsoft.OperationalInsights',
  types: [workspaces, deletedWorkspaces],
};
