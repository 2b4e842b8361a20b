import type { Sample } from '../support/samples.ts';

const location = 'westeurope';
const cluster = '{g}/Microsoft.Kubernetes/connectedClusters/factory';
const extension = `${cluster}/providers/Microsoft.KubernetesConfiguration/extensions/container-apps`;
const place = '{g}/Microsoft.ExtendedLocation/customLocations/factory-floor';

/** Samples of Azure Arc, each on top of the one before. */
export const ARC: readonly Sample[] = [
  {
    type: 'Microsoft.Kubernetes/connectedClusters',
    path: cluster,
    apiVersion: '2026-05-01',
    body: { location, identity: { type: 'SystemAssigned' }, properties: { agentPublicKeyCertificate: 'TUlJQg==' } },
    expected: { create: 201, update: 200, patch: 200, delete: 202 },
  },
  {
    type: 'Microsoft.KubernetesConfiguration/extensions',
    path: extension,
    apiVersion: '2025-03-01',
    body: {
      identity: { type: 'SystemAssigned' },
      properties: {
        extensionType: 'Microsoft.App.Environment',
        releaseTrain: 'stable',
        autoUpgradeMinorVersion: true,
        scope: { cluster: { releaseNamespace: 'apps' } },
        configurationSettings: { appsNamespace: 'apps' },
        configurationProtectedSettings: { 'logProcessor.appLogs.logAnalyticsConfig.sharedKey': 'canary-secret' },
      },
    },
    needs: ['Microsoft.Kubernetes/connectedClusters'],
    expected: { create: 201, update: 200, patch: 202, delete: 202 },
  },
  {
    type: 'Microsoft.ExtendedLocation/customLocations',
    path: place,
    apiVersion: '2021-08-15',
    body: {
      location,
      properties: { hostResourceId: cluster, namespace: 'apps', clusterExtensionIds: [extension] },
    },
    needs: ['Microsoft.KubernetesConfiguration/extensions'],
    expected: { create: 201, update: 200, patch: 200, delete: 202 },
  },
  {
    type: 'Microsoft.App/connectedEnvironments',
    path: '{g}/Microsoft.App/connectedEnvironments/edge',
    apiVersion: '2026-01-01',
    body: { location, extendedLocation: { name: place, type: 'CustomLocation' }, properties: {} },
    needs: ['Microsoft.ExtendedLocation/customLocations'],
    expected: { create: 201, update: 200, patch: 200, delete: 202 },
  },
];
