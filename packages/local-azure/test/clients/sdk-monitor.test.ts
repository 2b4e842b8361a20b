import { ContainerAppsAPIClient } from '@azure/arm-appcontainers';
import { MonitorClient, type ActionGroupResource, type MetricAlertResource, type Metric } from '@azure/arm-monitor';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LocalAzure } from '../../src/index.ts';
import { addGroup, clientOptions, collect, CREDENTIAL, namesOf, QUICK, refusalOf, startForSdk } from './sdk-lab.ts';
import { checkTraffic } from '../support/type-check.ts';

/** @azure/arm-monitor 8.0.0, unmodified, over TLS. */
let azure: LocalAzure;
let client: MonitorClient;

beforeEach(async () => {
  azure = await startForSdk({ timing: { operationMs: 0, revisionMs: 0 } });
  client = new MonitorClient(CREDENTIAL, azure.subscriptionId, clientOptions(azure));
});
afterEach(async () => {
  checkTraffic(azure.requests());
  await azure.close();
});

interface App {
  readonly id: string;
  readonly fqdn: string;
}

/** An app that fails one request in four. */
async function app(): Promise<App> {
  const apps = new ContainerAppsAPIClient(CREDENTIAL, azure.subscriptionId, clientOptions(azure));
  const { id: environmentId = '' } = await apps.managedEnvironments.createOrUpdate(
    'rg',
    'env',
    { location: 'swedencentral' },
    QUICK,
  );
  const { id = '', configuration } = await apps.containerApps.createOrUpdate(
    'rg',
    'api',
    {
      location: 'swedencentral',
      environmentId,
      configuration: { ingress: { external: true, targetPort: 80 } },
      template: {
        revisionSuffix: 'v1',
        containers: [{ name: 'api', image: 'x', env: [{ name: 'LOCAL_ERROR_RATE', value: '0.25' }] }],
      },
    },
    QUICK,
  );
  return { id, fqdn: configuration?.ingress?.fqdn ?? '' };
}

function totalOf({ timeseries }: Metric): number {
  const points = timeseries.flatMap(({ data = [] }) => data);
  return points.reduce((sum, { total = 0 }) => sum + total, 0);
}

describe('metrics', () => {
  const hour = (): string => {
    const now = azure.clock.now();
    return [now - 1_800_000, now + 1_800_000].map((time) => new Date(time).toISOString()).join('/');
  };

  it('count what was served, as the client reads them', async () => {
    const { id, fqdn } = await app();
    const statuses: number[] = [];
    for (let index = 0; index < 40; index += 1)
      statuses.push((await fetch(`${azure.url}/apps/${fqdn}/${index}`)).status);
    const failed = statuses.filter((status) => status === 500).length;
    expect(failed).toBeGreaterThan(7);
    const all = await client.metrics.list(id, { metricnames: 'Requests', aggregation: 'total', timespan: hour() });
    expect(all).toMatchObject({ interval: 'PT1M', namespace: 'Microsoft.App/containerApps', cost: 0 });
    expect(all.value.map(totalOf)).toEqual([40]);
    expect(all.value[0]?.timeseries[0]?.data?.[0]?.timeStamp).toBeInstanceOf(Date);
    const bad = await client.metrics.list(id, {
      metricnames: 'Requests',
      aggregation: 'total',
      timespan: hour(),
      interval: 'FULL',
      filter: "revisionName eq 'api--v1' and statusCodeCategory eq '*'",
      orderby: 'sum asc',
    });
    const series = bad.value[0]?.timeseries ?? [];
    expect(
      series.map(({ metadatavalues, data }) => [metadatavalues?.map(({ value }) => value), data?.[0]?.total]),
    ).toEqual([
      [['api--v1', '5xx'], failed],
      [['api--v1', '2xx'], 40 - failed],
    ]);
  });

  it('have definitions and a namespace', async () => {
    const { id } = await app();
    const definitions = await collect(client.metricDefinitions.list(id));
    expect(
      definitions.map(({ name, unit, primaryAggregationType }) => [name?.value, unit, primaryAggregationType]),
    ).toEqual([
      ['Requests', 'Count', 'Total'],
      ['ResponseTime', 'MilliSeconds', 'Average'],
      ['RestartCount', 'Count', 'Maximum'],
      ['Replicas', 'Count', 'Maximum'],
      ['UsageNanoCores', 'NanoCores', 'Average'],
    ]);
    const namespaces = await collect(client.metricNamespaces.list(id));
    expect(namespaces.map(({ properties }) => properties?.metricNamespaceName)).toEqual([
      'Microsoft.App/containerApps',
    ]);
  });

  it('are refused in a way that the client understands', async () => {
    const { id } = await app();
    expect([
      await refusalOf(client.metrics.list(id, { metricnames: 'Nonsense' })),
      await refusalOf(client.metrics.list(id, { metricnames: 'Requests', filter: "podName eq '*'" })),
      await refusalOf(client.metrics.list(`${id}-none`, { metricnames: 'Requests' })),
      await refusalOf(client.metrics.listAtSubscriptionScope('swedencentral', { metricnames: 'Requests' })),
    ]).toEqual([
      [400, 'BadRequest'],
      [400, 'BadRequest'],
      [404, 'ResourceNotFound'],
      [501, 'NotImplemented'],
    ]);
  });
});

const GROUP: ActionGroupResource = {
  location: 'Global',
  groupShortName: 'oncall',
  enabled: true,
  emailReceivers: [{ name: 'team', emailAddress: 'team@contoso.com', useCommonAlertSchema: true }],
};

