import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createPipelineRequest } from '@azure/core-rest-pipeline';
import { startLocalAzure } from '@ingate/local-azure';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { endpointsOf } from '../../src/azure/clouds.ts';
import { createSession } from '../../src/azure/session.ts';
import { createThrottle } from '../../src/azure/token-bucket.ts';
import { createClient, createTransport } from '../../src/azure/transport.ts';
import { createUpload } from '../../src/azure/upload.ts';
import { send } from '../../src/forge/request.ts';
import { createHttpClient } from '../../src/http/client.ts';
import { proxiesOf } from '../../src/http/proxy.ts';
import { retryAfter } from '../../src/http/retry-after.ts';
import { failure, fakeAzure, virtualClock } from '../support/fake-transport.ts';

const opened: Server[] = [];
afterEach(() => {
  vi.unstubAllEnvs();
  for (const server of opened.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function listen(listener?: RequestListener, host = '127.0.0.1'): Promise<{ server: Server; url: string }> {
  const server = createServer(listener);
  opened.push(server);
  server.listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { server, url: `http://${host.includes(':') ? `[${host}]` : host}:${port}` };
}

/** A proxy that lets nothing through and tells who was asked for. */
async function refusingProxy(): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const { server, url } = await listen((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(502).end();
  });
  server.on('connect', ({ url: host }, socket) => {
    asked.push(host ?? '');
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  return { url, asked };
}

const credential = { getToken: () => Promise.resolve({ token: 'canary', expiresOnTimestamp: Date.now() + 3_600_000 }) };
const call = { method: 'GET' as const, correlationId: 'run', headers: {}, body: undefined };

describe('the proxy of the environment', () => {
  it('carries requests to the control plane, data planes, registries, storage and forges', async () => {
    const { url, asked } = await refusingProxy();
    const client = createHttpClient({ HTTPS_PROXY: url });
    const transport = createTransport({ endpoints: endpointsOf('public'), credential, client, userAgent: 'test' });
    const upload = createUpload({ transport, clock: virtualClock() });
    vi.stubEnv('HTTPS_PROXY', url);
    const requests = [
      transport.send({ ...call, url: 'https://management.azure.com/x' }),
      transport.send({ ...call, url: 'https://shop.services.ai.azure.com/x' }),
      transport.send({ ...call, url: 'https://images.azurecr.io/v2/web/manifests/1' }),
      upload('https://stestate.blob.core.windows.net/c/b', Buffer.from('x')),
      send({ method: 'POST', url: 'https://api.github.example/x', headers: {} }),
    ];
    await Promise.allSettled(requests);
    expect(new Set(asked)).toEqual(
      new Set([
        'management.azure.com:443',
        'shop.services.ai.azure.com:443',
        'images.azurecr.io:443',
        'stestate.blob.core.windows.net:443',
        'api.github.example:443',
      ]),
    );
  });

  it('does not stand between this machine and its embedded Azure', async () => {
    const { url, asked } = await refusingProxy();
    vi.stubEnv('HTTPS_PROXY', url);
    vi.stubEnv('HTTP_PROXY', url);
    const local = await listen((_, response) => response.end('{}'));
    const client = createClient(local.url);
    const transport = createTransport({ endpoints: endpointsOf('public'), credential, client, userAgent: 'test' });
    expect(await transport.send({ ...call, url: 'https://management.azure.com/x' })).toMatchObject({ status: 200 });
    expect(asked).toEqual([]);
  });

  it.each([
    ['https://a.contoso.com/', { HTTPS_PROXY: 'http://p:1' }, 'http://p:1/'],
    ['https://a.contoso.com/', { https_proxy: 'http://p:1' }, 'http://p:1/'],
    ['https://a.contoso.com/', { ALL_PROXY: 'http://p:1' }, 'http://p:1/'],
    ['https://a.contoso.com/', { HTTP_PROXY: 'http://p:1' }, undefined],
    ['http://a.contoso.com/', { HTTP_PROXY: 'http://p:1', HTTPS_PROXY: 'http://q:1' }, 'http://p:1/'],
    ['https://a.contoso.com/', { HTTPS_PROXY: ' ' }, undefined],
    ['https://localhost/', { HTTPS_PROXY: 'http://p:1' }, undefined],
    ['https://127.0.0.1:4280/', { HTTPS_PROXY: 'http://p:1' }, undefined],
    ['https://[::1]/', { HTTPS_PROXY: 'http://p:1' }, undefined],
    ...['*', 'contoso.com', '.contoso.com', '*.contoso.com', 'x, A.contoso.com', 'a.contoso.com:443'].map(
      (none) => ['https://a.contoso.com/', { HTTPS_PROXY: 'http://p:1', NO_PROXY: none }, undefined] as const,
    ),
    ...['b.contoso.com', 'ontoso.com', 'a.contoso.com:444', ','].map(
      (none) => ['https://a.contoso.com/', { HTTPS_PROXY: 'http://p:1', no_proxy: none }, 'http://p:1/'] as const,
    ),
  ] as const)('for %s with %j is %s', (url, env, wanted) => {
    expect(proxiesOf(env)(new URL(url))?.href).toBe(wanted);
  });

  it.each(['proxy:3128', 'socks5://user:canary@p', 'http://user:canary@['])('cannot be %s', (proxy) => {
    const read = () => proxiesOf({ HTTPS_PROXY: proxy });
    expect(read).toThrow(/^HTTPS_PROXY is not the URL/);
    expect(read).not.toThrow(/canary/);
  });
});

describe('a private certificate authority', () => {
  it('of NODE_EXTRA_CA_CERTS is trusted', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ingate-ca-'));
    const server = await startLocalAzure({ tls: true, certificateFolder: folder });
    const { url = '', certificateFile: file = '' } = server.tls ?? {};
    const module = new URL('../../src/forge/request.ts', import.meta.url).href;
    const script = `const { send } = await import(${JSON.stringify(module)});
      const reply = await send({ method: 'POST', url: '${url}/', headers: {} }).catch(String);
      console.log(String(reply));`;
    const run = async (env: Record<string, string>): Promise<string> => {
      const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
        env: { PATH: process.env['PATH'] ?? '', ...env },
      });
      return stdout.trim();
    };
    try {
      expect(await run({ NODE_EXTRA_CA_CERTS: file })).toMatch(/^ForgeError: POST \/ answered 4\d\d/);
      expect(await run({})).toMatch(/certificate/);
    } finally {
      await server.close();
      rmSync(folder, { recursive: true });
    }
  });
});

describe('an IPv6 address as URL of the embedded Azure', () => {
  it('is reached', async () => {
    const { url } = await listen((_, response) => response.end('{}'), '::1');
    const request = createPipelineRequest({ url: 'https://management.azure.com/x' });
    expect(await createClient(url).sendRequest(request)).toMatchObject({ status: 200 });
  });
});

describe('a registry', () => {
  const url = 'https://images.azurecr.io/v2/web/manifests/1';

  function registryThatAnswers(answers: Record<string, readonly [status: number, body: string]>) {
    const client = {
      sendRequest: (request: ReturnType<typeof createPipelineRequest>) => {
        const [status, bodyAsText] = answers[new URL(request.url).pathname] ?? [200, '{"found":true}'];
        return Promise.resolve({ request, status, headers: request.headers, bodyAsText });
      },
    };
    const clock = virtualClock();
    const transport = createTransport({ endpoints: endpointsOf('public'), credential, client, userAgent: 'test' });
    const resourceManager = 'https://management.azure.com';
    return createSession({ transport, clock, throttle: createThrottle(clock), resourceManager, correlationId: 'run' });
  }

  const tokens = {
    '/oauth2/exchange': [200, '{"refresh_token":"r"}'],
    '/oauth2/token': [200, '{"access_token":"a"}'],
  } as const;

  it('is asked with a token of its own', async () => {
    expect(await registryThatAnswers(tokens).read(url)).toMatchObject({ body: { found: true } });
  });

  it.each([
    [503, { status: 503 }],
    [429, { status: 429 }],
    [401, { status: 401 }],
    [403, { status: 403 }],
    [404, { code: 'BadResponse' }],
    [302, { code: 'BadResponse' }],
  ])('whose token service answers %i is told apart from nobody being signed in', async (status, details) => {
    for (const path of ['/oauth2/exchange', '/oauth2/token']) {
      const error: unknown = await registryThatAnswers({ ...tokens, [path]: [status, ''] })
        .read(url)
        .catch((reason: unknown) => reason);
      expect(error).toMatchObject({ details });
      expect(error).not.toMatchObject({ details: { code: 'Credential' } });
    }
  });

  it.each(['', '<html>', 'null', '[]', '{"refresh_token":1,"access_token":{}}'])(
    'whose token service answers %j gives a typed error',
    async (body) => {
      const session = registryThatAnswers({ ...tokens, '/oauth2/token': [200, body] });
      await expect(session.read(url)).rejects.toMatchObject({ details: { code: 'BadResponse' } });
    },
  );
});

describe('a redirect', () => {
  const one = { path: '/x', apiVersion: '1' };
  it.each([301, 302, 303, 304, 307, 308])('%i is an error, for reads and writes', async (status) => {
    const wanted = { details: { code: 'Redirected', status } };
    const answer = { status, headers: { location: 'https://management.azure.com/y' } };
    for (const act of ['get', 'list', 'text', 'head'] as const)
      await expect(fakeAzure(answer).azure[act](one)).rejects.toMatchObject(wanted);
    for (const act of ['put', 'patch', 'post'] as const)
      await expect(fakeAzure(answer).azure[act](one, {})).rejects.toMatchObject(wanted);
    const { azure, sent } = fakeAzure(answer);
    await expect(azure.delete(one)).rejects.toMatchObject(wanted);
    expect(sent.length).toBe(1);
  });
});

describe('a read that is never answered', () => {
  it('is told of while it waits, and given up after one wait', async () => {
    let asked = 0;
    const silent = await listen(() => void asked++);
    const told: string[] = [];
    const clock = { now: () => Date.now(), sleep: () => Promise.resolve() };
    const transport = createTransport({
      endpoints: endpointsOf('public'),
      credential,
      client: createClient(silent.url),
      userAgent: 'test',
    });
    const session = createSession({
      transport,
      clock,
      throttle: createThrottle(clock),
      resourceManager: 'https://management.azure.com',
      correlationId: 'run',
      notify: (waiting) => told.push(waiting),
      patience: { notice: 20, read: 1000 },
    });
    const read = session.read('https://management.azure.com/x?sig=canary');
    await expect(read).rejects.toMatchObject({ details: { code: 'Network', message: 'No answer within 1 seconds' } });
    expect(asked).toBe(1);
    expect(told).toEqual([expect.stringMatching(/^waiting for GET https:\/\/management\.azure\.com\/x,/)]);
  });
});

describe('Retry-After', () => {
  const now = Date.UTC(2026, 0, 1);
  const day = 86_400_000;
  it.each([
    ['9'.repeat(400), 7 * day],
    ['1e999', undefined],
    ['-5', undefined],
    ['', undefined],
    ['soon', undefined],
    ['1 2', undefined],
    ['a 1', undefined],
    ['1.5', 1500],
    [new Date(now + 90_000).toUTCString(), 90_000],
    [new Date(now - 90_000).toUTCString(), 0],
    ['Fri, 31 Dec 9999 23:59:59 GMT', 7 * day],
  ])('%s', (value, wanted) => {
    expect(retryAfter({ 'retry-after': value }, now)).toBe(wanted);
  });

  it('of 400 digits ends a call with a typed error', async () => {
    const { azure } = fakeAzure(failure(429, 'TooManyRequests', { 'retry-after': '9'.repeat(400) }));
    await expect(azure.get({ path: '/x', apiVersion: '1' })).rejects.toMatchObject({ details: { code: 'Throttled' } });
  });

  it('as a date is compared with the date of the answer', () => {
    const headers = {
      date: new Date(now + day).toUTCString(),
      'retry-after': new Date(now + day + 5000).toUTCString(),
    };
    expect(retryAfter(headers, now)).toBe(5000);
  });

  it('holds up one call for ten minutes at most', async () => {
    const { azure, clock } = fakeAzure(failure(429, 'TooManyRequests', { 'retry-after': '299' }));
    await expect(azure.get({ path: '/x', apiVersion: '1' })).rejects.toMatchObject({ details: { code: 'Throttled' } });
    expect(clock.slept.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(601_000);
  });
});

describe('a POST', () => {
  const one = { path: '/x', apiVersion: '1' };
  it('that may be repeated is sent again after a lost answer, another one is not', async () => {
    const done = { status: 200, body: { done: true } };
    expect(await fakeAzure('lost', done).azure.post(one, {}, { repeatable: true })).toMatchObject({
      body: { done: true },
    });
    await expect(fakeAzure('lost', done).azure.post(one, {})).rejects.toMatchObject({ details: { maybeDone: true } });
  });
});

describe('a read that answers without an object', () => {
  it.each(['null', '[]', '"x"', '1', 'true', ''])('%j does not mean that there is nothing', async (text) => {
    const { azure } = fakeAzure({ status: 200, text });
    await expect(azure.get({ path: '/x', apiVersion: '1' })).rejects.toMatchObject({
      details: { code: 'BadResponse' },
    });
  });
});
