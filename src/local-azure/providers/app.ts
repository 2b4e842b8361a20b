import type { Provider } from '../arm/resource-type.ts';
import { connectedEnvironments } from './app/connected-environments.ts';
import { containerApps } from './app/container-apps.ts';
import { managedEnvironments } from './app/managed-environments.ts';
import { revisionReady, revisions } from './app/revisions.ts';

/** Container Apps. */
export const app: Provider = {
  namespace: 'Microsoft.App',
  types: [managedEnvironments, connectedEnvironments, containerApps, revisions],
  tasks: { 'revision-ready': revisionReady },
};
