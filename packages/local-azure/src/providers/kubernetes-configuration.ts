import type { Provider } from '../arm/contract.ts';
import { extensions } from './kubernetes-configuration/extensions.ts';

/** What Azure installs in clusters. */
export const kubernetesConfiguration: Provider = {
  namespace: 'Microsoft.KubernetesConfiguration',
  types: [extensions],
};
