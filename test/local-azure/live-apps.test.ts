import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../src/local-azure/index.ts';
import { startBench, type Answer, type Bench } from './client.ts';
import { create } from './samples.ts';
import { checkTraffic } from './type-check.ts';

let bench: Bench;
let environment: string;
let app: string;
const clock = createVirtualClock();
const version = '?api-version=2026-01-01';

beforeEach(async () => {
  bench = await startBench({ clock, timing: { operationMs: 0, revisionMs: 1000 } });
  const group = await bench.group();
  environment = await create(bench, 'Microsoft.App/managedEnvironments', group);
  app = `${group}/Microsoft.App/containerApps/api`;
});
afterEach(async () => {
  checkTraffic(bench.azure.requests());
  await bench.close();
});

interface Wanted {
  readonly suffix: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly image?: string;
  readonly traffic?: readonly object[];
  readonly minReplicas?: number;
}

/** Deploys a revision and waits until it is ready. */
async function deploy({ suffix, env = {}, image = 'contoso.azurecr.io/api:1', traffic, minReplicas }: Wanted) {
  const variables = Object.entries(env).map(([name, value]) => ({ name, value }));
  const answer = await bench.put(app + version, {
    location: 'swedencentral',
    properties: {
      environmentId: environment,
      configuration: {
        activeRevisionsMode: 'Multiple',
        ingress: { external: true, targetPort: 8080, ...(traffic ? { traffic } : {}) },
      },
      template: {
        revisionSuffix: suffix,
        containers: [{ name: 'api', image, env: variables }],
        scale: { minReplicas: minReplicas ?? 0, maxReplicas: 3, cooldownPeriod: 60 },
      },
    },
  });
  expect(answer.status).toBeLessThan(300);
  clock.advance(1000);
}

async function fqdn(): Promise<string> {
  return (await bench.get(app + version)).body.properties.configuration.ingress.fqdn;
}

/** Calls the app below the path that clients use who cannot choose a Host header. */
async function call(host?: string, path = '/'): Promise<Answer> {
  return bench.send('GET', `/apps/${host ?? (await fqdn())}${path}`, undefined, { token: false });
}

async function revisionsThatAnswer(calls: number, host?: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (let each = 0; each < calls; each++) {
    const name = (await call(host)).headers.get('x-local-revision') ?? 'none';
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

async function metrics(query: string): Promise<Answer> {
  return bench.get(`${app}/providers/Microsoft.Insights/metrics?api-version=2024-02-01&${query}`);
}

const SPLIT = [
  { revisionName: 'api--v1', weight: 80 },
  { revisionName: 'api--v2', weight: 20, label: 'candidate' },
];

describe('a container app with ingress', () => {
  it('answers below its path and by its host, and says which revision it was', async () => {
    await deploy({ suffix: 'v1' });
    const answer = await call(undefined, '/orders/1');
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ method: 'GET', path: '/orders/1', app: 'api', revision: 'api--v1', status: 200 });
    const { request } = await import('node:http');
    const host = await fqdn();
    const status = await new Promise((resolve, reject) => {
      request(bench.azure.url, { headers: { host } }, (reply) => resolve(reply.headers['x-local-revision']))
        .on('error', reject)
        .end();
    });
    expect(status).toBe('api--v1');
  });

  it('splits requests by weight, and reaches a revision or a label without any', async () => {
    await deploy({ suffix: 'v1' });
    await deploy({
      suffix: 'v2',
      env: { LOCAL_BODY: '{"answer":"new"}' },
      traffic: [{ revisionName: 'api--v1', weight: 100 }],
    });
    expect(await revisionsThatAnswer(5)).toEqual({ 'api--v1': 5 });
    const host = await fqdn();
    const candidate = await call(host.replace('api.', 'api--v2.'));
    expect(candidate.body).toEqual({ answer: 'new' });
    expect((await call(host.replace('api.', 'api---candidate.'))).status).toBe(404);
    await deploy({ suffix: 'v2', env: { LOCAL_BODY: '{"answer":"new"}' }, traffic: SPLIT });
    expect(await revisionsThatAnswer(20)).toEqual({ 'api--v1': 16, 'api--v2': 4 });
    expect(await revisionsThatAnswer(3, host.replace('api.', 'api---candidate.'))).toEqual({ 'api--v2': 3 });
  });

  it('fails as often as its environment variables say', async () => {
    await deploy({ suffix: 'v1', env: { LOCAL_ERROR_RATE: '0.25' } });
    const statuses: number[] = [];
    for (let each = 0; each < 12; each++) statuses.push((await call()).status);
    expect(statuses.filter((status) => status === 500)).toHaveLength(3);
    await deploy({ suffix: 'v2', env: { LOCAL_STATUS: '418' } });
    expect((await call()).status).toBe(418);
  });

  it('is not there while it is stopped, unknown or without ingress, and unavailable while it is sick', async () => {
    await deploy({ suffix: 'v1' });
    const host = await fqdn();
    expect((await call(host.replace('api.', 'other.'))).status).toBe(404);
    expect((await bench.send('POST', `${app}/stop${version}`)).status).toBe(202);
    expect((await call(host)).status).toBe(404);
    expect((await bench.send('POST', `${app}/start${version}`)).status).toBe(202);
    expect((await call(host)).status).toBe(200);
    await bench.send('POST', `${app}/revisions/api--v1/deactivate${version}`);
    expect((await call(host)).status).toBe(404);
    await deploy({ suffix: 'sick', image: 'contoso.azurecr.io/api:unhealthy' });
    expect((await call(host.replace('api.', 'api--sick.'))).status).toBe(503);
  });

  it('wakes a revision that was scaled to zero, which sleeps again after its cooldown', async () => {
    await deploy({ suffix: 'v1' });
    const state = async (): Promise<unknown[]> => {
      const { properties } = (await bench.get(`${app}/revisions/api--v1${version}`)).body;
      return [properties.runningState, properties.replicas];
    };
    expect(await state()).toEqual(['ScaledToZero', 0]);
    await call();
    expect(await state()).toEqual(['Running', 1]);
    clock.advance(30_000);
    await call();
    clock.advance(45_000);
    expect(await state()).toEqual(['Running', 1]);
    clock.advance(180_000);
    expect(await state()).toEqual(['ScaledToZero', 0]);
  });
});

