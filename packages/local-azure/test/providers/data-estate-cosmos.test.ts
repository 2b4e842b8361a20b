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
const region = (locationName: string, failoverPriority = 0): object => ({ locationName, failoverPriority });

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

function putAccount(properties: object = {}, more: object = {}): Promise<Answer> {
  const needed = { databaseAccountOfferType: 'Standard', locations: [region(location)] };
  return bench.put(account + version, { location, ...more, properties: { ...needed, ...properties } });
}

function post(path: string, body?: unknown): Promise<Answer> {
  return bench.send('POST', path + version, body);
}

describe('accounts', () => {
  it('answer 200 while they are made, with both headers', async () => {
    const { status, headers, body } = await putAccount();
    expect([status, body.properties.provisioningState]).toEqual([200, 'Creating']);
    expect(headers.get('location')).toContain('/operationResults/');
    const poll = new URL(headers.get('azure-asyncoperation') ?? '');
    expect((await bench.get(poll.pathname + poll.search)).body.status).toBe('Dequeued');
    clock.advance(1000);
    expect((await bench.get(poll.pathname + poll.search)).body.status).toBe('Succeeded');
  });

  it('tell their regions by display name, in the order of failover', async () => {
    await putAccount({ locations: [region('West US', 1), region('swedencentral', 0)] });
    clock.advance(1000);
    const { body } = await bench.get(account + version);
    expect(body.location).toBe('Sweden Central');
    expect(body.properties.documentEndpoint).toBe('https://ingate-cosmos.documents.azure.com:443/');
    expect(body.properties.locations).toMatchObject([
      { id: 'ingate-cosmos-swedencentral', locationName: 'Sweden Central', failoverPriority: 0 },
      { id: 'ingate-cosmos-westus', locationName: 'West US', failoverPriority: 1 },
    ]);
    expect(body.properties.writeLocations).toHaveLength(1);
    expect(body.properties.readLocations).toHaveLength(2);
  });

  it('change the region that is written to', async () => {
    await putAccount({ locations: [region('westus', 1), region('swedencentral', 0)] });
    clock.advance(1000);
    const path = `${account}/failoverPriorityChange`;
    expect(refusal(await post(path, { failoverPolicies: [region('westus', 0)] }))).toEqual([400, 'BadRequest']);
    const failoverPolicies = [region('West US', 0), region('Sweden Central', 1)];
    expect((await post(path, { failoverPolicies })).status).toBe(202);
    clock.advance(1000);
    const { body } = await bench.get(account + version);
    expect(body.properties.writeLocations).toMatchObject([{ locationName: 'West US' }]);
  });

  it('refuse regions that do not exist, and regions together with something else', async () => {
    expect(refusal(await putAccount({ locations: [] }))).toEqual([400, 'BadRequest']);
    expect(refusal(await putAccount({ locations: [region('Atlantis')] }))).toEqual([400, 'BadRequest']);
    expect(refusal(await putAccount({ locations: [region(location), region('westus')] }))).toEqual([400, 'BadRequest']);
    await putAccount();
    clock.advance(1000);
    const locations = [region(location), region('westus', 1)];
    expect(refusal(await putAccount({ locations, disableLocalAuth: true }))).toEqual([400, 'BadRequest']);
    expect((await putAccount({ locations })).status).toBe(200);
  });

  it('keep what cannot change', async () => {
    await putAccount({ enableAnalyticalStorage: true, backupPolicy: { type: 'Continuous' } });
    clock.advance(1000);
    expect(refusal(await putAccount({ enableAnalyticalStorage: false }))).toEqual([400, 'BadRequest']);
    expect(refusal(await putAccount({ backupPolicy: { type: 'Periodic' } }))).toEqual([400, 'BadRequest']);
    expect(refusal(await putAccount({ capabilities: [{ name: 'EnableServerless' }] }))).toEqual([400, 'BadRequest']);
    expect(refusal(await putAccount({ enableFreeTier: true }))).toEqual([400, 'BadRequest']);
    expect(refusal(await putAccount({}, { kind: 'MongoDB' }))).toEqual([400, 'BadRequest']);
    await putAccount();
    clock.advance(1000);
    expect((await bench.get(account + version)).body.properties).toMatchObject({
      enableAnalyticalStorage: true,
      backupPolicy: { type: 'Continuous', continuousModeProperties: { tier: 'Continuous30Days' } },
    });
    expect(refusal(await putAccount({ createMode: 'Restore' }))).toEqual([501, 'NotImplemented']);
  });

  it('have a name of their own in all of Azure', async () => {
    const url = `/providers/Microsoft.DocumentDB/databaseAccountNames/ingate-cosmos${version}`;
    expect((await bench.send('HEAD', url)).status).toBe(404);
    await create(bench, ACCOUNT, group);
    expect((await bench.send('HEAD', url)).status).toBe(200);
    const other = await bench.group('other');
    const properties = { databaseAccountOfferType: 'Standard', locations: [region(location)] };
    const taken = await bench.put(`${other}/${ACCOUNT}/ingate-cosmos${version}`, { location, properties });
    expect(refusal(taken)).toEqual([400, 'BadRequest']);
  });

  it('tell their keys, which change when they are made anew', async () => {
    await create(bench, ACCOUNT, group);
    const { body } = await post(`${account}/listKeys`);
    expect(Buffer.from(body.primaryMasterKey, 'base64')).toHaveLength(64);
    expect((await post(`${account}/regenerateKey`, { keyKind: 'primary' })).status).toBe(202);
    clock.advance(1000);
    const after = (await post(`${account}/listKeys`)).body;
    expect(after.primaryMasterKey).not.toBe(body.primaryMasterKey);
    expect(after.secondaryMasterKey).toBe(body.secondaryMasterKey);
    expect(Object.keys((await post(`${account}/readonlykeys`)).body)).toHaveLength(2);
    expect(JSON.stringify((await bench.get(account + version)).body)).not.toContain(after.primaryMasterKey);
  });

  it('let nothing be written while they are', async () => {
    await create(bench, ACCOUNT, group);
    await putAccount({ disableLocalAuth: true });
    const database = { properties: { resource: { id: 'support' } } };
    const busy = await bench.put(`${account}/sqlDatabases/support${version}`, database);
    expect(refusal(busy)).toEqual([412, 'PreconditionFailed']);
    expect(refusal(await putAccount())).toEqual([412, 'PreconditionFailed']);
  });
});
