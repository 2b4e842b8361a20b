import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../src/index.ts';
import { startBench, type Answer, type Bench } from '../support/client.ts';
import { create } from '../support/samples.ts';
import { checkTraffic } from '../support/type-check.ts';

let bench: Bench;
let group: string;
let server: string;
const clock = createVirtualClock();
const version = '?api-version=2025-01-01';
const location = 'swedencentral';
const sid = '9f0c0a3e-52c2-4d5c-8a4f-0b8c3a6f7d21';

beforeEach(async () => {
  bench = await startBench({ clock, timing: { operationMs: 1000 } });
  group = await bench.group();
  server = `${group}/Microsoft.Sql/servers/ingate-sql`;
});
afterEach(async () => {
  checkTraffic(bench.azure.requests());
  await bench.close();
});

function refusal({ status, body }: Answer): [number, string] {
  return [status, body.error.code];
}

async function settled(path: string, body: unknown): Promise<Answer> {
  const answer = await bench.put(path + version, body);
  expect(answer.status).toBeLessThan(300);
  clock.advance(1000);
  return await bench.get(path + version);
}

describe('servers', () => {
  it('are accepted with 202, both headers and the name of the operation', async () => {
    const properties = { administratorLogin: 'owner', administratorLoginPassword: 'canary-Secret-1' };
    const accepted = await bench.put(server + version, { location, properties });
    expect(accepted.status).toBe(202);
    expect(accepted.body).toEqual({ operation: 'UpsertLogicalServer', startTime: expect.any(String) });
    const status = new URL(accepted.headers.get('azure-asyncoperation') ?? '');
    const result = new URL(accepted.headers.get('location') ?? '');
    expect((await bench.get(result.pathname + result.search)).status).toBe(202);
    expect((await bench.get(status.pathname + status.search)).body.status).toBe('InProgress');
    clock.advance(1000);
    expect((await bench.get(status.pathname + status.search)).body.status).toBe('Succeeded');
    const ended = await bench.get(result.pathname + result.search);
    expect([ended.status, ended.body.name]).toEqual([200, 'ingate-sql']);
  });

  it('fill in what was not said, and never tell the password', async () => {
    await create(bench, 'Microsoft.Sql/servers', group);
    const { body } = await bench.get(server + version);
    expect(body.kind).toBe('v12.0');
    expect(body.properties).toMatchObject({
      version: '12.0',
      state: 'Ready',
      minimalTlsVersion: '1.2',
      publicNetworkAccess: 'Enabled',
      fullyQualifiedDomainName: 'ingate-sql.database.windows.net',
    });
    expect(JSON.stringify(body)).not.toContain('canary');
    expect(body.properties.administrators).toBeUndefined();
  });

  it('keep their login, and what a PUT does not send', async () => {
    await create(bench, 'Microsoft.Sql/servers', group);
    const other = await bench.put(server + version, { location, properties: { administratorLogin: 'somebody' } });
    expect(refusal(other)).toEqual([400, 'InvalidParameterValue']);
    const again = await settled(server, { location, tags: { a: 'b' } });
    expect(again.body.properties.administratorLogin).toBe('owner');
  });

  it('need a login and a good password, unless only Entra ID may log in', async () => {
    const put = (properties: object): Promise<Answer> => bench.put(server + version, { location, properties });
    expect(refusal(await put({}))).toEqual([400, 'InvalidParameterValue']);
    const login = { administratorLogin: 'owner' };
    expect(refusal(await put({ ...login, administratorLoginPassword: 'aB1' }))).toEqual([400, 'PasswordTooShort']);
    expect(refusal(await put({ ...login, administratorLoginPassword: 'alllowercase' }))[1]).toBe('PasswordNotComplex');
    const administrators = {
      administratorType: 'ActiveDirectory',
      principalType: 'Group',
      login: 'owners',
      sid,
      azureADOnlyAuthentication: true,
    };
    const { body } = await settled(server, { location, properties: { administrators } });
    expect(body.properties.administratorLogin).toMatch(/^CloudSA[0-9a-f]{8}$/u);
    expect(body.properties.administrators).toMatchObject(administrators);
    const admin = (await bench.get(`${server}/administrators/ActiveDirectory${version}`)).body;
    expect(admin.properties).toMatchObject({ login: 'owners', azureADOnlyAuthentication: true });
    const removed = await bench.send('DELETE', `${server}/administrators/ActiveDirectory${version}`);
    expect(refusal(removed)).toEqual([400, 'AADOnlyAuthenticationIsEnabled']);
  });

  it('have names of their own in all of Azure', async () => {
    await create(bench, 'Microsoft.Sql/servers', group);
    const check = (name: string): Promise<Answer> =>
      bench.send('POST', `/subscriptions/{s}/providers/Microsoft.Sql/checkNameAvailability${version}`, {
        name,
        type: 'Microsoft.Sql/servers',
      });
    expect((await check('ingate-sql')).body).toMatchObject({ available: false, reason: 'AlreadyExists' });
    expect((await check('Not_Valid')).body).toMatchObject({ available: false, reason: 'Invalid' });
    expect((await check('free')).body).toEqual({ name: 'free', available: true });
    const other = await bench.group('other');
    const properties = { administratorLogin: 'owner', administratorLoginPassword: 'canary-Secret-1' };
    const taken = await bench.put(`${other}/Microsoft.Sql/servers/ingate-sql${version}`, { location, properties });
    expect(refusal(taken)).toEqual([409, 'NameAlreadyExists']);
    const bad = await bench.put(`${other}/Microsoft.Sql/servers/Not_Valid${version}`, { location, properties });
    expect(refusal(bad)).toEqual([400, 'InvalidServerName']);
  });
});

