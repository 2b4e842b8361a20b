import { createHash } from 'node:crypto';
import { request as send } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../src/index.ts';
import { startBench, type Bench } from '../support/client.ts';
import { create } from '../support/samples.ts';
import { archive } from './tar.ts';

let bench: Bench;
let registry: string;
const clock = createVirtualClock();
const root = '/acr/ingateimages';
const OCI = 'application/vnd.oci.image.manifest.v1+json';

beforeEach(async () => {
  bench = await startBench({ clock });
  registry = await create(bench, 'Microsoft.ContainerRegistry/registries', await bench.group());
});
afterEach(() => bench.close());

const digestOf = (content: string | Buffer): string => `sha256:${createHash('sha256').update(content).digest('hex')}`;

/** Entra token, refresh token, access token. */
async function login(...scopes: readonly string[]): Promise<string> {
  const service = 'ingateimages.azurecr.io';
  const exchanged = await form('exchange', { grant_type: 'access_token', service, access_token: 'entra' });
  const { refresh_token: refresh } = (await exchanged.json()) as { refresh_token: string };
  const body = { grant_type: 'refresh_token', service, scope: scopes.join(' '), refresh_token: refresh };
  const granted = (await (await form('token', body)).json()) as { access_token: string };
  return `Bearer ${granted.access_token}`;
}

function form(what: string, body: Readonly<Record<string, string>>): Promise<Response> {
  return fetch(`${bench.azure.url}${root}/oauth2/${what}`, { method: 'POST', body: new URLSearchParams(body) });
}

