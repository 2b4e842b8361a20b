import { createDefaultHttpClient, createHttpHeaders, type HttpClient } from '@azure/core-rest-pipeline';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { endpointsOf } from '../../src/azure/clouds.ts';
import { createTransport } from '../../src/azure/transport.ts';
import { createUpload } from '../../src/azure/upload.ts';
import { fakeAzure } from '../support/fake-transport.ts';

const call = { method: 'GET' as const, correlationId: 'run', headers: {}, body: undefined };

function transportThatAnswers(status: number, headers: Record<string, string> = {}) {
  const asked: string[] = [];
  let tokens = 0;
  const client: HttpClient = {
    sendRequest: (request) => {
      asked.push(request.url);
      return Promise.resolve({ request, status, headers: createHttpHeaders(headers), bodyAsText: '{}' });
    },
  };
  const credential = {
    getToken: () => {
      tokens += 1;
      return Promise.resolve({ token: 'canary', expiresOnTimestamp: Date.now() + 3_600_000 });
    },
  };
  const transport = createTransport({ endpoints: endpointsOf('public'), credential, client, userAgent: 'test' });
  return { transport, asked, tokens: () => tokens };
}

describe('a token', () => {
  it.each([
    'https://evil.example/x',
    'http://management.azure.com/x',
    'https://management.azure.com.evil.example/x',
    'https://management.azure.com@evil.example/x',
    'https://management.azure.com:8443/x',
    'https://evilazurecr.io/x',
    'https://169.254.169.254/metadata',
  ])('is neither fetched nor sent for %s', async (url) => {
    const { transport, asked, tokens } = transportThatAnswers(200);
    await expect(transport.send({ ...call, url })).rejects.toMatchObject({ details: { code: 'ForeignHost' } });
    expect([asked, tokens()]).toEqual([[], 0]);
  });

  it('does not follow a redirect', async () => {
    const { transport, asked } = transportThatAnswers(307, { location: 'https://evil.example/x' });
    expect((await transport.send({ ...call, url: 'https://management.azure.com/x' })).status).toBe(307);
    expect(asked).toEqual(['https://management.azure.com/x']);
  });
});

describe('a page of a list', () => {
  it('whose next link is no URL ends the list with an error', async () => {
    const { azure } = fakeAzure({ status: 200, body: { value: [], nextLink: 'https://[' } });
    await expect(azure.list({ path: '/x', apiVersion: '1' })).rejects.toMatchObject({
      details: { code: 'BadResponse' },
    });
  });
});

describe('an upload', () => {
  it('does not follow a redirect, and its error does not hold the permission in the URL', async () => {
    const paths: string[] = [];
    const server = createServer((request, response) => {
      paths.push(request.url ?? '');
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const plain = createDefaultHttpClient();
    const client: HttpClient = {
      sendRequest: (request) => plain.sendRequest(Object.assign(request, { allowInsecureConnection: true })),
    };
    const upload = createUpload(client, 'test');
    const error: unknown = await upload(`http://127.0.0.1:${port}/blob?sig=canary`, Buffer.from('x')).catch(
      (reason: unknown) => reason,
    );
    server.close();
    expect(paths).toEqual(['/blob?sig=canary']);
    expect(error).toMatchObject({ details: { status: 307 } });
    expect(JSON.stringify(error) + String(error)).not.toContain('canary');
  });
});
