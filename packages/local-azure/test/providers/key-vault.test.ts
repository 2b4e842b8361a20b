import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../src/index.ts';
import { startBench, type Answer, type Bench } from '../support/client.ts';
import { checkTraffic } from '../support/type-check.ts';

let bench: Bench;
let vault: string;
const clock = createVirtualClock();
const version = '?api-version=2026-02-01';
const location = 'swedencentral';
const tenantId = '9f0c0a3e-52c2-4d5c-8a4f-0b8c3a6f7d21';
const needed = { tenantId, sku: { family: 'A', name: 'standard' } };
const DAY = 24 * 3600 * 1000;

beforeEach(async () => {
  bench = await startBench({ clock, timing: { operationMs: 1000 } });
  vault = `${await bench.group()}/Microsoft.KeyVault/vaults/ingate-vault`;
});
afterEach(async () => {
  checkTraffic(bench.azure.requests());
  await bench.close();
});

function put(properties: object = {}, path = vault, apiVersion = version): Promise<Answer> {
  return bench.put(path + apiVersion, { location, properties: { ...needed, ...properties } });
}

function refusal({ status, body }: Answer): [number, string] {
  return [status, body.error.code];
}

const deletedUrl = `/subscriptions/{s}/providers/Microsoft.KeyVault/locations/${location}/deletedVaults/ingate-vault`;

describe('vaults', () => {
  it('register their name first, and fill in what was not said', async () => {
    const created = await put();
    expect([created.status, created.body.properties.provisioningState]).toEqual([201, 'RegisteringDns']);
    expect(created.headers.get('azure-asyncoperation')).toBeNull();
    clock.advance(1000);
    expect((await bench.get(vault + version)).body.properties).toEqual({
      ...needed,
      accessPolicies: [],
      enableRbacAuthorization: true,
      enableSoftDelete: true,
      enabledForDeployment: false,
      softDeleteRetentionInDays: 90,
      publicNetworkAccess: 'Enabled',
      provisioningState: 'Succeeded',
      vaultUri: `${bench.azure.url}/keyvault/ingate-vault/`,
    });
  });

  it('need policies where they do not use roles', async () => {
    expect(refusal(await put({ enableRbacAuthorization: false }))).toEqual([400, 'BadRequest']);
    expect(refusal(await put({}, vault, '?api-version=2023-07-01'))).toEqual([400, 'BadRequest']);
    const old = await put({ accessPolicies: [] }, vault, '?api-version=2023-07-01');
    expect([old.status, old.body.properties.enableRbacAuthorization]).toEqual([201, false]);
  });

  it('keep retention and protection', async () => {
    await put({ softDeleteRetentionInDays: 7, enablePurgeProtection: true });
    expect(refusal(await put({ softDeleteRetentionInDays: 30 }))).toEqual([400, 'BadRequest']);
    expect(refusal(await put({ enablePurgeProtection: false }))).toEqual([400, 'BadRequest']);
    expect(refusal(await put({ enableSoftDelete: false }))).toEqual([400, 'BadRequest']);
    clock.advance(1000);
    const again = await put();
    expect(again.body.properties).toMatchObject({ softDeleteRetentionInDays: 7, enablePurgeProtection: true });
  });

  it('have good names of their own in all of Azure', async () => {
    await put();
    const other = await bench.group('other');
    expect(refusal(await put({}, `${other}/Microsoft.KeyVault/vaults/ingate-vault`))).toEqual([
      409,
      'VaultAlreadyExists',
    ]);
    expect(refusal(await put({}, `${other}/Microsoft.KeyVault/vaults/1-vault`))).toEqual([400, 'VaultNameNotValid']);
    const check = async (name: string): Promise<unknown> => {
      const path = `/subscriptions/{s}/providers/Microsoft.KeyVault/checkNameAvailability${version}`;
      const { body } = await bench.send('POST', path, { name, type: 'Microsoft.KeyVault/vaults' });
      return [body.nameAvailable, body.reason];
    };
    expect(await check('ingate-vault')).toEqual([false, 'AlreadyExists']);
    expect(await check('1')).toEqual([false, 'AccountNameInvalid']);
    expect(await check('another')).toEqual([true, undefined]);
  });

  it('have policies added, replaced and removed', async () => {
    await put({ enableRbacAuthorization: false, accessPolicies: [] });
    const policy = (...secrets: string[]): object => ({ tenantId, objectId: tenantId, permissions: { secrets } });
    const change = async (how: string, ...secrets: string[]): Promise<unknown> => {
      await bench.put(`${vault}/accessPolicies/${how}${version}`, {
        properties: { accessPolicies: [policy(...secrets)] },
      });
      const { body } = await bench.get(vault + version);
      return body.properties.accessPolicies.map(
        (each: { permissions: { secrets: string[] } }) => each.permissions.secrets,
      );
    };
    expect(await change('add', 'get')).toEqual([['get']]);
    expect(await change('add', 'List')).toEqual([['get', 'list']]);
    expect(await change('replace', 'set')).toEqual([['set']]);
    expect(await change('remove')).toEqual([]);
  });
});

