import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { APP_VERSION, askHost, startIngressLab, type IngressLab } from './ingress-lab.ts';
import { checkTraffic } from '../support/type-check.ts';

let lab: IngressLab;

beforeEach(async () => {
  lab = await startIngressLab();
});
afterEach(async () => {
  checkTraffic(lab.bench.azure.requests());
  await lab.bench.close();
});

const split = (stable: number): object[] => [
  { revisionName: 'api--v1', weight: stable, label: 'stable' },
  { revisionName: 'api--v2', weight: 100 - stable, label: 'candidate' },
];

async function twoRevisions(stable: number, env: Record<string, string> = {}): Promise<void> {
  await lab.deploy({ suffix: 'v1' });
  await lab.deploy({ suffix: 'v2', env, image: 'contoso.azurecr.io/api:2', traffic: split(stable) });
}

async function revision(name: string): Promise<Record<string, unknown>> {
  return (await lab.bench.get(`${lab.app}/revisions/${name}${APP_VERSION}`)).body.properties;
}

describe('an app', () => {
  it('answers by path with what was asked, without a token', async () => {
    await lab.deploy({ suffix: 'v1' });
    const { status, body, headers } = await lab.call('/chat/one%20two?q=a%26b', 'api', { method: 'POST' });
    expect([status, body]).toEqual([
      200,
      { app: 'api', revision: 'api--v1', label: null, method: 'POST', path: '/chat/one%20two?q=a%26b' },
    ]);
    expect(headers.get('x-local-azure-revision')).toBe('api--v1');
    expect((await lab.call('')).body.path).toBe('/');
  });

  it('answers by the Host header, at every path', async () => {
    await lab.deploy({ suffix: 'v1' });
    const ingress = (await lab.properties())['configuration'] as { ingress: { fqdn: string } };
    const { fqdn } = ingress.ingress;
    const { port } = lab.bench.azure;
    for (const path of ['/', '/_local/reset', '/foundry/x', '/subscriptions']) {
      const answer = await askHost(port, `${fqdn.toUpperCase()}:${port}`, path, { accept: 'text/html' });
      expect([answer.status, answer.body.path]).toEqual([200, path]);
    }
    expect((await lab.properties())['latestReadyRevisionName']).toBe('api--v1');
  });

  it('is logged without bodies, keys and cookies', async () => {
    await lab.deploy({ suffix: 'v1', env: { LOCAL_BODY: 'canary-answer' } });
    const headers = { 'api-key': 'canary-key', cookie: 'session=canary-cookie', authorization: 'Bearer canary-token' };
    await lab.call('/chat', 'api', { method: 'POST', text: 'canary-question', headers });
    const entry = lab.bench.azure.requests().at(-1);
    expect(entry).toMatchObject({
      method: 'POST',
      status: 200,
      responseHeaders: { 'x-local-azure-revision': 'api--v1' },
    });
    expect(JSON.stringify(entry)).not.toContain('canary');
  });

  it('splits requests by weight, exactly over every hundred and not in blocks', async () => {
    await twoRevisions(90);
    expect(await lab.callTimes(100)).toEqual({ 'api--v1 200': 90, 'api--v2 200': 10 });
    const runs = [await lab.callTimes(20), await lab.callTimes(20)];
    for (const run of runs) expect(run['api--v2 200']).toBeLessThanOrEqual(3);
    await lab.deploy({ suffix: 'v2', image: 'contoso.azurecr.io/api:2', traffic: split(50) });
    expect(await lab.callTimes(100)).toEqual({ 'api--v1 200': 50, 'api--v2 200': 50 });
  });

  it('splits in the same order on every server of the same seed', async () => {
    const order = async (): Promise<string[]> => {
      const revisions: string[] = [];
      for (let index = 0; index < 30; index += 1) revisions.push((await lab.call()).body.revision);
      return revisions;
    };
    await twoRevisions(60);
    const first = await order();
    await lab.bench.close();
    lab = await startIngressLab();
    await twoRevisions(60);
    expect(await order()).toEqual(first);
    expect(new Set(first).size).toBe(2);
  });

  it('is reached by revision and by label, also at a weight of zero', async () => {
    await twoRevisions(100);
    expect((await lab.call('/', 'api--v2')).body).toMatchObject({ revision: 'api--v2', label: null });
    expect((await lab.call('/', 'api---candidate')).body).toMatchObject({ revision: 'api--v2', label: 'candidate' });
    expect(await lab.callTimes(10)).toEqual({ 'api--v1 200': 10 });
    const moved = [{ revisionName: 'api--v1', weight: 100, label: 'candidate' }];
    await lab.deploy({ suffix: 'v2', image: 'contoso.azurecr.io/api:2', traffic: moved });
    expect((await lab.call('/', 'api---candidate')).body.revision).toBe('api--v1');
    expect((await lab.call('/', 'api---stable')).status).toBe(404);
  });

  it('behaves as its environment variables say', async () => {
    await lab.deploy({ suffix: 'v1', env: { LOCAL_STATUS: '418', LOCAL_BODY: '{"answer":"short and stout"}' } });
    const teapot = await lab.call();
    expect([teapot.status, teapot.body]).toEqual([418, { answer: 'short and stout' }]);
    expect(teapot.headers.get('content-type')).toBe('application/json; charset=utf-8');
    await lab.deploy({ suffix: 'v2', env: { LOCAL_BODY: '<b>text</b>' } });
    const text = await lab.call();
    expect([text.body, text.headers.get('content-type')]).toEqual(['<b>text</b>', 'text/plain; charset=utf-8']);
    await lab.deploy({ suffix: 'v3', env: { LOCAL_STATUS: '204' } });
    expect(await lab.call()).toMatchObject({ status: 204, body: undefined });
    await lab.deploy({ suffix: 'v4', env: { LOCAL_STATUS: 'nonsense' } });
    expect((await lab.call()).body.error).toEqual({
      code: 'LocalBehaviourInvalid',
      message: 'LOCAL_STATUS must be a status of 200 to 599.',
    });
  });

  it('fails as often as the error rate says, whatever the traffic', async () => {
    await lab.deploy({ suffix: 'v1', env: { LOCAL_ERROR_RATE: '0.2' } });
    expect(await lab.callTimes(1000)).toEqual({ 'api--v1 200': 800, 'api--v1 500': 200 });
    await lab.deploy({ suffix: 'v2', env: { LOCAL_ERROR_RATE: '1' } });
    expect(await lab.callTimes(5)).toEqual({ 'api--v2 500': 5 });
  });

  it('takes its time on the virtual clock', async () => {
    await lab.deploy({ suffix: 'v1', env: { LOCAL_LATENCY_MS: '90000' } });
    const before = lab.clock.now();
    await lab.call();
    expect(lab.clock.now() - before).toBe(90_000);
  });

  it('wakes from zero replicas and falls asleep after its cooldown period', async () => {
    await lab.deploy({ suffix: 'v1', scale: { maxReplicas: 5, cooldownPeriod: 60 } });
    expect(await revision('api--v1')).toMatchObject({ runningState: 'ScaledToZero', replicas: 0 });
    await lab.call();
    expect(await revision('api--v1')).toMatchObject({ runningState: 'Running', replicas: 1 });
    lab.clock.advance(40_000);
    await lab.call();
    lab.clock.advance(40_000);
    expect(await revision('api--v1')).toMatchObject({ runningState: 'Running', replicas: 1 });
    lab.clock.advance(20_000);
    expect(await revision('api--v1')).toMatchObject({ runningState: 'ScaledToZero', replicas: 0 });
  });
});

