import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../src/index.ts';
import { startBench, type Answer, type Bench } from '../support/client.ts';
import { create } from '../support/samples.ts';

let bench: Bench;
let group: string;
const clock = createVirtualClock();
const version = '?api-version=7.6';
const base = '/keyvault/ingate-vault';
const DAY = 24 * 3600 * 1000;

beforeEach(async () => {
  bench = await startBench({ clock });
  group = await bench.group();
  await create(bench, 'Microsoft.KeyVault/vaults', group);
});
afterEach(() => bench.close());

function send(method: string, path: string, body?: unknown): Promise<Answer> {
  return bench.send(method, `${base}/${path}${version}`, body);
}

function refusal({ status, body }: Answer): unknown[] {
  return [status, body.error.code, body.error.innererror?.code];
}

it('asks for a token first, and says for whom', async () => {
  const answer = await bench.send('GET', `${base}/secrets/x${version}`, undefined, { token: false });
  expect(refusal(answer)).toEqual([401, 'Unauthorized', undefined]);
  expect(answer.headers.get('www-authenticate')).toMatch(
    /^Bearer authorization="http:\/\/[^"]+\/9f0c0a3e-[^"]+", resource="https:\/\/vault\.azure\.net"$/u,
  );
  expect((await bench.get(`/keyvault/nobody/secrets${version}`)).status).toBe(404);
  expect(refusal(await bench.get(`${base}/secrets`))).toEqual([400, 'BadParameter', undefined]);
  expect(refusal(await send('GET', 'certificates'))).toEqual([501, 'NotImplemented', undefined]);
});

it('answers for the host that the vault has on Azure', async () => {
  const body = await new Promise<string>((resolve, reject) => {
    const headers = { host: 'ingate-vault.vault.azure.net', authorization: 'Bearer test' };
    const sent = request(`${bench.azure.url}/secrets/x${version}`, { method: 'PUT', headers }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      response.on('end', () => resolve(text));
    });
    sent.on('error', reject);
    sent.end(JSON.stringify({ value: 'canary' }));
  });
  expect(JSON.parse(body).id).toMatch(/^http:\/\/ingate-vault\.vault\.azure\.net\/secrets\/x\/[0-9a-f]{32}$/u);
});

