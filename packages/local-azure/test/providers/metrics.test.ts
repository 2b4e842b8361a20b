import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../src/index.ts';
import type { Answer } from '../support/client.ts';
import { LAB_START, startIngressLab, type IngressLab } from '../ingress/ingress-lab.ts';
import { create } from '../support/samples.ts';

const MINUTE = 60_000;
const METRICS = 'providers/microsoft.insights/metrics?api-version=2024-02-01';

let lab: IngressLab;
beforeEach(async () => {
  lab = await startIngressLab();
});
afterEach(() => lab.bench.close());

/** From minute `from` to minute `to` of the test. */
function span(from: number, to: number): string {
  const [start, end] = [from, to].map((minute) => new Date(LAB_START + minute * MINUTE).toISOString());
  return `${start ?? ''}/${end ?? ''}`;
}

async function query(members: Readonly<Record<string, string>>, resource = lab.app): Promise<Answer> {
  const text = Object.entries(members).map(([name, value]) => `&${name}=${encodeURIComponent(value)}`);
  return await lab.bench.get(`${resource}/${METRICS}${text.join('')}`);
}

interface Point {
  readonly timeStamp: string;
  readonly total?: number;
}
interface Line {
  readonly metadatavalues: readonly { readonly name: { readonly value: string }; readonly value: string }[];
  readonly data: readonly Point[];
}

/** Totals of every series by its labels: `{'api--v1 500': 3}`. */
async function totals(members: Readonly<Record<string, string>>): Promise<Record<string, number>> {
  const { status, body } = await query({ aggregation: 'total', timespan: span(0, 60), ...members });
  expect(status).toBe(200);
  const lines = body.value[0].timeseries as readonly Line[];
  return Object.fromEntries(
    lines.map(({ metadatavalues, data }) => [
      metadatavalues.map(({ value }) => value).join(' '),
      data.reduce((sum, { total = 0 }) => sum + total, 0),
    ]),
  );
}

async function refusal(members: Readonly<Record<string, string>>, resource?: string): Promise<[number, string]> {
  const { status, body } = await query(members, resource);
  return [status, body.code ?? body.error.code];
}

async function canary(): Promise<void> {
  await lab.deploy({ suffix: 'v1' });
  const traffic = [
    { revisionName: 'api--v1', weight: 80 },
    { revisionName: 'api--v2', weight: 20 },
  ];
  await lab.deploy({ suffix: 'v2', env: { LOCAL_ERROR_RATE: '1' }, traffic });
}

