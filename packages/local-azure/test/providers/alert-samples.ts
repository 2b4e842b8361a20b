import type { Sample } from '../support/samples.ts';

const location = 'Global';
const workspace = '{g}/Microsoft.OperationalInsights/workspaces/logs';
const actionGroup = '{g}/Microsoft.Insights/actionGroups/oncall';
const subscription = '/subscriptions/00000000-0000-4000-a000-000000000001';
const group = `${subscription}/resourceGroups/rg`;

/** Samples of diagnostics and alerting. */
export const ALERTS: readonly Sample[] = [
  {
    type: 'Microsoft.Insights/diagnosticSettings',
    path: '{g}/Microsoft.App/managedEnvironments/env/providers/Microsoft.Insights/diagnosticSettings/to-logs',
    apiVersion: '2021-05-01-preview',
    body: {
      properties: {
        workspaceId: workspace,
        logs: [{ categoryGroup: 'allLogs', enabled: true }],
        metrics: [{ category: 'AllMetrics', enabled: true }],
      },
    },
    needs: ['Microsoft.App/managedEnvironments', 'Microsoft.OperationalInsights/workspaces'],
    expected: { create: 200, update: 200, patch: undefined, delete: 200 },
  },
  {
    type: 'Microsoft.Insights/scheduledQueryRules',
    path: '{g}/Microsoft.Insights/scheduledQueryRules/exceptions',
    apiVersion: '2026-03-01',
    body: {
      location: 'swedencentral',
      properties: {
        severity: 2,
        scopes: [workspace],
        evaluationFrequency: 'PT5M',
        windowSize: 'PT15M',
        criteria: {
          allOf: [{ query: 'AppExceptions', timeAggregation: 'Count', operator: 'GreaterThan', threshold: 10 }],
        },
        actions: { actionGroups: [actionGroup] },
      },
    },
    needs: ['Microsoft.OperationalInsights/workspaces', 'Microsoft.Insights/actionGroups'],
    expected: { create: 201, update: 200, patch: 200, delete: 200 },
  },
  {
    type: 'Microsoft.Insights/activityLogAlerts',
    path: '{g}/Microsoft.Insights/activityLogAlerts/health',
    apiVersion: '2026-01-01',
    body: {
      location,
      properties: {
        scopes: [subscription],
        condition: { allOf: [{ field: 'category', equals: 'ServiceHealth' }] },
        actions: { actionGroups: [{ actionGroupId: actionGroup }] },
      },
    },
    needs: ['Microsoft.Insights/actionGroups'],
    expected: { create: 201, update: 200, patch: 200, delete: 200 },
  },
  {
    type: 'Microsoft.AlertsManagement/actionRules',
    path: '{g}/Microsoft.AlertsManagement/actionRules/quiet-nights',
    apiVersion: '2021-08-08',
    body: {
      location,
      properties: {
        scopes: [group],
        actions: [{ actionType: 'RemoveAllActionGroups' }],
        schedule: {
          timeZone: 'W. Europe Standard Time',
          recurrences: [{ recurrenceType: 'Daily', startTime: '22:00:00', endTime: '06:00:00' }],
        },
      },
    },
    expected: { create: 201, update: 200, patch: 200, delete: 200 },
  },
  {
    type: 'Microsoft.Insights/workbooks',
    path: '{g}/Microsoft.Insights/workbooks/3b6e7a52-6c3c-4a2b-8d0e-1f0f7b8f5a77',
    apiVersion: '2023-06-01',
    body: {
      location: 'swedencentral',
      kind: 'shared',
      properties: {
        displayName: 'Quality',
        serializedData: '{"version":"Notebook/1.0","items":[]}',
        category: 'workbook',
      },
    },
    listQuery: '&category=workbook&canFetchContent=true',
    expected: { create: 201, update: 200, patch: 200, delete: 200 },
  },
];
