import type { Provider } from '../arm/resource-type.ts';
import { containerApps } from './app/container-apps.ts';
import { managedEnvironments } from './app/managed-environments.ts';
import { revisionReady, revisions } from './app/revisions.ts';

/** Container Apps. */
export const app: Provider = {
  namespace: 'Microsoft.App',
  types: [managedEnvironments, containerApps, revisions],
  tasks: { 'revision-ready': revisionReady },
};
