import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBench, type Bench } from '../support/client.ts';
import { create, placed, sampleOf } from '../support/samples.ts';
import { checkTraffic } from '../support/type-check.ts';

let bench: Bench;
let group: string;
beforeEach(async () => {
  bench = await startBench();
  group = await bench.group();
});
afterEach(async () => {
  checkTraffic(bench.azure.requests());
  await bench.close();
});

const WORKSPACE = 'Microsoft.OperationalInsights/workspaces';

describe('workspaces', () => {
  it('come back with their id when they are created again, unless deleted by force', async () => {
    const { url, body, path } = placed(sampleOf(WORKSPACE), group);
    const first = (await bench.put(url, body)).body.properties.customerId;
    await bench.send('DELETE', url);
    const deleted = await bench.get(
      '/subscriptions/{s}/providers/Microsoft.OperationalInsights/deletedWorkspaces?api-version=2026-03-01',
    );
    expect(deleted.body.value).toHaveLength(1);
    expect((await bench.put(url, body)).body.properties.customerId).toBe(first);
    await bench.send('DELETE', `${path}?api-version=2026-03-01&force=true`);
    expect((await bench.put(url, body)).body.properties.customerId).not.toBe(first);
  });

  it('give their keys by a POST only', async () => {
    const path = await create(bench, WORKSPACE, group);
    const keys = await bench.send('POST', `${path}/sharedKeys?api-version=2026-03-01`);
    expect(Object.keys(keys.body)).toEqual(['primarySharedKey', 'secondarySharedKey']);
    expect(JSON.stringify((await bench.get(`${path}?api-version=2026-03-01`)).body)).not.toContain(
      keys.body.primarySharedKey,
    );
  });
});

describe('components', () => {
  it('keep their connection string; the workspace can be changed but not removed', async () => {
    const workspace = await create(bench, WORKSPACE, group);
    const { url, body } = placed(sampleOf('Microsoft.Insights/components'), group);
    const { properties, ...rest } = body as { properties: object };
    const withWorkspace = { ...rest, properties: { ...properties, WorkspaceResourceId: workspace } };
    const created = await bench.put(url, withWorkspace);
    expect(created.body.properties.ConnectionString).toContain(
      `InstrumentationKey=${created.body.properties.InstrumentationKey}`,
    );
    expect(created.body.properties.IngestionMode).toBe('LogAnalytics');
    expect((await bench.put(url, withWorkspace)).body.properties.ConnectionString).toBe(
      created.body.properties.ConnectionString,
    );
    const removed = await bench.put(url, body);
    expect([removed.status, removed.body.code]).toEqual([400, 'BadRequest']);
  });
});

describe('alerts', () => {
  it('need their action groups to exist', async () => {
    const { url, body } = placed(sampleOf('Microsoft.Insights/metricAlerts'), group);
    const { properties, ...rest } = body as { properties: object };
    const actions = [{ actionGroupId: `${group}/Microsoft.Insights/actionGroups/oncall` }];
    const alert = { ...rest, properties: { ...properties, actions } };
    expect((await bench.put(url, alert)).status).toBe(400);
    await create(bench, 'Microsoft.Insights/actionGroups', group);
    expect((await bench.put(url, alert)).status).toBe(200);
  });

  it('take static and dynamic criteria, each with its own members', async () => {
    const { url, body } = placed(sampleOf('Microsoft.Insights/metricAlerts'), group);
    const { properties, ...rest } = body as { properties: object };
    const criterion = {
      criterionType: 'DynamicThresholdCriterion',
      name: 'slow',
      metricName: 'ResponseTime',
      timeAggregation: 'Average',
      operator: 'GreaterThan',
      alertSensitivity: 'Medium',
      failingPeriods: { numberOfEvaluationPeriods: 4, minFailingPeriodsToAlert: 4 },
    };
    const criteria = (change: object): object => ({
      ...rest,
      properties: {
        ...properties,
        criteria: {
          'odata.type': 'Microsoft.Azure.Monitor.MultipleResourceMultipleMetricCriteria',
          allOf: [{ ...criterion, ...change }],
        },
      },
    });
    expect((await bench.put(url, criteria({}))).status).toBe(200);
    expect((await bench.put(url, criteria({ criterionType: 'StaticThresholdCriterion', threshold: 1.5 }))).status).toBe(
      400,
    );
    expect((await bench.put(url, criteria({ alertSensitivity: undefined }))).status).toBe(400);
  });

  it('groups return every list of receivers, and the state of people', async () => {
    const path = await create(bench, 'Microsoft.Insights/actionGroups', group);
    const { properties } = (await bench.get(`${path}?api-version=2023-01-01`)).body;
    expect(properties.webhookReceivers).toEqual([]);
    expect(properties.emailReceivers).toEqual([
      { name: 'team', emailAddress: 'team@contoso.com', useCommonAlertSchema: false, status: 'Enabled' },
    ]);
  });
});
