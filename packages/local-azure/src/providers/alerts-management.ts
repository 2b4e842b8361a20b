import type { Provider } from '../arm/contract.ts';
import { actionRules } from './alerts-management/action-rules.ts';
import { alerts } from './alerts-management/alerts.ts';

/** Alerts Management: alerts that fired, and what becomes of them. */
export const alertsManagement: Provider = { namespace: 'Microsoft.AlertsManagement', types: [alerts, actionRules] };
