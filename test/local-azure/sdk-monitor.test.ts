import { ContainerAppsAPIClient } from '@azure/arm-appcontainers';
import { MonitorClient } from '@azure/arm-monitor';
import { ResourceManagementClient } from '@azure/arm-resources';
import { RestError } from '@azure/core-rest-pipeline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collect, credential, eventually, QUICK, startSdkBench, type SdkBench } from './sdk-client.ts';

/** Microsoft's own client of Azure Monitor, unmodified, over TLS. */
let bench: SdkBench;
let monitor: MonitorClient;
let group: string;

beforeEach(async () => {
  bench = await startSdkBench({ pageSize: 2 });
  const { azure, options } = bench;
  const groups = new ResourceManagementClient(credential, azure.subscriptionId, options);
  group = (await groups.resourceGroups.createOrUpdate('rg', { location: 'swedencentral' })).id ?? '';
  monitor = new MonitorClient(credential, azure.subscriptionId, options);
});
afterEach(() => bench.close());

async function oncall(): Promise<string> {
  const made = await monitor.actionGroups.createOrUpdate('rg', 'oncall', {
    location: 'global',
    groupShortName: 'oncall',
    enabled: true,
    emailReceivers: [{ name: 'team', emailAddress: 'team@contoso.example', useCommonAlertSchema: true }],
  });
  return made.id ?? '';
}

/** An app that answered `calls` requests. */
async function servedApp(calls: number): Promise<string> {
  const { azure, options } = bench;
  const apps = new ContainerAppsAPIClient(credential, azure.subscriptionId, options);
  const environment = await apps.managedEnvironments.createOrUpdate('rg', 'env', { location: 'swedencentral' }, QUICK);
  await apps.containerApps.createOrUpdate(
    'rg',
    'api',
    {
      location: 'swedencentral',
      environmentId: environment.id ?? '',
      configuration: { ingress: { external: true, targetPort: 8080 } },
      template: { revisionSuffix: 'v1', containers: [{ name: 'api', image: 'contoso.azurecr.io/api:1' }] },
    },
    QUICK,
  );
  await eventually(
    () => apps.containerAppsRevisions.getRevision('rg', 'api', 'api--v1'),
    ({ healthState }) => healthState === 'Healthy',
  );
  const app = await apps.containerApps.get('rg', 'api');
  for (let each = 0; each < calls; each++) await fetch(`${azure.url}/apps/${app.configuration?.ingress?.fqdn ?? ''}/`);
  return app.id ?? '';
}

async function statusOf(work: PromiseLike<unknown>): Promise<number | undefined> {
  try {
    await work;
  } catch (error) {
    if (error instanceof RestError) return error.statusCode;
    throw error;
  }
  return undefined;
}

describe('@azure/arm-monitor', () => {
  it('creates, reads, changes, lists and deletes action groups', async () => {
    await oncall();
    const changed = await monitor.actionGroups.update('rg', 'oncall', { enabled: false });
    expect(changed.enabled).toBe(false);
    expect((await monitor.actionGroups.get('rg', 'oncall')).emailReceivers?.[0]?.emailAddress).toBe(
      'team@contoso.example',
    );
    expect(await collect(monitor.actionGroups.listByResourceGroup('rg'))).toHaveLength(1);
    await monitor.actionGroups.delete('rg', 'oncall');
    expect(await statusOf(monitor.actionGroups.get('rg', 'oncall'))).toBe(404);
  });

  it('takes alert rules on metrics, logs and the activity log', async () => {
    const actionGroupId = await oncall();
    const app = await servedApp(0);
    const metric = await monitor.metricAlerts.createOrUpdate('rg', 'errors', {
      location: 'global',
      severity: 2,
      enabled: true,
      scopes: [app],
      evaluationFrequency: 'PT1M',
      windowSize: 'PT5M',
      criteria: {
        odataType: 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria',
        allOf: [
          {
            criterionType: 'StaticThresholdCriterion',
            name: 'errors',
            metricName: 'Requests',
            timeAggregation: 'Total',
            operator: 'GreaterThan',
            threshold: 5,
          },
        ],
      },
      actions: [{ actionGroupId }],
    });
    expect(metric.severity).toBe(2);
    const activity = await monitor.activityLogAlerts.createOrUpdate('rg', 'health', {
      location: 'global',
      scopes: [group],
      condition: { allOf: [{ field: 'category', equals: 'ServiceHealth' }] },
      actions: { actionGroups: [{ actionGroupId }] },
    });
    expect(activity.name).toBe('health');
    expect(await collect(monitor.metricAlerts.listByResourceGroup('rg'))).toHaveLength(1);
    expect(await collect(monitor.activityLogAlerts.listByResourceGroup('rg'))).toHaveLength(1);
    await monitor.metricAlerts.delete('rg', 'errors');
    await monitor.activityLogAlerts.delete('rg', 'health');
    expect(await statusOf(monitor.metricAlerts.get('rg', 'errors'))).toBe(404);
  });

  it('reads metrics of what was served, with dimensions, and their definitions', async () => {
    const app = await servedApp(7);
    const { value, namespace } = await monitor.metrics.list(app, {
      metricnames: 'Requests',
      aggregation: 'total',
      interval: 'PT1M',
      filter: "revisionName eq '*'",
    });
    expect(namespace).toBe('microsoft.app/containerapps');
    const [series] = value[0]?.timeseries ?? [];
    expect(series?.metadatavalues?.map((one) => one.value)).toEqual(['api--v1']);
    expect(series?.data?.reduce((sum, one) => sum + (one.total ?? 0), 0)).toBe(7);
    const definitions = await collect(monitor.metricDefinitions.list(app));
    expect(definitions.map((one) => one.name?.value)).toContain('RestartCount');
    expect(await statusOf(monitor.metrics.list(app, { metricnames: 'Nothing' }))).toBe(400);
  });

  it('takes diagnostic settings of a resource', async () => {
    const app = await servedApp(0);
    const environment = app
      .replace(/containerApps\/.*$/i, 'managedEnvironments/env')
      .replace(/containerapps\/.*$/i, '');
    const workspace = `${group}/providers/Microsoft.OperationalInsights/workspaces/logs`;
    const { azure, options } = bench;
    const generic = new ResourceManagementClient(credential, azure.subscriptionId, options);
    await generic.resources.createOrUpdateById(
      workspace,
      '2025-02-01',
      { location: 'swedencentral', properties: { retentionInDays: 30 } },
      QUICK,
    );
    await monitor.diagnosticSettings.createOrUpdate(environment, 'to-logs', {
      workspaceId: workspace,
      logs: [{ categoryGroup: 'allLogs', enabled: true }],
    });
    const all = await collect(monitor.diagnosticSettings.list(environment));
    expect(all.map(({ name }) => name)).toEqual(['to-logs']);
    await monitor.diagnosticSettings.delete(environment, 'to-logs');
    expect(await collect(monitor.diagnosticSettings.list(environment))).toEqual([]);
  });
});
