import { textOf } from '../../model/json.ts';
import { armKind } from '../shared/arm-kind.ts';
import schema from './schema.json' with { type: 'json' };

/** Prices that every subscription has. */
const CURRENT: ReadonlySet<string> = new Set(['PerGB2018', 'CapacityReservation', 'LACluster']);

export const logWorkspace = armKind({
  kind: 'LogWorkspace',
  schema,
  type: 'Microsoft.OperationalInsights/workspaces',
  apiVersion: '2026-03-01',
  nameRule: { scope: 'group', pattern: /^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$/, maxLength: 63, style: 'kebab' },
  stateful: true,
  outputs: { customerId: ['/properties/customerId', 'Workspace id, for agents that send data.'] },
  // 12 of 12 recordings: `Standalone` is answered as `PerGB2018` in subscriptions with the newer prices.
  tolerate: (desired, live) =>
    CURRENT.has(textOf(desired, 'sku')) || textOf(live, 'sku').toLowerCase() !== 'pergb2018' ? [] : ['/sku'],
  readOnly: [
    '/properties/createdDate',
    '/properties/customerId',
    '/properties/failover',
    '/properties/features/associations',
    '/properties/features/legacy',
    '/properties/features/searchVersion',
    '/properties/features/unifiedSentinelBillingOnly',
    '/properties/modifiedDate',
    '/properties/privateLinkScopedResources',
    '/properties/replication/createdDate',
    '/properties/replication/lastModifiedDate',
    '/properties/replication/provisioningState',
    '/properties/sku/lastSkuUpdate',
    '/properties/workspaceCapping/dataIngestionStatus',
    '/properties/workspaceCapping/quotaNextResetTime',
  ],
});