describe('Requests', () => {
  it('are counted exactly, by revision and status', async () => {
    await canary();
    expect(await lab.callTimes(100)).toEqual({ 'api--v1 200': 80, 'api--v2 500': 20 });
    expect(await totals({ metricnames: 'Requests' })).toEqual({ '': 100 });
    const filter = "revisionName eq '*' and statusCodeCategory eq '*'";
    expect(await totals({ metricnames: 'requests', $filter: filter })).toEqual({
      'api--v1 2xx': 80,
      'api--v2 5xx': 20,
    });
    expect(await totals({ metricnames: 'Requests', $filter: "statusCode eq '500'" })).toEqual({ 500: 20 });
    const either = "(RevisionName eq 'api--v1' or revisionName eq 'api--none') and statusCodeCategory eq '2xx'";
    expect(await totals({ metricnames: 'Requests', $filter: either })).toEqual({ 'api--v1 2xx': 80 });
    const rolled = { metricnames: 'Requests', $filter: filter, rollupby: 'statusCodeCategory' };
    expect(await totals(rolled)).toEqual({ 'api--v1': 80, 'api--v2': 20 });
  });

  it('fall into the minute that they came in, zero where none came', async () => {
    await lab.deploy({ suffix: 'v1' });
    await lab.callTimes(3);
    lab.clock.advance(2 * MINUTE);
    await lab.callTimes(2);
    const { body } = await query({ metricnames: 'Requests', timespan: span(0, 4), aggregation: 'Total,average' });
    expect(body).toMatchObject({
      interval: 'PT1M',
      namespace: 'Microsoft.App/containerApps',
      resourceregion: 'swedencentral',
    });
    expect(body.timespan).toBe('2026-01-01T01:00:00Z/2026-01-01T01:04:00Z');
    expect(body.value[0]).toMatchObject({ unit: 'Count', errorCode: 'Success', name: { value: 'Requests' } });
    expect(body.value[0].timeseries).toEqual([
      {
        metadatavalues: [],
        data: [
          { timeStamp: '2026-01-01T01:00:00Z', total: 3, average: 1 },
          { timeStamp: '2026-01-01T01:01:00Z', total: 0 },
          { timeStamp: '2026-01-01T01:02:00Z', total: 2, average: 1 },
          { timeStamp: '2026-01-01T01:03:00Z' },
        ],
      },
    ]);
    const wide = await query({ metricnames: 'Requests', timespan: span(1, 4), interval: 'PT5M' });
    expect(wide.body.value[0].timeseries[0].data).toEqual([{ timeStamp: '2026-01-01T01:00:00Z', total: 5 }]);
    const full = await query({ metricnames: 'Requests', timespan: span(1, 4), interval: 'FULL' });
    expect(full.body.value[0].timeseries[0].data).toEqual([{ timeStamp: '2026-01-01T01:01:00Z', total: 2 }]);
  });

  it('count what found no healthy replica, not what found no app', async () => {
    await lab.deploy({ suffix: 'v1', image: 'contoso.azurecr.io/api:unhealthy' });
    await lab.callTimes(4);
    await lab.callTimes(4, 'nobody');
    expect(await totals({ metricnames: 'Requests', $filter: "statusCode eq '*'" })).toEqual({ 503: 4 });
  });

  it('make no series where nothing matches, and go with the app', async () => {
    await lab.deploy({ suffix: 'v1' });
    expect(await totals({ metricnames: 'Requests', $filter: "revisionName eq '*'" })).toEqual({});
    await lab.callTimes(2);
    await lab.bench.send('DELETE', `${lab.app}?api-version=2026-01-01`);
    expect(await refusal({ metricnames: 'Requests' })).toEqual([404, 'ResourceNotFound']);
    await lab.deploy({ suffix: 'v1' });
    expect(await totals({ metricnames: 'Requests' })).toEqual({ '': 0 });
  });
});

describe('other metrics', () => {
  it('ResponseTime is what the answers took', async () => {
    await lab.deploy({ suffix: 'v1', env: { LOCAL_LATENCY_MS: '120' } });
    await lab.call();
    await lab.deploy({ suffix: 'v2', env: { LOCAL_LATENCY_MS: '40' } });
    await lab.callTimes(3);
    const aggregation = 'average,minimum,maximum,count';
    const { body } = await query({ metricnames: 'ResponseTime', aggregation, timespan: span(0, 1) });
    expect(body.value[0].timeseries[0].data).toEqual([
      { timeStamp: '2026-01-01T01:00:00Z', average: 60, minimum: 40, maximum: 120, count: 4 },
    ]);
  });

  it('Replicas and RestartCount follow the revisions', async () => {
    await lab.deploy({ suffix: 'v1', scale: { minReplicas: 2, maxReplicas: 5 } });
    lab.clock.advance(MINUTE);
    await lab.act('revisions/api--v1/restart');
    await lab.act('stop');
    lab.clock.advance(2 * MINUTE);
    const { body } = await query({
      metricnames: 'Replicas,RestartCount',
      timespan: span(0, 4),
      aggregation: 'maximum,total',
      $filter: "revisionName eq 'api--v1'",
    });
    const values = body.value.map(({ timeseries }: { timeseries: Line[] }) =>
      timeseries[0]?.data.map(({ total }) => total),
    );
    expect(values).toEqual([
      [2, 2, 0, 0],
      [0, 1, 0, 0],
    ]);
  });

  it('a revision that never starts is restarted', async () => {
    await lab.deploy({ suffix: 'v1', image: 'contoso.azurecr.io/api:unhealthy' });
    expect(await totals({ metricnames: 'RestartCount' })).toEqual({ '': 1 });
  });

  it('UsageNanoCores is not measured, nor is anything at other types', async () => {
    await lab.deploy({ suffix: 'v1' });
    await lab.callTimes(1);
    const cores = await query({ metricnames: 'UsageNanoCores', aggregation: 'average,total', timespan: span(0, 1) });
    expect(cores.body.value[0].timeseries[0].data).toEqual([{ timeStamp: '2026-01-01T01:00:00Z', total: 0 }]);
    const group = lab.app.replace(/\/Microsoft\.App.*$/u, '');
    const account = await create(lab.bench, 'Microsoft.CognitiveServices/accounts', group);
    const other = await query({ metricnames: 'ClientErrors' }, account);
    expect(other.body.value).toMatchObject([{ name: { value: 'ClientErrors' }, timeseries: [] }]);
  });
});

