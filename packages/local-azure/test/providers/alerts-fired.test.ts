import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '../support/client.ts';
import { startIngressLab, type IngressLab } from '../ingress/ingress-lab.ts';

let lab: IngressLab;
beforeEach(async () => {
  lab = await startIngressLab();
});
afterEach(() => lab.bench.close());

const MINUTE = 60_000;
const ALERTS = '/subscriptions/{s}/providers/Microsoft.AlertsManagement/alerts';

interface Essentials {
  readonly [name: string]: string;
}
interface Item {
  readonly id: string;
  readonly name: string;
  readonly properties: { readonly essentials: Essentials };
}

function list(query: Readonly<Record<string, string>> = {}, scope = ALERTS): Promise<Answer> {
  return lab.bench.get(`${scope}?${new URLSearchParams({ 'api-version': '2019-03-01', ...query }).toString()}`);
}

async function items(query: Readonly<Record<string, string>> = {}, scope?: string): Promise<Item[]> {
  return (await list(query, scope)).body.value as Item[];
}

/** A rule about more than three answers with 5xx in five minutes. */
async function rule(name: string, more: object = {}, criterion: object = {}): Promise<void> {
  const group = lab.app.replace(/\/Microsoft\.App.*$/u, '');
  const criteria = {
    'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria',
    allOf: [
      {
        name: 'errors',
        criterionType: 'StaticThresholdCriterion',
        metricName: 'Requests',
        operator: 'GreaterThan',
        threshold: 3,
        timeAggregation: 'Total',
        dimensions: [{ name: 'statusCodeCategory', operator: 'Include', values: ['5xx'] }],
        ...criterion,
      },
    ],
  };
  const properties = {
    description: 'Too many errors',
    severity: 1,
    enabled: true,
    scopes: [lab.app],
    evaluationFrequency: 'PT1M',
    windowSize: 'PT5M',
    criteria,
    ...more,
  };
  const url = `${group}/Microsoft.Insights/metricAlerts/${name}?api-version=2018-03-01`;
  const { status, body } = await lab.bench.put(url, { location: 'global', properties });
  expect(status, JSON.stringify(body)).toBe(200);
}

describe('alerts', () => {
  it('fire while the condition of a rule holds for what was measured, and are over afterwards', async () => {
    await lab.deploy({ suffix: 'v1', env: { LOCAL_STATUS: '500' } });
    await rule('errors');
    await lab.callTimes(3);
    expect(await items()).toEqual([]);
    await lab.callTimes(1);
    const [alert] = await items();
    expect(alert).toMatchObject({ name: 'errors', type: 'Microsoft.AlertsManagement/alerts' });
    expect(alert?.id.toLowerCase()).toContain('/containerapps/api/providers/microsoft.alertsmanagement/alerts/');
    expect(alert?.properties.essentials).toMatchObject({
      severity: 'Sev1',
      signalType: 'Metric',
      monitorService: 'Platform',
      monitorCondition: 'Fired',
      alertState: 'New',
      targetResource: lab.app.toLowerCase(),
      targetResourceGroup: 'rg',
      targetResourceType: 'containerapps',
      description: 'Too many errors',
      alertRule: expect.stringMatching(/\/metricAlerts\/errors$/u) as string,
    });
    lab.clock.advance(3 * MINUTE);
    const [later] = await items();
    expect(later?.id).toBe(alert?.id);
    expect(later?.properties.essentials['startDateTime']).toBe(alert?.properties.essentials['startDateTime']);
    const { body } = await lab.bench.get(`${alert?.id ?? ''}?api-version=2019-03-01`);
    expect(body).toEqual(later);
    lab.clock.advance(3 * MINUTE);
    expect(await items()).toEqual([]);
    expect((await lab.bench.get(`${alert?.id ?? ''}?api-version=2019-03-01`)).status).toBe(404);
  });

  it('do not fire for other values of a dimension, disabled rules and dynamic thresholds', async () => {
    await lab.deploy({ suffix: 'v1', env: { LOCAL_STATUS: '500' } });
    await rule('others', {}, { dimensions: [{ name: 'statusCodeCategory', operator: 'Include', values: ['4xx'] }] });
    await rule('excluded', {}, { dimensions: [{ name: 'statusCodeCategory', operator: 'Exclude', values: ['5xx'] }] });
    await rule('disabled', { enabled: false });
    await rule(
      'latency',
      {},
      { metricName: 'ResponseTime', timeAggregation: 'Average', threshold: 10_000, dimensions: [] },
    );
    await rule('any', {}, { dimensions: [{ name: 'revisionName', operator: 'Include', values: ['*'] }] });
    await lab.callTimes(5);
    expect((await items()).map(({ name }) => name)).toEqual(['any']);
  });

  it('are found by scope and filter, in pages, and what makes no sense is refused', async () => {
    await lab.deploy({ suffix: 'v1', env: { LOCAL_STATUS: '500' } });
    await Promise.all([rule('a'), rule('b', { severity: 3 }), rule('c')]);
    await lab.callTimes(5);
    const names = async (query: Readonly<Record<string, string>>, scope?: string): Promise<string[]> =>
      (await items(query, scope)).map(({ name }) => name).toSorted();
    expect(await names({ severity: 'Sev3' })).toEqual(['b']);
    expect(await names({ targetResourceGroup: 'RG', monitorCondition: 'Fired', timeRange: '30d' })).toEqual([
      'a',
      'b',
      'c',
    ]);
    expect(await names({ targetResourceGroup: 'other' })).toEqual([]);
    expect(await names({ monitorCondition: 'Resolved' })).toEqual([]);
    expect(await names({}, `${lab.app}/providers/Microsoft.AlertsManagement/alerts`)).toEqual(['a', 'b', 'c']);
    const first = await list({ pageCount: '2' });
    expect(first.body.value).toHaveLength(2);
    const next = new URL(first.body.nextLink as string);
    expect((await lab.bench.get(next.pathname + next.search)).body.value).toHaveLength(1);
    expect((await list({ pageCount: '251' })).status).toBe(400);
    expect((await list({ timeRange: '2d' })).status).toBe(400);
    const put = await lab.bench.put(`${ALERTS}/x?api-version=2019-03-01`, {});
    expect(put.status).toBe(405);
  });
});
