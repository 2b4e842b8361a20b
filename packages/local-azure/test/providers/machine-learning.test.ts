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
const DAY = 24 * 3600 * 1000;

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

describe('workspaces', () => {
  it('are accepted with 202 and both headers, and know where they are', async () => {
    for (const need of sampleOf(ML).needs ?? []) await create(bench, need, group);
    const path = `${group}/${ML}/scoring`;
    const accepted = await bench.put(path + version, bodyOf(ML));
    expect([accepted.status, accepted.body]).toEqual([202, undefined]);
    const poll = new URL(accepted.headers.get('azure-asyncoperation') ?? '');
    expect((await bench.get(poll.pathname + poll.search)).body.status).toBe('InProgress');
    clock.advance(1000);
    const { body } = await bench.get(path + version);
    expect(body).toMatchObject({ kind: 'Default', sku: { name: 'Basic' }, identity: { type: 'SystemAssigned' } });
    expect(body.properties).toMatchObject({
      friendlyName: 'scoring',
      provisioningState: 'Succeeded',
      publicNetworkAccess: 'Enabled',
      hbiWorkspace: false,
      discoveryUrl: 'https://swedencentral.api.azureml.ms/discovery',
    });
  });

  it('need an identity, and storage, vault and insights that are there', async () => {
    const put = (change: object, identity: object = { type: 'SystemAssigned' }): Promise<Answer> => {
      const body = bodyOf(ML);
      return bench.put(`${group}/${ML}/scoring${version}`, {
        ...body,
        identity,
        properties: { ...body.properties, ...change },
      });
    };
    expect(refusal(await put({}))).toEqual([400, 'ValidationError']);
    for (const need of sampleOf(ML).needs ?? []) await create(bench, need, group);
    expect(refusal(await put({ keyVault: undefined }))).toEqual([400, 'ValidationError']);
    expect(refusal(await put({}, { type: 'None' }))).toEqual([400, 'BadRequest']);
    const storage = `${group}/Microsoft.Storage/storageAccounts/ingatelake`;
    await bench.put(`${storage}?api-version=2026-04-01`, {
      location,
      kind: 'StorageV2',
      sku: { name: 'Standard_LRS' },
      properties: { isHnsEnabled: true },
    });
    clock.advance(1000);
    expect(refusal(await put({ storageAccount: storage }))).toEqual([400, 'ValidationError']);
    expect((await put({})).status).toBe(202);
    clock.advance(1000);
    expect(refusal(await put({ keyVault: storage }))).toEqual([400, 'BadRequest']);
  });

  it('keep their name when deleted, unless they are purged', async () => {
    const path = await create(bench, ML, group);
    await bench.send('DELETE', path + version);
    clock.advance(1000);
    expect(refusal(await bench.put(path + version, bodyOf(ML)))).toEqual([409, 'Conflict']);
    clock.advance(14 * DAY);
    await settled(path, bodyOf(ML));
    expect((await bench.send('DELETE', `${path}${version}&forceToPurge=true`)).status).toBe(202);
    clock.advance(1000);
    expect((await bench.get(path + version)).status).toBe(404);
    expect((await bench.put(path + version, bodyOf(ML))).status).toBe(202);
    clock.advance(1000);
    await bench.send('DELETE', path + version);
    clock.advance(1000);
    expect((await bench.send('DELETE', `${path}${version}&forceToPurge=true`)).status).toBe(204);
    expect((await bench.put(path + version, bodyOf(ML))).status).toBe(202);
  });
});

describe('computes', () => {
  it('are clusters that scale, and keep their size', async () => {
    const path = await create(bench, `${ML}/computes`, group);
    const { body } = await bench.get(path + version);
    expect(body.properties).toMatchObject({
      computeType: 'AmlCompute',
      computeLocation: location,
      properties: {
        vmPriority: 'Dedicated',
        scaleSettings: { maxNodeCount: 4, minNodeCount: 0, nodeIdleTimeBeforeScaleDown: 'PT120S' },
        allocationState: 'Steady',
        currentNodeCount: 0,
      },
    });
    const put = (change: object): Promise<Answer> => {
      const properties = { vmSize: 'Standard_DS3_v2', scaleSettings: { maxNodeCount: 4 }, ...change };
      return bench.put(path + version, { properties: { computeType: 'AmlCompute', properties } });
    };
    expect(refusal(await put({ vmSize: 'Standard_NC6' }))).toEqual([400, 'UserError']);
    expect(refusal(await put({ scaleSettings: { maxNodeCount: 1, minNodeCount: 2 } }))).toEqual([400, 'UserError']);
    expect((await put({ scaleSettings: { maxNodeCount: 8, minNodeCount: 1 } })).status).toBe(200);
    clock.advance(1000);
    const other = { properties: { computeType: 'ComputeInstance', properties: {} } };
    const refused = await bench.put(path.replace('cluster', 'notebook') + version, other);
    expect(refusal(refused)).toEqual([501, 'NotImplemented']);
  });
});

describe('assets', () => {
  it('are made by their first version, which then stays', async () => {
    const path = await create(bench, `${ML}/models/versions`, group);
    const asset = path.split('/').slice(0, -2).join('/');
    expect((await bench.get(asset + version)).body.properties).toMatchObject({ latestVersion: '1', nextVersion: '2' });
    const { properties } = bodyOf(`${ML}/models/versions`);
    const moved = await bench.put(path + version, { properties: { ...properties, modelUri: 'azureml://other' } });
    expect(refusal(moved)).toEqual([400, 'UserError']);
    const told = await bench.put(path + version, { properties: { ...properties, description: 'Better' } });
    expect(told.body.properties.description).toBe('Better');
    await bench.put(`${asset}/versions/2${version}`, { properties });
    expect((await bench.get(asset + version)).body.properties.latestVersion).toBe('2');
    expect((await bench.get(`${asset}/versions${version}`)).body.value).toHaveLength(2);
    const nowhere = await bench.put(`${group}/${ML}/none/models/a/versions/1${version}`, { properties });
    expect(refusal(nowhere)).toEqual([404, 'ParentResourceNotFound']);
  });
});
