import type { Provider } from '../arm/contract.ts';
import { queryResources } from './resource-graph/query.ts';

/** Resource Graph: queries over everything that there is. Nothing is stored. */
export const resourceGraph: Provider = {
  namespace: 'Microsoft.ResourceGraph',
  types: [
    {
      type: 'Microsoft.ResourceGraph/resources',
      apiVersions: ['2021-03-01', '2022-10-01', '2024-04-01'],
      placement: 'none',
    },
  ],
  actions: { resources: queryResources },
};
