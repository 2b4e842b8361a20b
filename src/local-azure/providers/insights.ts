import type { Provider } from '../arm/resource-type.ts';
import { actionGroups } from './insights/action-groups.ts';
import { components } from './insights/components.ts';
import { metricAlerts } from './insights/metric-alerts.ts';

/** Azure Monitor. */
export const insights: Provider = {
  namespace: 'Microsoft.Insights',
  types: [components, actionGroups, metricAlerts],
};