async function actionGroup(name = 'oncall', group = 'rg'): Promise<string> {
  return (await client.actionGroups.createOrUpdate(group, name, GROUP)).id ?? '';
}

describe('action groups', () => {
  it('are written, read, changed, listed by page and deleted', async () => {
    await addGroup(azure, 'other');
    for (const name of ['a', 'b', 'c']) await actionGroup(name);
    await actionGroup('d', 'other');
    const read = await client.actionGroups.get('rg', 'a');
    expect(read).toMatchObject({ groupShortName: 'oncall', enabled: true, emailReceivers: [{ name: 'team' }] });
    const changed = await client.actionGroups.update('rg', 'a', { tags: { env: 'qa' }, enabled: false });
    expect(changed).toMatchObject({ tags: { env: 'qa' }, enabled: false, groupShortName: 'oncall' });
    expect(await namesOf(client.actionGroups.listByResourceGroup('rg'))).toEqual(['a', 'b', 'c']);
    expect(await namesOf(client.actionGroups.listBySubscriptionId())).toHaveLength(4);
    await client.actionGroups.delete('rg', 'a');
    await client.actionGroups.delete('rg', 'a');
    expect(await refusalOf(client.actionGroups.get('rg', 'a'))).toEqual([404, 'ResourceNotFound']);
  });
});

describe('alert rules', () => {
  it('about metrics', async () => {
    const { id } = await app();
    const rule: MetricAlertResource = {
      location: 'global',
      severity: 1,
      enabled: true,
      scopes: [id],
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
            dimensions: [{ name: 'statusCodeCategory', operator: 'Include', values: ['5xx'] }],
          },
        ],
      },
      actions: [{ actionGroupId: await actionGroup() }],
    };
    const created = await client.metricAlerts.createOrUpdate('rg', 'errors', rule);
    expect(created).toMatchObject({ severity: 1, criteria: { allOf: [{ metricName: 'Requests', threshold: 5 }] } });
    expect(await client.metricAlerts.update('rg', 'errors', { severity: 3 })).toMatchObject({ severity: 3 });
    expect(await namesOf(client.metricAlerts.listByResourceGroup('rg'))).toEqual(['errors']);
    expect(await namesOf(client.metricAlerts.listBySubscription())).toEqual(['errors']);
    await client.metricAlerts.delete('rg', 'errors');
    expect(await refusalOf(client.metricAlerts.get('rg', 'errors'))).toEqual([404, 'ResourceNotFound']);
    const orphan = { ...rule, actions: [{ actionGroupId: `${id}-none` }] };
    expect((await refusalOf(client.metricAlerts.createOrUpdate('rg', 'errors', orphan))) as unknown[]).toContain(400);
  });

  it('about logs and about the activity log', async () => {
    const { id } = await app();
    const actionGroupId = await actionGroup();
    const query = await client.scheduledQueryRules.createOrUpdate('rg', 'exceptions', {
      location: 'swedencentral',
      severity: 2,
      enabled: true,
      scopes: [id],
      evaluationFrequency: 'PT5M',
      windowSize: 'PT15M',
      criteria: {
        allOf: [{ query: 'AppExceptions', timeAggregation: 'Count', operator: 'GreaterThan', threshold: 10 }],
      },
      actions: { actionGroups: [actionGroupId] },
    });
    expect(query).toMatchObject({ severity: 2, criteria: { allOf: [{ query: 'AppExceptions' }] } });
    expect(await namesOf(client.scheduledQueryRules.listByResourceGroup('rg'))).toEqual(['exceptions']);
    await client.scheduledQueryRules.delete('rg', 'exceptions');
    const scope = `/subscriptions/${azure.subscriptionId}`;
    const health = await client.activityLogAlerts.createOrUpdate('rg', 'health', {
      location: 'Global',
      scopes: [scope],
      condition: { allOf: [{ field: 'category', equals: 'ServiceHealth' }] },
      actions: { actionGroups: [{ actionGroupId }] },
    });
    expect(health).toMatchObject({ enabled: true, condition: { allOf: [{ field: 'category' }] } });
    expect(await client.activityLogAlerts.update('rg', 'health', { enabled: false })).toMatchObject({ enabled: false });
    expect(await namesOf(client.activityLogAlerts.listBySubscriptionId())).toEqual(['health']);
    await client.activityLogAlerts.delete('rg', 'health');
  });
});

it('diagnostic settings', async () => {
  const { id } = await app();
  const environment = id.replace(/containerapps\/api$/iu, 'managedEnvironments/env');
  const categories = await collect(client.diagnosticSettingsCategory.list(environment));
  expect(categories.map(({ name }) => name)).toContain('ContainerAppConsoleLogs');
  const storageAccountId = `${id.slice(0, id.indexOf('/providers'))}/providers/Microsoft.Storage/storageAccounts/logs`;
  const setting = await client.diagnosticSettings.createOrUpdate(environment, 'archive', {
    storageAccountId,
    logs: [{ categoryGroup: 'allLogs', enabled: true }],
  });
  expect(setting).toMatchObject({ name: 'archive', storageAccountId });
  expect(await namesOf(client.diagnosticSettings.list(environment))).toEqual(['archive']);
  await client.diagnosticSettings.delete(environment, 'archive');
  expect(await refusalOf(client.diagnosticSettings.get(environment, 'archive'))).toEqual([404, 'ResourceNotFound']);
});
