import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../src/index.ts';
import { startBench, type Answer, type Bench } from '../support/client.ts';
import { checkTraffic } from '../support/type-check.ts';

let bench: Bench;
let registry: string;
const clock = createVirtualClock();
const version = '?api-version=2025-11-01';
const location = 'swedencentral';

beforeEach(async () => {
  bench = await startBench({ clock, timing: { operationMs: 1000 } });
  registry = `${await bench.group()}/Microsoft.ContainerRegistry/registries/ingateimages`;
});
afterEach(async () => {
  checkTraffic(bench.azure.requests());
  await bench.close();
});

function put(sku: string, properties: object = {}, path = registry): Promise<Answer> {
  return bench.put(path + version, { location, sku: { name: sku }, properties });
}

async function ready(sku = 'Basic', properties: object = {}): Promise<void> {
  await put(sku, properties);
  clock.advance(1000);
}

function post(path: string, body?: unknown, apiVersion = version): Promise<Answer> {
  return bench.send('POST', path + apiVersion, body);
}

function refusal({ status, body }: Answer): [number, string] {
  return [status, body.error.code];
}

describe('registries', () => {
  it('are made without headers, and fill in what was not said', async () => {
    const created = await put('standard');
    expect([created.status, created.body.properties.provisioningState]).toEqual([201, 'Creating']);
    clock.advance(1000);
    const { body } = await bench.get(registry + version);
    expect(body.sku).toEqual({ name: 'Standard', tier: 'Standard' });
    expect(body.properties).toMatchObject({
      loginServer: 'ingateimages.azurecr.io',
      adminUserEnabled: false,
      provisioningState: 'Succeeded',
      publicNetworkAccess: 'Enabled',
      policies: { retentionPolicy: { days: 7, status: 'disabled' } },
    });
    expect(body.properties.networkRuleSet).toBeUndefined();
  });

  it('have some things as Premium only', async () => {
    expect(refusal(await put('Basic', { zoneRedundancy: 'Enabled' }))).toEqual([400, 'SkuNotSupported']);
    expect(refusal(await put('Basic', { publicNetworkAccess: 'Disabled' }))).toEqual([400, 'SkuNotSupported']);
    await ready('Premium', { zoneRedundancy: 'Enabled' });
    expect(refusal(await put('Premium', { zoneRedundancy: 'Disabled' }))).toEqual([400, 'PropertyChangeNotAllowed']);
    const replica = { location: 'westeurope', properties: {} };
    expect((await bench.put(`${registry}/replications/westeurope${version}`, replica)).status).toBe(201);
    const listed = (await bench.get(`${registry}/replications${version}`)).body.value;
    expect(listed.map(({ name }: { name: string }) => name)).toEqual([location, 'westeurope']);
    const twice = await bench.put(`${registry}/replications/second${version}`, replica);
    expect(refusal(twice)).toEqual([409, 'AlreadyReplicated']);
    const home = await bench.send('DELETE', `${registry}/replications/${location}${version}`);
    expect(refusal(home)).toEqual([409, 'CannotDeleteHomeReplication']);
  });

  it('have names of their own in all of Azure', async () => {
    await ready();
    const other = await bench.group('other');
    const taken = await put('Basic', {}, `${other}/Microsoft.ContainerRegistry/registries/IngateImages`);
    expect(refusal(taken)).toEqual([409, 'AlreadyInUse']);
    const check = async (name: string): Promise<unknown> => {
      const path = '/subscriptions/{s}/providers/Microsoft.ContainerRegistry/checkNameAvailability';
      const { body } = await post(path, { name, type: 'Microsoft.ContainerRegistry/registries' });
      return [body.nameAvailable, body.reason];
    };
    expect(await check('ingateimages')).toEqual([false, 'AlreadyExists']);
    expect(await check('a-b')).toEqual([false, 'Invalid']);
    expect(await check('another')).toEqual([true, undefined]);
  });

  it('tell passwords of the admin user only while there is one', async () => {
    await ready();
    expect(refusal(await post(`${registry}/listCredentials`))).toEqual([400, 'UnAuthorizedForCredentialOperations']);
    await bench.send('PATCH', registry + version, { properties: { adminUserEnabled: true } });
    clock.advance(1000);
    const before = (await post(`${registry}/listCredentials`)).body;
    expect(before.username).toBe('ingateimages');
    const after = (await post(`${registry}/regenerateCredential`, { name: 'password2' })).body;
    expect(after.passwords[0]).toEqual(before.passwords[0]);
    expect(after.passwords[1].value).not.toBe(before.passwords[1].value);
  });

  it('tell what they hold', async () => {
    await ready('Basic');
    const { body } = await bench.get(`${registry}/listUsages${version}`);
    expect(body.value).toMatchObject([
      { name: 'Size', unit: 'Bytes', currentValue: 0, limit: 10 * 1024 ** 3 },
      { name: 'Webhooks', unit: 'Count', currentValue: 0, limit: 2 },
    ]);
  });

  it('keep the address of a webhook to themselves', async () => {
    await ready();
    const path = `${registry}/webhooks/deployhook`;
    const serviceUri = 'https://contoso.com/?token=canary';
    const properties = { serviceUri, customHeaders: { authorization: 'canary' }, actions: ['push'] };
    const made = await bench.put(path + version, { location, properties });
    expect(JSON.stringify(made.body)).not.toContain('canary');
    expect((await post(`${path}/getCallbackConfig`)).body).toEqual({
      serviceUri,
      customHeaders: { authorization: 'canary' },
    });
  });
});