describe('nothing answers', () => {
  it('where no app is: 404 with a page that repeats nothing', async () => {
    await lab.deploy({ suffix: 'v1' });
    const answer = await lab.call('/<script>', 'nobody');
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.body).not.toContain('<script>');
    expect((await lab.call('/', 'api--none')).status).toBe(404);
    expect((await lab.call('/', 'api---none')).status).toBe(404);
    expect((await lab.call('/', 'ap')).status).toBe(404);
  });

  it('for an app without HTTP ingress', async () => {
    await lab.deploy({ suffix: 'v1', ingress: null });
    expect((await lab.call()).status).toBe(404);
    await lab.deploy({ suffix: 'v1', ingress: { transport: 'Tcp' } });
    expect((await lab.call()).status).toBe(404);
    await lab.deploy({ suffix: 'v1', ingress: { external: false } });
    expect((await lab.call()).status).toBe(404);
    expect((await lab.call('/', 'api.internal')).status).toBe(200);
  });

  it('for an inactive revision: 404 by name, 503 by weight or label', async () => {
    await twoRevisions(50);
    await lab.act('revisions/api--v2/deactivate');
    expect((await lab.call('/', 'api--v2')).status).toBe(404);
    expect((await lab.call('/', 'api---candidate')).status).toBe(503);
    expect(await lab.callTimes(100)).toEqual({ 'api--v1 200': 50, 'api--v2 503': 50 });
    await lab.act('revisions/api--v2/activate');
    lab.clock.advance(5000);
    expect(await lab.callTimes(100)).toEqual({ 'api--v1 200': 50, 'api--v2 200': 50 });
  });

  it('for a revision that is starting or never starts: 503', async () => {
    await lab.deploy({ suffix: 'v1', image: 'contoso.azurecr.io/api:unhealthy' });
    expect((await lab.call()).status).toBe(503);
    await lab.deploy({ suffix: 'v2' });
    expect(await lab.callTimes(3)).toEqual({ 'api--v2 200': 3 });
    await lab.act('revisions/api--v2/restart');
    expect((await lab.call()).status).toBe(503);
    lab.clock.advance(5000);
    expect((await lab.call()).status).toBe(200);
  });

  it('for a stopped app, until it is started', async () => {
    await lab.deploy({ suffix: 'v1', scale: { minReplicas: 2, maxReplicas: 5 } });
    expect(await lab.act('stop')).toBe(202);
    expect((await lab.call()).status).toBe(404);
    expect(await revision('api--v1')).toMatchObject({ active: true, runningState: 'Stopped', replicas: 0 });
    await lab.deploy({
      suffix: 'v1',
      scale: { minReplicas: 2, maxReplicas: 5 },
      configuration: { maxInactiveRevisions: 3 },
    });
    expect((await lab.properties())['runningStatus']).toBe('Stopped');
    expect(await lab.act('start')).toBe(202);
    lab.clock.advance(5000);
    expect(await revision('api--v1')).toMatchObject({ runningState: 'Running', replicas: 2 });
    expect((await lab.call()).status).toBe(200);
  });
});

describe('in Single mode', () => {
  it('the old revision answers until the new one is ready', async () => {
    await lab.deploy({ suffix: 'v1', mode: 'Single' });
    const sick = { suffix: 'v2', mode: 'Single', image: 'contoso.azurecr.io/api:unhealthy' } as const;
    await lab.deploy(sick);
    expect(await lab.callTimes(3)).toEqual({ 'api--v1 200': 3 });
    await lab.deploy({ suffix: 'v3', mode: 'Single' });
    expect(await lab.callTimes(3)).toEqual({ 'api--v3 200': 3 });
  });

  it('no more inactive revisions are kept than maxInactiveRevisions says', async () => {
    for (const suffix of ['v1', 'v2', 'v3', 'v4'])
      await lab.deploy({
        suffix,
        mode: 'Single',
        configuration: { maxInactiveRevisions: 1 },
        env: { VERSION: suffix },
      });
    const { body } = await lab.bench.get(`${lab.app}/revisions${APP_VERSION}`);
    expect(body.value.map(({ name }: { name: string }) => name)).toEqual(['api--v3', 'api--v4']);
  });
});
