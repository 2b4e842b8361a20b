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
const LOG_ALERT = 'Microsoft.Insights/scheduledQueryRules';

/** The sample of a type with members of `properties` changed. */
function changed(type: string, properties: Record<string, unknown>): { url: string; body: Record<string, unknown> } {
  const { url, body } = placed(sampleOf(type), group);
  const whole = body as { properties: Record<string, unknown> };
  return { url, body: { ...whole, properties: { ...whole.properties, ...properties } } };
}

describe('log alerts', () => {
  it('keep their one scope, which must exist', async () => {
    const { url, body } = placed(sampleOf(LOG_ALERT), group);
    expect((await bench.put(url, body)).status).toBe(400);
    await create(bench, LOG_ALERT, group);
    const elsewhere = changed(LOG_ALERT, { scopes: [`${group}/Microsoft.OperationalInsights/workspaces/other`] });
    expect((await bench.put(url, elsewhere.body)).status).toBeGreaterThanOrEqual(400);
  });

  it('fill in what was not sent, and do not mute what ends by itself', async () => {
    await create(bench, LOG_ALERT, group);
    const { url, body } = changed(LOG_ALERT, { muteActionsDuration: 'PT1H' });
    expect((await bench.get(url)).body.properties).toMatchObject({ enabled: true, autoMitigate: true });
    expect((await bench.put(url, body)).status).toBe(400);
    const muting = changed(LOG_ALERT, { muteActionsDuration: 'PT1H', autoMitigate: false });
    expect((await bench.put(url, muting.body)).status).toBe(200);
  });
});

describe('activity log alerts', () => {
  it('are about a category and tell groups that exist', async () => {
    const type = 'Microsoft.Insights/activityLogAlerts';
    const level = changed(type, { condition: { allOf: [{ field: 'level', equals: 'Error' }] } });
    expect((await bench.put(level.url, level.body)).status).toBe(400);
    const nobody = changed(type, { actions: { actionGroups: [{ actionGroupId: `${group}/x/actionGroups/none` }] } });
    expect((await bench.put(nobody.url, nobody.body)).status).toBe(400);
  });
});

describe('alert processing rules', () => {
  it('need the days of a weekly window, and groups that exist', async () => {
    const type = 'Microsoft.AlertsManagement/actionRules';
    const weekly = changed(type, { schedule: { recurrences: [{ recurrenceType: 'Weekly', startTime: '08:00:00' }] } });
    expect((await bench.put(weekly.url, weekly.body)).status).toBe(400);
    const action = { actionType: 'AddActionGroups', actionGroupIds: [`${group}/x/actionGroups/none`] };
    const nobody = changed(type, { actions: [action] });
    expect((await bench.put(nobody.url, nobody.body)).status).toBe(400);
  });
});

describe('diagnostic settings', () => {
  it('list every category and group, with a retention policy', async () => {
    const vault = await create(bench, 'Microsoft.KeyVault/vaults', group);
    const workspace = await create(bench, WORKSPACE, group);
    const url = `${vault}/providers/Microsoft.Insights/diagnosticSettings/audit?api-version=2021-05-01-preview`;
    const logs = [{ categoryGroup: 'audit', enabled: true }];
    const { status, body } = await bench.put(url, { properties: { workspaceId: workspace, logs } });
    expect(status).toBe(200);
    const on = body.properties.logs.filter((log: { enabled: boolean }) => log.enabled);
    expect(on).toEqual([{ categoryGroup: 'audit', enabled: true, retentionPolicy: { days: 0, enabled: false } }]);
    expect(body.properties.logs).toContainEqual({
      category: 'AuditEvent',
      enabled: false,
      retentionPolicy: { days: 0, enabled: false },
    });
  });

  it('need somewhere to send things to', async () => {
    const vault = await create(bench, 'Microsoft.KeyVault/vaults', group);
    const url = `${vault}/providers/Microsoft.Insights/diagnosticSettings/none?api-version=2021-05-01-preview`;
    expect((await bench.put(url, { properties: { logs: [] } })).status).toBe(400);
  });
});

describe('workbooks', () => {
  const type = 'Microsoft.Insights/workbooks';

  it('are listed by category, without their content unless it is asked for', async () => {
    const path = await create(bench, type, group);
    const collection = `${path.slice(0, path.lastIndexOf('/'))}?api-version=2023-06-01`;
    expect((await bench.get(collection)).status).toBe(400);
    const [thin] = (await bench.get(`${collection}&category=workbook`)).body.value;
    expect(thin.properties.displayName).toBe('Quality');
    expect(thin.properties).not.toHaveProperty('serializedData');
    const [whole] = (await bench.get(`${collection}&category=workbook&canFetchContent=true`)).body.value;
    expect(whole.properties.serializedData).toContain('Notebook');
    expect((await bench.get(`${collection}&category=sentinel`)).body.value).toEqual([]);
  });

  it('are named by GUIDs', async () => {
    const { url, body } = placed(sampleOf(type), group);
    expect((await bench.put(url.replace(/[0-9a-f-]{36}(?=\?)/, 'quality'), body)).status).toBe(400);
  });
});