function call(method: string, path: string, token: string, body?: string, type = OCI): Promise<Response> {
  const headers = { authorization: token, 'content-type': type };
  return fetch(`${bench.azure.url}${root}/${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
}

const ALL = 'repository:team/app:pull,push,delete';

async function pushBlob(token: string, content: string): Promise<string> {
  const started = await call('POST', 'v2/team/app/blobs/uploads/', token, '');
  expect(started.status).toBe(202);
  const location = `${bench.azure.url}${started.headers.get('location')}`;
  const headers = { authorization: token };
  const half = Math.floor(content.length / 2);
  const patched = await fetch(location, {
    method: 'PATCH',
    headers: { ...headers, 'content-range': `0-${half - 1}` },
    body: content.slice(0, half),
  });
  expect([patched.status, patched.headers.get('range')]).toEqual([202, `0-${half - 1}`]);
  const ended = await fetch(`${location}?digest=${digestOf(content)}`, {
    method: 'PUT',
    headers,
    body: content.slice(half),
  });
  expect([ended.status, ended.headers.get('docker-content-digest')]).toEqual([201, digestOf(content)]);
  return digestOf(content);
}

function manifest(config: string, layer: string): string {
  const part = (digest: string): object => ({ mediaType: 'application/octet-stream', size: 1, digest });
  return JSON.stringify({ schemaVersion: 2, mediaType: OCI, config: part(config), layers: [part(layer)] });
}

describe('tokens', () => {
  it('are asked for with a challenge that names realm, service and scope', async () => {
    const answer = await fetch(`${bench.azure.url}${root}/v2/`);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe(
      `Bearer realm="${bench.azure.url}${root}/oauth2/token",service="ingateimages.azurecr.io"`,
    );
    const pull = await call('GET', 'v2/team/app/tags/list', 'Bearer other');
    expect(pull.headers.get('www-authenticate')).toContain('scope="repository:team/app:pull"');
    expect(((await pull.json()) as { errors: { code: string }[] }).errors[0]?.code).toBe('UNAUTHORIZED');
    expect((await fetch(`${bench.azure.url}/acr/nobody/v2/`)).status).toBe(404);
  });

  it('allow what they were asked for, for a time', async () => {
    const token = await login('repository:team/app:pull');
    expect((await call('GET', 'v2/', token)).status).toBe(200);
    expect((await call('GET', 'v2/team/app/tags/list', token)).status).toBe(404);
    expect((await call('POST', 'v2/team/app/blobs/uploads/', token)).status).toBe(401);
    expect((await call('GET', 'v2/other/tags/list', token)).status).toBe(401);
    clock.advance(76 * 60_000);
    expect((await call('GET', 'v2/', token)).status).toBe(401);
  });

  it('are given to the admin user, and not to strangers', async () => {
    const { body } = await bench.send('POST', `${registry}/listCredentials?api-version=2025-11-01`);
    const basic = (password: string): string => `Basic ${Buffer.from(`ingateimages:${password}`).toString('base64')}`;
    expect((await call('GET', 'v2/', basic(body.passwords[1].value))).status).toBe(200);
    expect((await call('GET', 'v2/', basic('wrong'))).status).toBe(401);
    const good = await call('GET', `oauth2/token?scope=${ALL}`, basic(body.passwords[0].value));
    expect(good.status).toBe(200);
    expect((await call('GET', `oauth2/token?scope=${ALL}`, basic('wrong'))).status).toBe(401);
    expect((await form('token', { grant_type: 'refresh_token', refresh_token: 'made up', scope: ALL })).status).toBe(
      401,
    );
  });
});

describe('images', () => {
  it('are pushed in parts, pulled by tag and digest, listed and deleted', async () => {
    const token = await login(ALL, 'registry:catalog:*');
    const config = await pushBlob(token, '{"os":"linux"}');
    const layer = await pushBlob(token, 'the layer');
    const text = manifest(config, layer);
    const pushed = await call('PUT', 'v2/team/app/manifests/1.0', token, text);
    expect([pushed.status, pushed.headers.get('docker-content-digest')]).toEqual([201, digestOf(text)]);
    await call('PUT', 'v2/team/app/manifests/V1.0', token, text);

    const pulled = await call('GET', 'v2/team/app/manifests/1.0', token);
    expect(pulled.headers.get('content-type')).toBe(OCI);
    expect(await pulled.text()).toBe(text);
    const head = await call('HEAD', `v2/team/app/manifests/${digestOf(text)}`, token);
    expect([head.status, head.headers.get('docker-content-digest'), head.headers.get('content-length')]).toEqual([
      200,
      digestOf(text),
      String(text.length),
    ]);
    expect(await (await call('GET', `v2/team/app/blobs/${layer}`, token)).text()).toBe('the layer');
    expect(await (await call('GET', 'v2/team/app/tags/list', token)).json()).toEqual({
      name: 'team/app',
      tags: ['1.0', 'V1.0'],
    });
    const first = await call('GET', 'v2/team/app/tags/list?n=1', token);
    expect(first.headers.get('link')).toContain('last=1.0&n=1');
    expect(await (await call('GET', 'v2/_catalog', token)).json()).toEqual({ repositories: ['team/app'] });

    expect((await call('DELETE', 'v2/team/app/manifests/V1.0', token)).status).toBe(202);
    expect((await call('GET', 'v2/team/app/manifests/1.0', token)).status).toBe(200);
    expect((await call('DELETE', `v2/team/app/manifests/${digestOf(text)}`, token)).status).toBe(202);
    expect((await call('GET', 'v2/team/app/manifests/1.0', token)).status).toBe(404);
  });

  it('must be whole', async () => {
    const token = await login(ALL);
    const codeOf = async (response: Response): Promise<unknown> => [
      response.status,
      ((await response.json()) as { errors: { code: string }[] }).errors[0]?.code,
    ];
    const absent = manifest(digestOf('a'), digestOf('b'));
    expect(await codeOf(await call('PUT', 'v2/team/app/manifests/1.0', token, absent))).toEqual([
      400,
      'MANIFEST_BLOB_UNKNOWN',
    ]);
    expect(await codeOf(await call('PUT', 'v2/team/app/manifests/1.0', token, 'no'))).toEqual([
      400,
      'MANIFEST_INVALID',
    ]);
    const wrong = await call('POST', `v2/team/app/blobs/uploads/?digest=${digestOf('a')}`, token, 'b');
    expect(await codeOf(wrong)).toEqual([400, 'DIGEST_INVALID']);
    expect(await codeOf(await call('GET', `v2/team/app/blobs/${digestOf('a')}`, token))).toEqual([404, 'BLOB_UNKNOWN']);
    expect(await codeOf(await call('GET', 'v2/team/app/referrers/x', token))).toEqual([404, 'UNSUPPORTED']);
  });

  it('that were built are there, with layers whose digests are true', async () => {
    const builds = '?api-version=2019-06-01-preview';
    const { body: place } = await bench.send('POST', `${registry}/listBuildSourceUploadUrl${builds}`);
    const context = archive({ Dockerfile: 'FROM scratch\n' });
    await fetch(place.uploadUrl, { method: 'PUT', body: new Uint8Array(context) });
    const { body: run } = await bench.send('POST', `${registry}/scheduleRun${builds}`, {
      type: 'DockerBuildRequest',
      imageNames: ['team/app:1'],
      dockerFilePath: 'Dockerfile',
      platform: { os: 'Linux' },
      sourceLocation: place.relativePath,
    });
    clock.advance(1000);
    const { body } = await bench.get(`${registry}/runs/${run.name}${builds}`);
    const { digest } = body.properties.outputImages[0];
    const token = await login(ALL);
    const text = await (await call('GET', `v2/team/app/manifests/${digest}`, token)).text();
    expect(digestOf(text)).toBe(digest);
    const { config, layers } = JSON.parse(text) as { config: { digest: string }; layers: { digest: string }[] };
    expect(layers.map((each) => each.digest)).toEqual([digestOf(context)]);
    const stored = await (await call('GET', `v2/team/app/blobs/${config.digest}`, token)).text();
    expect(digestOf(stored)).toBe(config.digest);
    const { body: usage } = await bench.get(`${registry}/listUsages?api-version=2025-11-01`);
    expect(usage.value[0].currentValue).toBeGreaterThan(context.length);
  });

  it('are answered for the host that the registry has on Azure', async () => {
    const { status, challenge } = await new Promise<{ status: number; challenge: string }>((resolve, reject) => {
      const sent = send(`${bench.azure.url}/v2/`, { headers: { host: 'ingateimages.azurecr.io' } }, (response) => {
        response.resume();
        resolve({ status: response.statusCode ?? 0, challenge: response.headers['www-authenticate'] ?? '' });
      });
      sent.on('error', reject);
      sent.end();
    });
    expect(status).toBe(401);
    expect(challenge).toContain('realm="http://ingateimages.azurecr.io/oauth2/token"');
  });

  it('go with their registry', async () => {
    const token = await login(ALL);
    await pushBlob(token, 'some layer');
    await bench.send('DELETE', `${registry}?api-version=2025-11-01`);
    clock.advance(1000);
    await create(bench, 'Microsoft.ContainerRegistry/registries', await bench.group());
    const again = await login(ALL);
    expect((await call('HEAD', `v2/team/app/blobs/${digestOf('some layer')}`, again)).status).toBe(404);
  });
});

describe('roles', () => {
  const [owner, reader] = ['11111111-1111-4111-a111-111111111111', '22222222-2222-4222-a222-222222222222'] as const;
  const entra = (oid: string): string => {
    const claims = Buffer.from(JSON.stringify({ oid, appid: oid })).toString('base64url');
    return `e30.${claims}.x`;
  };

  it('decide what a token allows, where access control is on', async () => {
    const guarded = await startBench({ accessControl: { owners: [owner] } });
    const group = '/subscriptions/{s}/resourceGroups/rg';
    const path = `${group}/providers/Microsoft.ContainerRegistry/registries/ingateimages`;
    const as = { headers: { authorization: `Bearer ${entra(owner)}` } };
    await guarded.send('PUT', `${group}?api-version=2025-04-01`, { location: 'westus' }, as);
    await guarded.send('PUT', `${path}?api-version=2025-11-01`, { location: 'westus', sku: { name: 'Basic' } }, as);
    const assignment = '/providers/Microsoft.Authorization/roleAssignments/3f6a1a52-6c3c-4a2b-8d0e-1f0f7b8f5a11';
    const roleDefinitionId = '/providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d';
    await guarded.send(
      'PUT',
      `${path}${assignment}?api-version=2022-04-01`,
      { properties: { roleDefinitionId, principalId: reader, principalType: 'ServicePrincipal' } },
      as,
    );
    const allowed = async (oid: string): Promise<unknown> => {
      const post = (what: string, body: Readonly<Record<string, string>>): Promise<Response> =>
        fetch(`${guarded.azure.url}${root}/oauth2/${what}`, { method: 'POST', body: new URLSearchParams(body) });
      const first = await post('exchange', { grant_type: 'access_token', access_token: entra(oid) });
      const { refresh_token: refresh } = (await first.json()) as { refresh_token: string };
      const second = await post('token', { grant_type: 'refresh_token', refresh_token: refresh, scope: ALL });
      const { access_token: token } = (await second.json()) as { access_token: string };
      const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
        access: { actions: string[] }[];
      };
      return claims.access[0]?.actions;
    };
    expect(await allowed(reader)).toEqual(['pull']);
    expect(await allowed(owner)).toEqual(['pull', 'push', 'delete']);
    await guarded.close();
  });
});
