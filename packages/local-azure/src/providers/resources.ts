import type { Provider } from '../arm/contract.ts';
import { resourceGroups } from './resources/resource-groups.ts';
import { resourceList } from './resources/resource-list.ts';
import { providers, subscriptionLocations, subscriptions, tenants } from './resources/subscriptions.ts';
import { tags } from './resources/tags.ts';

/** ARM itself: tenants, subscriptions, resource groups, tags. */
export const resources: Provider = {
  namespace: 'Microsoft.Resources',
  types: [resourceGroups, resourceList, tenants, subscriptions, subscriptionLocations, providers, tags],
};