describe('queries', () => {
  it('put the greatest first and take as many as wanted', async () => {
    await canary();
    await lab.callTimes(100);
    const all = { metricnames: 'Requests', $filter: "revisionName eq '*'" };
    expect(Object.keys(await totals({ ...all, orderby: 'sum desc' }))).toEqual(['api--v1', 'api--v2']);
    expect(Object.keys(await totals({ ...all, orderby: 'Total asc', top: '1' }))).toEqual(['api--v2']);
    const names = await query({ ...all, timespan: span(0, 1), resultType: 'Metadata' });
    expect(names.body).not.toHaveProperty('interval');
    expect(names.body.value[0].timeseries).toHaveLength(2);
    expect(names.body.value[0].timeseries[0]).toEqual({
      metadatavalues: [{ name: { value: 'revisionname', localizedValue: 'revisionname' }, value: 'api--v1' }],
    });
  });

  it('are refused when they make no sense', async () => {
    await lab.deploy({ suffix: 'v1' });
    const wrong: readonly Readonly<Record<string, string>>[] = [
      { metricnames: 'Nonsense' },
      { aggregation: 'median' },
      { interval: 'PT7M' },
      { timespan: 'yesterday' },
      { timespan: span(5, 5) },
      { timespan: span(0, 100 * 24 * 60) },
      { metricnamespace: 'microsoft.web/sites' },
      { metricnames: 'Requests', $filter: "podName eq '*'" },
      { metricnames: 'Requests', $filter: "statusCode eq '*' or revisionName eq '*'" },
      { metricnames: 'Requests', $filter: "statusCode eq '200' and statusCode eq '500'" },
      { metricnames: 'Requests', $filter: 'statusCode eq 200' },
      { metricnames: 'Requests', $filter: "statusCode eq '200' and" },
      { metricnames: 'Requests', $filter: "(statusCode eq '200'" },
      { metricnames: 'Replicas', $filter: "statusCode eq '200'" },
      { top: '0' },
      { orderby: 'sum sideways' },
    ];
    for (const members of wrong) expect([members, await refusal(members)]).toEqual([members, [400, 'BadRequest']]);
    expect(await refusal({ metricnames: 'Requests', $filter: "statusCode ne '200'" })).toEqual([501, 'NotImplemented']);
    const subscription = lab.app.split('/').slice(0, 3).join('/');
    expect(await refusal({}, subscription)).toEqual([501, 'NotImplemented']);
    const told = await query({ metricnames: 'Nonsense' });
    expect(told.body.message).toContain('Valid metrics: Requests,ResponseTime,RestartCount,Replicas,UsageNanoCores');
  });

  it('take a near grain and unknown dimensions when asked to, and times as clients send them', async () => {
    await lab.deploy({ suffix: 'v1' });
    await lab.callTimes(2);
    const adjusted = await query({ metricnames: 'Requests', interval: 'PT7M', AutoAdjustTimegrain: 'true' });
    expect(adjusted.body.interval).toBe('PT15M');
    const lenient = { metricnames: 'Requests', $filter: "podName eq '*'", ValidateDimensions: 'false' };
    expect(await totals(lenient)).toEqual({});
    const path = `${lab.app}/${METRICS}&timespan=2026-01-01T01:00:00+00:00/2026-01-01T01:01:00+00:00`;
    expect((await lab.bench.get(path)).body.timespan).toBe('2026-01-01T01:00:00Z/2026-01-01T01:01:00Z');
    const asAzSends = encodeURIComponent('2026-01-01T01:00:00.000000/2026-01-01T01:01:00.000000');
    const twice = await query({ metricnames: 'Requests', timespan: asAzSends });
    expect(twice.body.timespan).toBe('2026-01-01T01:00:00Z/2026-01-01T01:01:00Z');
  });

  it('definitions and namespaces tell what can be asked', async () => {
    await lab.deploy({ suffix: 'v1' });
    const base = `${lab.app}/providers/Microsoft.Insights`;
    const definitions = await lab.bench.get(`${base}/metricDefinitions?api-version=2024-02-01`);
    expect(definitions.body.value[0]).toMatchObject({
      name: { value: 'Requests' },
      primaryAggregationType: 'Total',
      metricAvailabilities: expect.arrayContaining([{ timeGrain: 'PT1M', retention: 'P93D' }]),
      dimensions: [{ value: 'revisionName' }, { value: 'statusCodeCategory' }, { value: 'statusCode' }],
    });
    const namespaces = await lab.bench.get(`${base}/metricNamespaces?api-version=2024-02-01`);
    expect(namespaces.body.value).toMatchObject([
      { properties: { metricNamespaceName: 'Microsoft.App/containerApps' }, classification: 'Platform' },
    ]);
  });
});

