import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../src/index.ts';
import { startBench, type Answer, type Bench } from '../support/client.ts';
import { create, placed, sampleOf } from '../support/samples.ts';
import { checkTraffic } from '../support/type-check.ts';

let bench: Bench;
let group: string;
const clock = createVirtualClock();
const version = '?api-version=2026-05-01';
const location = 'swedencentral';
const ML = 'Microsoft.MachineLearningServices/workspaces';

beforeEach(async () => {
  bench = await startBench({ clock, timing: { operationMs: 1000 } });
  group = await bench.group();
});
afterEach(async () => {
  checkTraffic(bench.azure.requests());
  await bench.close();
});

function refusal({ status, body }: Answer): [number, string] {
  return [status, body.error.code];
}

// oxlint-disable-next-line typescript/no-explicit-any -- tests change members of any depth
function bodyOf(type: string): any {
  return placed(sampleOf(type), group).body;
}

async function settled(path: string, body: unknown): Promise<Answer> {
  const answer = await bench.put(path + version, body);
  expect(answer.status).toBeLessThan(300);
  clock.advance(1000);
  return await bench.get(path + version);
}

describe('batch endpoints', () => {
  let endpoint: string;
  let deployment: string;

  beforeEach(async () => {
    deployment = await create(bench, `${ML}/batchEndpoints/deployments`, group);
    endpoint = deployment.split('/').slice(0, -2).join('/');
  });

  it('give work to a deployment that is there', async () => {
    const body = bodyOf(`${ML}/batchEndpoints`);
    const put = (deploymentName: string): Promise<Answer> =>
      bench.put(endpoint + version, { ...body, properties: { ...body.properties, defaults: { deploymentName } } });
    expect(refusal(await put('green'))).toEqual([400, 'UserError']);
    expect((await put('blue')).status).toBe(200);
    clock.advance(1000);
    const { properties } = (await bench.get(endpoint + version)).body;
    expect(properties.defaults).toEqual({ deploymentName: 'blue' });
    expect(properties.scoringUri).toBe(`${bench.azure.url}/ml/${location}/nightly-scores/jobs`);
    const patched = await bench.send('PATCH', endpoint + version, { properties: { description: 'x' } });
    expect(refusal(patched)).toEqual([400, 'UserError']);
    const keys = (await bench.send('POST', `${endpoint}/listkeys${version}`)).body;
    expect(keys.primaryKey).not.toBe(keys.secondaryKey);
  });

  it('have deployments with defaults, whose parts must be there', async () => {
    const body = bodyOf(`${ML}/batchEndpoints/deployments`);
    expect((await bench.get(deployment + version)).body.properties).toMatchObject({
      miniBatchSize: 10,
      maxConcurrencyPerInstance: 1,
      resources: { instanceCount: 1 },
      retrySettings: { maxRetries: 3, timeout: 'PT30S' },
      errorThreshold: -1,
      outputAction: 'AppendRow',
      outputFileName: 'predictions.csv',
      loggingLevel: 'Info',
    });
    const put = (change: object): Promise<Answer> =>
      bench.put(deployment.replace('blue', 'green') + version, {
        ...body,
        properties: { ...body.properties, ...change },
      });
    expect(refusal(await put({ compute: `${endpoint}/none` }))).toEqual([400, 'UserError']);
    expect(refusal(await put({ environmentId: `${endpoint}/none` }))).toEqual([400, 'UserError']);
    expect(refusal(await put({ model: undefined }))).toEqual([400, 'UserError']);
    expect((await put({ environmentId: 'azureml://registries/azureml/environments/a/versions/1' })).status).toBe(201);
  });

  it('have names of their own in a region', async () => {
    const workspace = endpoint.split('/').slice(0, -2).join('/');
    await settled(`${workspace}2`, bodyOf(ML));
    const taken = await bench.put(
      `${workspace}2/batchEndpoints/nightly-scores${version}`,
      bodyOf(`${ML}/batchEndpoints`),
    );
    expect(refusal(taken)).toEqual([409, 'Conflict']);
  });

  describe('when invoked', () => {
    const scoring = `/ml/${location}/nightly-scores/jobs`;
    const input = (Uri: string): object => ({
      properties: { InputData: { tickets: { JobInputType: 'UriFolder', Uri } } },
    });
    const named = { headers: { 'azureml-model-deployment': 'blue' } };
    const invoke = (uri = 'https://contoso.blob.core.windows.net/in'): Promise<Answer> =>
      bench.send('POST', scoring, input(uri), named);
    const statusOf = async (name: string): Promise<string> =>
      (await bench.get(`${scoring}/${name}`)).body.properties.status;

    it('make a job that runs to its end by the clock', async () => {
      const { status, body } = await invoke();
      expect([status, body.properties.status, body.properties.deploymentName]).toEqual([201, 'Preparing', 'blue']);
      expect(body.id).toBe(`${endpoint}/jobs/${body.name}`);
      const seen: string[] = [];
      for (const wait of [100, 200, 400, 300]) {
        clock.advance(wait);
        seen.push(await statusOf(body.name));
      }
      expect(seen).toEqual(['Queued', 'Running', 'Running', 'Completed']);
      const job = (await bench.get(`${scoring}/${body.name}`)).body;
      expect(job.properties.outputData.score.Uri).toMatch(/\/score\/predictions\.csv$/u);
      expect((await bench.get(body.id + version)).body.properties).toEqual(job.properties);
      expect((await bench.get(scoring)).body.value).toEqual([job]);
    });

    it('use the default deployment, and need one', async () => {
      const missing = await bench.send('POST', scoring, input('https://a'));
      expect(refusal(missing)).toEqual([400, 'UserError']);
      const body = bodyOf(`${ML}/batchEndpoints`);
      const properties = { ...body.properties, defaults: { deploymentName: 'blue' } };
      await settled(endpoint, { ...body, properties });
      expect((await bench.send('POST', scoring, input('https://a'))).status).toBe(201);
      const unknown = { headers: { 'azureml-model-deployment': 'green' } };
      expect(refusal(await bench.send('POST', scoring, input('https://a'), unknown))).toEqual([400, 'UserError']);
    });

    it('fail, are cancelled, and end as a fault says', async () => {
      const bad = (await invoke('https://contoso.blob.core.windows.net/unprocessable')).body.name;
      const stopped = (await invoke()).body.name;
      expect((await bench.send('POST', `${scoring}/${stopped}/cancel`)).status).toBe(202);
      bench.azure.faults.add({
        name: 'no quota',
        match: { method: 'POST', path: '/jobs$' },
        operation: { error: { code: 'Quota', message: 'no quota left' } },
      });
      const poor = (await invoke()).body.name;
      clock.advance(1000);
      expect([await statusOf(bad), await statusOf(stopped), await statusOf(poor)]).toEqual([
        'Failed',
        'Canceled',
        'Failed',
      ]);
      expect((await bench.get(`${scoring}/${poor}`)).body.properties.error.message).toBe('no quota left');
    });

    it('refuse calls without token, input or endpoint', async () => {
      const open = await bench.send('POST', scoring, input('https://a'), { token: false });
      expect(refusal(open)).toEqual([401, 'AuthenticationFailed']);
      expect(refusal(await bench.send('POST', scoring, {}, named))).toEqual([400, 'UserError']);
      const typed = { properties: { InputData: { a: { JobInputType: 'Folder', Uri: 'x' } } } };
      expect(refusal(await bench.send('POST', scoring, typed, named))).toEqual([400, 'UserError']);
      expect((await bench.send('POST', scoring.replace('nightly', 'no'), input('a'), named)).status).toBe(404);
      expect((await bench.get(`${scoring}/none`)).status).toBe(404);
    });
  });
});