describe('metrics of a container app', () => {
  it('count exactly what was served, by revision and status', async () => {
    await deploy({ suffix: 'v1' });
    await deploy({ suffix: 'v2', env: { LOCAL_ERROR_RATE: '0.5', LOCAL_LATENCY_MS: '40' }, traffic: SPLIT });
    for (let each = 0; each < 20; each++) await call();
    clock.advance(60_000);
    const all = await metrics('metricnames=Requests&aggregation=total&interval=FULL');
    expect(all.status).toBe(200);
    expect(all.body.value[0].timeseries[0].data).toEqual([{ timeStamp: expect.any(String), total: 20 }]);
    const filter = encodeURIComponent("revisionName eq '*' and statusCodeCategory eq '*'");
    const split = await metrics(`metricnames=Requests&aggregation=total&interval=FULL&$filter=${filter}`);
    const rows = split.body.value[0].timeseries.map(
      (one: { metadatavalues: { value: string }[]; data: { total: number }[] }) => [
        ...one.metadatavalues.map(({ value }) => value),
        one.data[0]?.total,
      ],
    );
    expect(rows.toSorted()).toEqual([
      ['api--v1', '2xx', 16],
      ['api--v2', '2xx', 2],
      ['api--v2', '5xx', 2],
    ]);
    const bad = encodeURIComponent("revisionName eq 'api--v2' and statusCodeCategory eq '5xx'");
    const errors = await metrics(`metricnames=Requests&aggregation=total&interval=FULL&$filter=${bad}`);
    expect(errors.body.value[0].timeseries[0].data[0].total).toBe(2);
    const time = await metrics('metricnames=ResponseTime&aggregation=average,maximum&interval=FULL');
    expect(time.body.value[0].timeseries[0].data[0]).toMatchObject({ average: 8, maximum: 40 });
  });

  it('leave out what was not measured, keep minutes apart, and count restarts', async () => {
    await deploy({ suffix: 'v1' });
    await call();
    await bench.send('POST', `${app}/revisions/api--v1/restart${version}`);
    clock.advance(180_000);
    const { body } = await metrics('metricnames=Requests,RestartCount&aggregation=total,average&timespan=PT4M');
    const [requests, restarts] = body.value;
    const data: { total: number; average?: number }[] = requests.timeseries[0].data;
    expect(data).toHaveLength(5);
    expect(data.filter((one) => one.total === 1)).toHaveLength(1);
    expect(data.filter((one) => one.total === 0)).toHaveLength(4);
    expect(data.filter((one) => one.average !== undefined)).toEqual([expect.objectContaining({ average: 1 })]);
    const counts = restarts.timeseries[0].data.map((one: { total: number }) => one.total);
    expect(counts.toSorted()).toEqual([0, 0, 0, 0, 1]);
  });

  it('refuse what is not there, in Azure’s form', async () => {
    await deploy({ suffix: 'v1' });
    const unknown = await metrics('metricnames=Happiness');
    expect([unknown.status, unknown.body.code]).toEqual([400, 'BadRequest']);
    expect(unknown.body.message).toContain('Valid metrics: Requests');
    const grain = await metrics('metricnames=Requests&interval=PT2M');
    expect([grain.status, grain.body.code]).toEqual([400, 'BadRequest']);
    const dimension = await metrics(`metricnames=Requests&$filter=${encodeURIComponent("colour eq 'red'")}`);
    expect([dimension.status, dimension.body.code]).toEqual([400, 'BadRequest']);
    const none = await bench.get(
      `${environment}/providers/Microsoft.Insights/metricDefinitions?api-version=2024-02-01`,
    );
    expect(none.body).toEqual({ value: [] });
    const definitions = await bench.get(`${app}/providers/Microsoft.Insights/metricDefinitions?api-version=2024-02-01`);
    expect(definitions.body.value.map((one: { name: { value: string } }) => one.name.value)).toEqual([
      'Requests',
      'ResponseTime',
      'RestartCount',
      'Replicas',
    ]);
  });

  it('are gone with the app', async () => {
    await deploy({ suffix: 'v1' });
    await call();
    await bench.send('DELETE', app + version);
    await deploy({ suffix: 'v1' });
    const { body } = await metrics('metricnames=Requests&aggregation=total&interval=FULL');
    expect(body.value[0].timeseries[0].data[0].total).toBe(0);
  });
});
