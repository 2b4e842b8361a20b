import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../src/index.ts';
import { startBench, type Answer, type Bench } from '../support/client.ts';
import { create } from '../support/samples.ts';
import { checkTraffic } from '../support/type-check.ts';

let bench: Bench;
let group: string;
let account: string;
const clock = createVirtualClock();
const version = '?api-version=2026-03-15';
const location = 'swedencentral';
const ACCOUNT = 'Microsoft.DocumentDB/databaseAccounts';

beforeEach(async () => {
  bench = await startBench({ clock, timing: { operationMs: 1000 } });
  group = await bench.group();
  account = `${group}/${ACCOUNT}/ingate-cosmos`;
});
afterEach(async () => {
  checkTraffic(bench.azure.requests());
  await bench.close();
});

function refusal({ status, body }: Answer): [number, string] {
  return [status, body.error.code];
}

/** Puts, waits for the end and reads. */
async function settled(path: string, body: unknown): Promise<Answer> {
  const answer = await bench.put(path + version, body);
  expect(answer.status).toBeLessThan(300);
  clock.advance(1000);
  return await bench.get(path + version);
}

function post(path: string, body?: unknown): Promise<Answer> {
  return bench.send('POST', path + version, body);
}

describe('databases and containers', () => {
  const database = (): string => `${account}/sqlDatabases/support`;
  const container = (): string => `${database()}/containers/threads`;
  const resource = { id: 'threads', partitionKey: { paths: ['/user'], version: 2 } };
  const throughput = async (path: string): Promise<Answer> =>
    await bench.get(`${path}/throughputSettings/default${version}`);

  beforeEach(async () => {
    await create(bench, ACCOUNT, group);
  });

  it('repeat their name in the body', async () => {
    const wrong = await bench.put(database() + version, { properties: { resource: { id: 'other' } } });
    expect(refusal(wrong)).toEqual([400, 'BadRequest']);
  });

  it('tell their throughput apart from themselves', async () => {
    const options = { autoscaleSettings: { maxThroughput: 4000 } };
    const { body } = await settled(database(), { properties: { resource: { id: 'support' }, options } });
    expect(body.properties.options).toBeUndefined();
    expect(body.properties.resource).toMatchObject({ id: 'support', _colls: 'colls/' });
    expect((await throughput(database())).body.properties.resource).toEqual({
      autoscaleSettings: { maxThroughput: 4000 },
      minimumThroughput: '1000',
      offerReplacePending: 'false',
    });
    await settled(container(), { properties: { resource } });
    expect((await throughput(container())).status).toBe(404);
  });

  it('get 400 request units for a container that has no other throughput', async () => {
    await settled(database(), { properties: { resource: { id: 'support' } } });
    expect(refusal(await throughput(database()))).toEqual([404, 'NotFound']);
    await settled(container(), { properties: { resource } });
    expect((await throughput(container())).body.properties.resource.throughput).toBe(400);
  });

  it('change throughput, and its mode by migration only', async () => {
    await settled(database(), { properties: { resource: { id: 'support' }, options: { throughput: 400 } } });
    const path = `${database()}/throughputSettings/default`;
    const put = (wanted: object): Promise<Answer> => bench.put(path + version, { properties: { resource: wanted } });
    expect((await put({ throughput: 500 })).status).toBe(202);
    clock.advance(1000);
    expect(refusal(await put({ throughput: 450 }))).toEqual([400, 'BadRequest']);
    expect(refusal(await put({ autoscaleSettings: { maxThroughput: 1000 } }))).toEqual([400, 'BadRequest']);
    expect((await post(`${path}/migrateToAutoscale`)).status).toBe(202);
    clock.advance(1000);
    expect((await throughput(database())).body.properties.resource.autoscaleSettings.maxThroughput).toBe(1000);
    await post(`${path}/migrateToManualThroughput`);
    clock.advance(1000);
    expect((await throughput(database())).body.properties.resource.throughput).toBe(1000);
  });

  it('have no throughput on serverless accounts', async () => {
    await bench.send('DELETE', account + version);
    clock.advance(1000);
    const capabilities = [{ name: 'EnableServerless' }];
    const properties = { databaseAccountOfferType: 'Standard', locations: [{ locationName: location }], capabilities };
    await bench.put(account + version, { location, properties });
    clock.advance(1000);
    const options = { throughput: 400 };
    const refused = await bench.put(database() + version, { properties: { resource: { id: 'support' }, options } });
    expect(refusal(refused)).toEqual([400, 'BadRequest']);
    await settled(database(), { properties: { resource: { id: 'support' } } });
    await settled(container(), { properties: { resource } });
    expect((await throughput(container())).status).toBe(404);
  });

  it('tell an indexing policy in full, and keep keys and conflict resolution', async () => {
    await settled(database(), { properties: { resource: { id: 'support' } } });
    const { body } = await settled(container(), {
      properties: { resource: { ...resource, indexingPolicy: { excludedPaths: [{ path: '/body/*' }] } } },
    });
    expect(body.properties.resource).toMatchObject({
      indexingPolicy: {
        automatic: true,
        indexingMode: 'consistent',
        includedPaths: [{ path: '/*' }],
        excludedPaths: [{ path: '/body/*' }, { path: '/"_etag"/?' }],
      },
      partitionKey: { paths: ['/user'], kind: 'Hash', version: 2 },
      conflictResolutionPolicy: { mode: 'LastWriterWins', conflictResolutionPath: '/_ts' },
    });
    const put = (change: object): Promise<Answer> =>
      bench.put(container() + version, { properties: { resource: { ...resource, ...change } } });
    expect(refusal(await put({ partitionKey: { paths: ['/tenant'] } }))).toEqual([400, 'BadRequest']);
    expect(refusal(await put({ uniqueKeyPolicy: { uniqueKeys: [{ paths: ['/mail'] }] } }))[0]).toBe(400);
    expect(refusal(await put({ conflictResolutionPolicy: { mode: 'Custom' } }))).toEqual([400, 'BadRequest']);
    expect((await put({ conflictResolutionPolicy: { mode: 'LastWriterWins' }, defaultTtl: 60 })).status).toBe(202);
  });

  it('need a partition key, and a capability for vectors', async () => {
    await settled(database(), { properties: { resource: { id: 'support' } } });
    const put = (change: object): Promise<Answer> =>
      bench.put(container() + version, { properties: { resource: { id: 'threads', ...change } } });
    expect(refusal(await put({}))).toEqual([400, 'BadRequest']);
    expect(refusal(await put({ partitionKey: { paths: ['/a', '/b'] } }))).toEqual([400, 'BadRequest']);
    const vector = { path: '/v', dataType: 'float32', distanceFunction: 'cosine', dimensions: 8 };
    const refused = await put({
      partitionKey: { paths: ['/a'] },
      vectorEmbeddingPolicy: { vectorEmbeddings: [vector] },
    });
    expect(refusal(refused)).toEqual([400, 'BadRequest']);
  });
});

