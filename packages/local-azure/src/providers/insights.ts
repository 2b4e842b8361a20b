import type { Provider } from '../arm/contract.ts';
import { actionGroups } from './insights/action-groups.ts';
import { activityLogAlerts } from './insights/activity-log-alerts.ts';
import { components } from './insights/components.ts';
import { diagnosticCategories } from './insights/diagnostic-categories.ts';
import { diagnosticSettings } from './insights/diagnostic-settings.ts';
import { scheduledQueryRules } from './insights/log-alerts.ts';
import { metricAlerts } from './insights/metric-alerts.ts';
import { metricDefinitions, metricNamespaces } from './insights/metrics/definitions.ts';
import { metrics } from './insights/metrics/metrics.ts';
import { workbooks } from './insights/workbooks.ts';

/** Azure Monitor. */
export const insights: Provider = {
  namespace: 'Microsoft.Insights',
  types: [
    components,
    actionGroups,
    metricAlerts,
    scheduledQueryRules,
    activityLogAlerts,
    diagnosticSettings,
    diagnosticCategories,
    workbooks,
    metrics,
    metricDefinitions,
    metricNamespaces,
  ],
};