describe('databases', () => {
  beforeEach(async () => {
    await create(bench, 'Microsoft.Sql/servers', group);
  });

  it('have master among them from the start, which cannot be written or dropped', async () => {
    const { body } = await bench.get(`${server}/databases${version}`);
    expect(body.value).toMatchObject([{ name: 'master', kind: 'v12.0,system', sku: { name: 'System' } }]);
    const url = `${server}/databases/master${version}`;
    expect(refusal(await bench.put(url, { location }))).toEqual([400, 'InvalidDatabaseName']);
    expect(refusal(await bench.send('DELETE', url))).toEqual([400, 'InvalidDatabaseName']);
  });

  it.each([
    [{ name: 'S0' }, { name: 'Standard', tier: 'Standard', capacity: 10 }, 'S0'],
    [{ name: 'standard', capacity: 20 }, { name: 'Standard', tier: 'Standard', capacity: 20 }, 'S1'],
    [{ name: 'Basic' }, { name: 'Basic', tier: 'Basic', capacity: 5 }, 'Basic'],
    [
      { name: 'gp_s_gen5_2' },
      { name: 'GP_S_Gen5', tier: 'GeneralPurpose', family: 'Gen5', capacity: 2 },
      'GP_S_Gen5_2',
    ],
    [
      { name: 'BC_Gen5', capacity: 4 },
      { name: 'BC_Gen5', tier: 'BusinessCritical', family: 'Gen5', capacity: 4 },
      'BC_Gen5_4',
    ],
  ])('tell their sku %o in full', async (sku, shown, objective) => {
    const { body } = await settled(`${server}/databases/tickets`, { location, sku });
    expect(body.sku).toEqual(shown);
    expect(body.properties).toMatchObject({ currentSku: shown, currentServiceObjectiveName: objective });
  });

  it('change their sku as a whole, and keep what is not sent', async () => {
    const path = `${server}/databases/tickets`;
    await settled(path, { location, sku: { name: 'GP_S_Gen5', capacity: 4 }, properties: { minCapacity: 1 } });
    const patched = await bench.send('PATCH', path + version, { sku: { name: 'S1' } });
    expect([patched.status, patched.body.operation]).toEqual([202, 'UpdateLogicalDatabase']);
    clock.advance(1000);
    const { body } = await bench.get(path + version);
    expect(body.sku).toEqual({ name: 'Standard', tier: 'Standard', capacity: 20 });
    const kept = await settled(path, { location });
    expect(kept.body.sku).toEqual(body.sku);
  });

  it('refuse skus that are not sold, another collation, another place and copies', async () => {
    const path = `${server}/databases/tickets`;
    const put = (body: object): Promise<Answer> => bench.put(path + version, { location, ...body });
    expect(refusal(await put({ sku: { name: 'XL' } }))).toEqual([400, 'InvalidSku']);
    expect(refusal(await put({ location: 'westus' }))).toEqual([400, 'MismatchingLocation']);
    expect(refusal(await put({ properties: { createMode: 'Copy', sourceDatabaseId: 'x' } }))).toEqual([
      501,
      'NotImplemented',
    ]);
    await settled(path, { location, properties: { collation: 'Latin1_General_100_CI_AS' } });
    const other = await put({ properties: { collation: 'SQL_Latin1_General_CP1_CI_AS' } });
    expect(refusal(other)).toEqual([400, 'InvalidParameterValue']);
  });

  it('are written one at a time', async () => {
    const url = `${server}/databases/tickets${version}`;
    await bench.put(url, { location });
    expect(refusal(await bench.put(url, { location }))).toEqual([409, 'ConflictingDatabaseOperation']);
  });
});

it('takes firewall rules with good ranges while the public network is open', async () => {
  await create(bench, 'Microsoft.Sql/servers', group);
  const url = `${server}/firewallRules/office${version}`;
  const put = (startIpAddress: string, endIpAddress: string): Promise<Answer> =>
    bench.put(url, { properties: { startIpAddress, endIpAddress } });
  expect((await put('10.0.0.1', '10.0.0.9')).status).toBe(201);
  expect((await put('10.0.0.1', '10.0.0.20')).status).toBe(200);
  expect(refusal(await put('10.0.0.9', '10.0.0.1'))).toEqual([400, 'InvalidParameterValue']);
  expect(refusal(await put('office', '10.0.0.1'))).toEqual([400, 'InvalidParameterValue']);
  await bench.send('PATCH', server + version, { properties: { publicNetworkAccess: 'Disabled' } });
  clock.advance(1000);
  expect(refusal(await put('10.0.0.1', '10.0.0.9'))).toEqual([400, 'DenyPublicEndpointEnabled']);
});

it('needs an administrator before SQL logins are shut out', async () => {
  await create(bench, 'Microsoft.Sql/servers', group);
  const url = `${server}/azureADOnlyAuthentications/Default${version}`;
  const only = { properties: { azureADOnlyAuthentication: true } };
  expect(refusal(await bench.put(url, only))).toEqual([400, 'AadAdminNotConfigured']);
  await settled(`${server}/administrators/ActiveDirectory`, { properties: { login: 'owners', sid } });
  expect((await bench.put(url, only)).status).toBe(202);
  clock.advance(1000);
  expect((await bench.get(server + version)).body.properties.administrators.azureADOnlyAuthentication).toBe(true);
});
