import type { Provider } from '../arm/contract.ts';
import { connectedClusters } from './kubernetes/connected-clusters.ts';

/** Clusters that Azure Arc knows. */
export const kubernetes: Provider = {
  namespace: 'Microsoft.Kubernetes',
  types: [connectedClusters],
};