describe('secrets', () => {
  it('have versions', async () => {
    const first = (await send('PUT', 'secrets/api-key', { value: 'one', contentType: 'text/plain' })).body;
    clock.advance(1000);
    const second = (await send('PUT', 'secrets/api-key', { value: 'two', tags: { a: 'b' } })).body;
    expect(first.id).toMatch(new RegExp(`^${bench.azure.url}${base}/secrets/api-key/[0-9a-f]{32}$`, 'u'));
    expect(first.attributes).toMatchObject({
      enabled: true,
      recoveryLevel: 'Recoverable+Purgeable',
      recoverableDays: 90,
    });
    expect((await send('GET', 'secrets/api-key')).body).toEqual(second);
    expect((await send('GET', `secrets/api-key/${first.id.split('/').at(-1)}`)).body).toEqual(first);
    const versions = (await send('GET', 'secrets/api-key/versions')).body.value;
    expect(versions.map(({ id }: { id: string }) => id)).toEqual([first.id, second.id]);
    expect(JSON.stringify(versions)).not.toContain('"value"');
    const { id: _id, value: _value, ...rest } = second;
    expect((await send('GET', 'secrets')).body).toEqual({
      value: [{ ...rest, id: `${bench.azure.url}${base}/secrets/api-key` }],
      nextLink: null,
    });
    expect(refusal(await send('GET', 'secrets/other'))).toEqual([404, 'SecretNotFound', undefined]);
    expect(refusal(await send('PUT', 'secrets/a_b', { value: 'x' }))).toEqual([400, 'BadParameter', undefined]);
  });

  it('are listed page by page', async () => {
    for (const name of ['a', 'b', 'c']) await send('PUT', `secrets/${name}`, { value: name });
    const first = (await bench.get(`${base}/secrets${version}&maxresults=2`)).body;
    expect(first.value).toHaveLength(2);
    const next = new URL(first.nextLink);
    const second = (await bench.get(next.pathname + next.search)).body;
    expect([second.value.length, second.nextLink]).toEqual([1, null]);
  });

  it('are changed without their value, and shut off', async () => {
    const { id } = (await send('PUT', 'secrets/api-key', { value: 'one' })).body;
    const path = `secrets/api-key/${id.split('/').at(-1)}`;
    const changed = (await send('PATCH', path, { attributes: { enabled: false }, tags: { a: 'b' } })).body;
    expect(changed).toMatchObject({ id, attributes: { enabled: false }, tags: { a: 'b' } });
    expect(changed.value).toBeUndefined();
    expect(refusal(await send('GET', 'secrets/api-key'))).toEqual([403, 'Forbidden', 'SecretDisabled']);
  });

  it('are deleted, recovered and purged', async () => {
    const before = (await send('PUT', 'secrets/api-key', { value: 'one' })).body;
    const deleted = (await send('DELETE', 'secrets/api-key')).body;
    expect(deleted.scheduledPurgeDate - deleted.deletedDate).toBe((90 * DAY) / 1000);
    expect(deleted.value).toBeUndefined();
    expect((await send('GET', 'secrets/api-key')).status).toBe(404);
    expect((await send('GET', 'deletedsecrets')).body.value).toHaveLength(1);
    const reused = await send('PUT', 'secrets/api-key', { value: 'two' });
    expect(refusal(reused)).toEqual([409, 'Conflict', 'ObjectIsDeletedButRecoverable']);
    expect((await send('POST', 'deletedsecrets/api-key/recover')).status).toBe(200);
    expect((await send('GET', 'secrets/api-key')).body).toEqual(before);
    await send('DELETE', 'secrets/api-key');
    expect((await send('DELETE', 'deletedsecrets/api-key')).status).toBe(204);
    expect((await send('PUT', 'secrets/api-key', { value: 'two' })).status).toBe(200);
    await send('DELETE', 'secrets/api-key');
    clock.advance(90 * DAY);
    expect((await send('GET', 'deletedsecrets/api-key')).status).toBe(404);
  });

  it('are those of ARM, and stay with a vault that is deleted and recovered', async () => {
    const arm = '?api-version=2026-02-01';
    const vault = `${group}/Microsoft.KeyVault/vaults/ingate-vault`;
    await bench.put(`${vault}/secrets/from-arm${arm}`, { properties: { value: 'canary' } });
    expect((await send('GET', 'secrets/from-arm')).body.value).toBe('canary');
    const { location, properties } = (await bench.get(vault + arm)).body;
    await bench.send('DELETE', vault + arm);
    expect((await send('GET', 'secrets/from-arm')).status).toBe(404);
    const { tenantId, sku } = properties;
    await bench.put(vault + arm, { location, properties: { tenantId, sku, createMode: 'recover' } });
    expect((await send('GET', 'secrets/from-arm')).body.value).toBe('canary');
  });

  it('are not told to the request log', async () => {
    await send('PUT', 'secrets/api-key', { value: 'canary-value' });
    await send('GET', 'secrets/api-key');
    expect(JSON.stringify(bench.azure.requests())).not.toContain('canary-value');
  });
});