describe('deleted vaults', () => {
  beforeEach(async () => {
    await put({ softDeleteRetentionInDays: 7 });
    clock.advance(1000);
    await bench.send('DELETE', vault + version);
  });

  it('are listed and keep their name until their time is over', async () => {
    const { body } = await bench.get(deletedUrl + version);
    expect(body.properties).toMatchObject({ vaultId: vault, location, purgeProtectionEnabled: false });
    const listed = await bench.get(`/subscriptions/{s}/providers/Microsoft.KeyVault/deletedVaults${version}`);
    expect(listed.body.value).toEqual([body]);
    expect(refusal(await put())).toEqual([409, 'ConflictError']);
    const other = await bench.group('other');
    expect(refusal(await put({}, `${other}/Microsoft.KeyVault/vaults/ingate-vault`))).toEqual([409, 'ConflictError']);
    clock.advance(7 * DAY);
    expect(refusal(await bench.get(deletedUrl + version))).toEqual([404, 'DeletedVaultNotFound']);
    expect((await put()).status).toBe(201);
  });

  it('are recovered as they were', async () => {
    expect((await put({ createMode: 'recover' })).status).toBe(201);
    clock.advance(1000);
    expect((await bench.get(vault + version)).body.properties.softDeleteRetentionInDays).toBe(7);
    expect((await bench.get(deletedUrl + version)).status).toBe(404);
  });

  it('are purged for good', async () => {
    const purged = await bench.send('POST', `${deletedUrl}/purge${version}`);
    expect(purged.status).toBe(202);
    const poll = new URL(purged.headers.get('location') ?? '');
    expect((await bench.get(poll.pathname + poll.search)).status).toBe(202);
    clock.advance(1000);
    expect((await bench.get(poll.pathname + poll.search)).status).toBe(204);
    expect((await put()).status).toBe(201);
  });

  it('are not purged when protected', async () => {
    await put({ createMode: 'recover', enablePurgeProtection: true });
    clock.advance(1000);
    await bench.send('DELETE', vault + version);
    expect(refusal(await bench.send('POST', `${deletedUrl}/purge${version}`))).toEqual([405, 'MethodNotAllowed']);
  });
});

describe('secrets through ARM', () => {
  const secret = (): string => `${vault}/secrets/api-key${version}`;

  beforeEach(async () => {
    await put();
    clock.advance(1000);
  });

  it('are written, never read', async () => {
    const created = await bench.put(secret(), { properties: { value: 'canary-1', attributes: { enabled: true } } });
    expect(created.status).toBe(201);
    const { properties } = created.body;
    expect(properties.secretUri).toBe(`${bench.azure.url}/keyvault/ingate-vault/secrets/api-key`);
    expect(properties.secretUriWithVersion).toMatch(/\/secrets\/api-key\/[0-9a-f]{32}$/u);
    const again = await bench.put(secret(), { properties: { value: 'canary-2' } });
    expect(again.status).toBe(200);
    expect(again.body.properties.secretUriWithVersion).not.toBe(properties.secretUriWithVersion);
    const patched = await bench.send('PATCH', secret(), {
      tags: { a: 'b' },
      properties: { contentType: 'text/plain' },
    });
    expect(patched.body).toMatchObject({ tags: { a: 'b' }, properties: { contentType: 'text/plain' } });
    expect(patched.body.properties.secretUriWithVersion).toBe(again.body.properties.secretUriWithVersion);
    const listed = (await bench.get(`${vault}/secrets${version}`)).body;
    expect(listed.value).toEqual([(await bench.get(secret())).body]);
    for (const { body } of [created, again, patched]) expect(JSON.stringify(body)).not.toContain('canary');
    expect((await bench.send('DELETE', secret())).status).toBe(405);
  });

  it('need a vault and a good name', async () => {
    const body = { properties: { value: 'canary' } };
    expect((await bench.get(secret())).status).toBe(404);
    expect(refusal(await bench.put(`${vault}/secrets/api_key${version}`, body))).toEqual([400, 'BadRequest']);
    const missing = await bench.put(`${vault}x/secrets/api-key${version}`, body);
    expect(refusal(missing)).toEqual([404, 'ParentResourceNotFound']);
  });
});
