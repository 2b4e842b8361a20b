import { afterEach, beforeEach, expect, it } from 'vitest';
import { createVirtualClock } from '../../src/index.ts';
import { startBench, type Answer, type Bench } from '../support/client.ts';
import { create } from '../support/samples.ts';
import { checkTraffic } from '../support/type-check.ts';

let bench: Bench;
let service: string;
const clock = createVirtualClock();
const version = '?api-version=2025-05-01';
const TYPE = 'Microsoft.Search/searchServices';

beforeEach(async () => {
  bench = await startBench({ clock, timing: { operationMs: 1000 } });
  service = `${await bench.group()}/${TYPE}/ingate-search`;
});
afterEach(async () => {
  checkTraffic(bench.azure.requests());
  await bench.close();
});

function put(name: string, properties: object = {}, path = service): Promise<Answer> {
  return bench.put(path + version, { location: 'swedencentral', sku: { name }, properties });
}

function refusal({ status, body }: Answer): [number, string] {
  return [status, body.error.code];
}

it('is provisioned without headers, told by its state in lower case', async () => {
  const { status, headers, body } = await put('Standard');
  expect([status, headers.get('azure-asyncoperation'), headers.get('location')]).toEqual([201, null, null]);
  expect(body).toMatchObject({
    location: 'Sweden Central',
    sku: { name: 'standard' },
    properties: { provisioningState: 'provisioning', status: 'provisioning', hostingMode: 'Default' },
  });
  clock.advance(1000);
  const done = (await bench.get(service + version)).body.properties;
  expect(done).toMatchObject({
    provisioningState: 'succeeded',
    status: 'running',
    replicaCount: 1,
    partitionCount: 1,
    authOptions: { apiKeyOnly: {} },
    endpoint: 'https://ingate-search.search.windows.net',
  });
  const old = (await bench.get(`${service}?api-version=2023-11-01`)).body.properties;
  expect(old.hostingMode).toBe('default');
});

it('grows, and never shrinks to a lower sku', async () => {
  await put('basic');
  clock.advance(1000);
  expect((await put('standard')).status).toBe(200);
  clock.advance(1000);
  expect(refusal(await put('basic'))).toEqual([400, 'BadRequest']);
  expect(refusal(await put('storage_optimized_l1'))).toEqual([400, 'BadRequest']);
  const more = await bench.send('PATCH', service + version, { properties: { replicaCount: 3 } });
  expect(more.body.properties.replicaCount).toBe(3);
  clock.advance(1000);
});

it('refuses sizes that are not sold, two kinds of authentication and another hosting mode', async () => {
  expect(refusal(await put('standard', { partitionCount: 5 }))).toEqual([400, 'BadRequest']);
  expect(refusal(await put('free', { replicaCount: 2 }))).toEqual([400, 'BadRequest']);
  expect(refusal(await put('basic', { replicaCount: 4 }))).toEqual([400, 'BadRequest']);
  const authOptions = { aadOrApiKey: { aadAuthFailureMode: 'http403' } };
  expect(refusal(await put('basic', { disableLocalAuth: true, authOptions }))).toEqual([400, 'BadRequest']);
  await put('basic', { authOptions });
  clock.advance(1000);
  expect((await bench.get(service + version)).body.properties.authOptions).toEqual(authOptions);
  expect(refusal(await put('basic', { hostingMode: 'HighDensity' }))).toEqual([400, 'BadRequest']);
});

it('has a name of its own in all of Azure', async () => {
  await put('basic');
  const other = `${await bench.group('other')}/${TYPE}/ingate-search`;
  expect(refusal(await put('basic', {}, other))).toEqual([409, 'ServiceNameUnavailable']);
  const check = async (name: string): Promise<unknown> => {
    const path = `/subscriptions/{s}/providers/Microsoft.Search/checkNameAvailability${version}`;
    const { body } = await bench.send('POST', path, { name, type: 'searchServices' });
    return [body.nameAvailable, body.reason];
  };
  expect(await check('ingate-search')).toEqual([false, 'AlreadyExists']);
  expect(await check('-x')).toEqual([false, 'Invalid']);
  expect(await check('free-name')).toEqual([true, '']);
});

it('tells, makes and drops keys', async () => {
  await create(bench, TYPE, await bench.group());
  const post = (action: string): Promise<Answer> => bench.send('POST', `${service}/${action}${version}`);
  const before = (await post('listAdminKeys')).body;
  const after = (await post('regenerateAdminKey/primary')).body;
  expect(after.secondaryKey).toBe(before.secondaryKey);
  expect(after.primaryKey).not.toBe(before.primaryKey);
  expect((await post('listAdminKeys')).body).toEqual(after);
  const made = (await post('createQueryKey/web')).body;
  expect((await post('listQueryKeys')).body.value).toMatchObject([{ name: null }, made]);
  expect((await bench.send('DELETE', `${service}/deleteQueryKey/${made.key}${version}`)).status).toBe(200);
  expect((await bench.send('DELETE', `${service}/deleteQueryKey/${made.key}${version}`)).status).toBe(204);
  expect((await post('listQueryKeys')).body.value).toHaveLength(1);
  expect(refusal(await post('regenerateAdminKey/third'))).toEqual([400, 'BadRequest']);
});