describe('keys', () => {
  const message = Buffer.from('promote support 1.4.0 to prod');
  const digest = createHash('sha256').update(message).digest();

  async function make(body: object): Promise<{ jwk: Record<string, string>; path: string }> {
    const { key } = (await send('POST', 'keys/signer/create', body)).body;
    return { jwk: key, path: `keys/signer/${key.kid.split('/').at(-1)}` };
  }

  it('sign by ES256, as anybody can verify with the public key', async () => {
    const { jwk, path } = await make({ kty: 'EC', crv: 'P-256' });
    expect(jwk).toMatchObject({ kty: 'EC', crv: 'P-256', key_ops: ['sign', 'verify'] });
    expect(jwk['d']).toBeUndefined();
    const signed = (await send('POST', `${path}/sign`, { alg: 'ES256', value: digest.toString('base64url') })).body;
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    const signature = Buffer.from(signed.value, 'base64url');
    expect(verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, signature)).toBe(true);
    const check = async (value: Buffer): Promise<unknown> => {
      const body = { alg: 'ES256', digest: digest.toString('base64url'), value: value.toString('base64url') };
      return (await send('POST', `${path}/verify`, body)).body.value;
    };
    expect(await check(signature)).toBe(true);
    const forged = Buffer.from(signature);
    forged.writeUInt8(forged.readUInt8(40) ^ 1, 40);
    expect(await check(forged)).toBe(false);
    const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    expect(await check(sign('sha256', message, { key: stranger, dsaEncoding: 'ieee-p1363' }))).toBe(false);
  });

  it('sign by RS256, as anybody can verify with the public key', async () => {
    const { jwk, path } = await make({ kty: 'RSA', key_size: 2048 });
    expect(jwk['d']).toBeUndefined();
    const value = digest.toString('base64url');
    const signed = (await send('POST', `${path}/sign`, { alg: 'RS256', value })).body;
    const signature = Buffer.from(signed.value, 'base64url');
    expect(verify('sha256', message, createPublicKey({ key: jwk, format: 'jwk' }), signature)).toBe(true);
    const checked = await send('POST', `${path}/verify`, { alg: 'RS256', digest: value, value: signed.value });
    expect(checked.body).toEqual({ value: true });
    const other = createHash('sha256').update('other').digest('base64url');
    const wrong = await send('POST', `${path}/verify`, { alg: 'RS256', digest: other, value: signed.value });
    expect(wrong.body).toEqual({ value: false });
  });

  it('refuse what their kind, size, permissions and state do not allow', async () => {
    const { path } = await make({ kty: 'EC', key_ops: ['verify'] });
    const value = digest.toString('base64url');
    expect(refusal(await send('POST', `${path}/sign`, { alg: 'ES256', value }))[2]).toBe('KeyOperationForbidden');
    const second = await make({ kty: 'EC' });
    const attempt = (body: object): Promise<Answer> => send('POST', `${second.path}/sign`, body);
    expect(refusal(await attempt({ alg: 'RS256', value }))).toEqual([400, 'BadParameter', undefined]);
    expect(refusal(await attempt({ alg: 'ES256', value: 'AAAA' }))).toEqual([400, 'BadParameter', undefined]);
    expect(refusal(await attempt({ alg: 'PS256', value }))).toEqual([501, 'NotImplemented', undefined]);
    await send('PATCH', second.path, { attributes: { enabled: false } });
    expect(refusal(await attempt({ alg: 'ES256', value }))[2]).toBe('KeyDisabled');
    expect(refusal(await send('POST', 'keys/x/create', { kty: 'OCT' }))).toEqual([400, 'BadParameter', undefined]);
    expect((await send('GET', 'keys/signer/versions')).body.value).toHaveLength(2);
  });
});

describe('access', () => {
  const owner = '11111111-1111-4111-a111-111111111111';
  const reader = '22222222-2222-4222-a222-222222222222';
  const tokenOf = (oid: string): Record<string, string> => {
    const claims = Buffer.from(JSON.stringify({ oid, appid: oid })).toString('base64url');
    return { authorization: `Bearer e30.${claims}.x` };
  };

  it('is by the policies or the roles of the vault, where access control is on', async () => {
    const guarded = await startBench({ accessControl: { owners: [owner] } });
    const as = (who: string, method: string, path: string, body?: unknown): Promise<Answer> =>
      guarded.send(method, path, body, { headers: tokenOf(who) });
    const root = '/subscriptions/{s}/resourceGroups/rg';
    const arm = `${root}/providers/Microsoft.KeyVault/vaults/ingate-vault`;
    await as(owner, 'PUT', `${root}?api-version=2025-04-01`, { location: 'swedencentral' });
    const accessPolicies = [{ tenantId: owner, objectId: reader, permissions: { secrets: ['get'] } }];
    const properties = { tenantId: owner, sku: { family: 'A', name: 'standard' }, enableRbacAuthorization: false };
    await as(owner, 'PUT', `${arm}?api-version=2026-02-01`, {
      location: 'swedencentral',
      properties: { ...properties, accessPolicies },
    });
    const secret = `${base}/secrets/x${version}`;
    expect(refusal(await as(owner, 'PUT', secret, { value: '1' }))).toEqual([403, 'Forbidden', 'AccessDenied']);
    expect(refusal(await as(reader, 'PUT', secret, { value: '1' }))).toEqual([403, 'Forbidden', 'AccessDenied']);
    expect((await as(reader, 'GET', secret)).status).toBe(404);
    await as(owner, 'PATCH', `${arm}?api-version=2026-02-01`, { properties: { enableRbacAuthorization: true } });
    expect((await as(owner, 'PUT', secret, { value: '1' })).status).toBe(200);
    expect(refusal(await as(reader, 'GET', secret))).toEqual([403, 'Forbidden', 'ForbiddenByRbac']);
    await guarded.close();
  });
});