it('metrics come late when the option says so', async () => {
  await lab.bench.close();
  lab = await startIngressLab({ metricsIngestionMs: 3 * MINUTE });
  await lab.deploy({ suffix: 'v1' });
  await lab.callTimes(2);
  const seen = async (): Promise<Point[]> => {
    const { body } = await query({ metricnames: 'Requests', timespan: span(0, 1) });
    return body.value[0].timeseries[0].data;
  };
  lab.clock.advance(3 * MINUTE);
  expect(await seen()).toEqual([{ timeStamp: '2026-01-01T01:00:00Z' }]);
  lab.clock.advance(MINUTE);
  expect(await seen()).toEqual([{ timeStamp: '2026-01-01T01:00:00Z', total: 2 }]);
});

it('counts, shares and replicas survive a restart', async () => {
  await lab.bench.close();
  const folder = mkdtempSync(join(tmpdir(), 'ingate-metrics-'));
  try {
    const stateFile = join(folder, 'state.db');
    const clock = createVirtualClock();
    lab = await startIngressLab({ stateFile, clock });
    await canary();
    const first = await lab.callTimes(30);
    await lab.bench.close();
    // Takes a minute of the clock.
    lab = await startIngressLab({ stateFile, clock });
    const second = await lab.callTimes(70);
    expect((first['api--v1 200'] ?? 0) + (second['api--v1 200'] ?? 0)).toBe(80);
    expect(await totals({ metricnames: 'Requests' })).toEqual({ '': 100 });
    expect(await totals({ metricnames: 'Replicas', $filter: "revisionName eq 'api--v1'" })).toEqual({ 'api--v1': 2 });
  } finally {
    await lab.bench.close();
    rmSync(folder, { recursive: true });
    lab = await startIngressLab();
  }
});
