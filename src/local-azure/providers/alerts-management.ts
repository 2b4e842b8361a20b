import type { Provider } from '../arm/resource-type.ts';
import { actionRules } from './alerts-management/action-rules.ts';

/** Alerts Management: what becomes of alerts that fired. */
export const alertsManagement: Provider = { namespace: 'Microsoft.AlertsManagement', types: [actionRules] };
