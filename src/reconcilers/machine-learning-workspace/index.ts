import { armKind } from '../shared/arm-kind.ts';
import schema from './schema.json' with { type: 'json' };

/** Microsoft.MachineLearningServices/workspaces@2026-05-01 of kind Default. */
export const machineLearningWorkspace = armKind({
  kind: 'MachineLearningWorkspace',
  schema,
  type: 'Microsoft.MachineLearningServices/workspaces',
  apiVersion: '2026-05-01',
  nameRule: { scope: 'group', pattern: /^[a-zA-Z0-9][a-zA-Z0-9_-]{2,32}$/, maxLength: 33, style: 'kebab' },
  fixed: { kind: 'Default', sku: { name: 'Basic', tier: 'Basic' } },
  stateful: true,
  outputs: { principalId: ['/identity/principalId', 'Object id of the system-assigned identity.'] },
  readOnly: [
    '/properties/discoveryUrl',
    '/properties/managedNetwork/networkId',
    '/properties/managedNetwork/status',
    '/properties/managedNetwork/firewallPublicIpAddress',
    '/properties/mlFlowTrackingUri',
    '/properties/notebookInfo',
    '/properties/privateEndpointConnections',
    '/properties/privateLinkCount',
    '/properties/serviceProvisionedResourceGroup',
    '/properties/storageHnsEnabled',
    '/properties/tenantId',
    '/properties/workspaceId',
  ],
});