describe('roles on the data', () => {
  const principalId = '9f0c0a3e-52c2-4d5c-8a4f-0b8c3a6f7d21';
  const name = '3f6a1a52-6c3c-4a2b-8d0e-1f0f7b8f5a11';
  const reader = '00000000-0000-0000-0000-000000000001';

  beforeEach(async () => {
    await create(bench, ACCOUNT, group);
  });

  it('are two from the start, which cannot be changed', async () => {
    const { body } = await bench.get(`${account}/sqlRoleDefinitions${version}`);
    expect(body.value.map((each: { properties: { roleName: string } }) => each.properties.roleName)).toEqual([
      'Cosmos DB Built-in Data Reader',
      'Cosmos DB Built-in Data Contributor',
    ]);
    const removed = await bench.send('DELETE', `${account}/sqlRoleDefinitions/${reader}${version}`);
    expect(refusal(removed)).toEqual([400, 'BadRequest']);
  });

  it('are assigned at the account or below, to principals, for good', async () => {
    const url = `${account}/sqlRoleAssignments/${name}${version}`;
    const roleDefinitionId = `${account}/sqlRoleDefinitions/${reader}`;
    const good = { roleDefinitionId, scope: `${account}/dbs/support`, principalId };
    const put = (change: object): Promise<Answer> => bench.put(url, { properties: { ...good, ...change } });
    expect(refusal(await put({ scope: '/subscriptions/x' }))).toEqual([400, 'BadRequest']);
    expect(refusal(await put({ principalId: 'me' }))).toEqual([400, 'BadRequest']);
    expect(refusal(await put({ roleDefinitionId: `${account}/sqlRoleDefinitions/${name}` }))[0]).toBe(400);
    expect((await put({})).status).toBe(202);
    clock.advance(1000);
    expect((await bench.get(url)).body.properties).toEqual(good);
    expect(refusal(await put({ scope: account }))).toEqual([400, 'BadRequest']);
  });

  it('stay while they are assigned', async () => {
    const role = await create(bench, 'Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions', group);
    const properties = { roleDefinitionId: role, scope: account, principalId };
    await settled(`${account}/sqlRoleAssignments/${name}`, { properties });
    expect(refusal(await bench.send('DELETE', role + version))).toEqual([409, 'Conflict']);
  });
});
