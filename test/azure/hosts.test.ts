import { createHttpHeaders, type HttpClient } from '@azure/core-rest-pipeline';
import { describe, expect, it } from 'vitest';
import { endpointsOf } from '../../src/azure/clouds.ts';
import { createTransport } from '../../src/azure/transport.ts';
import { createUpload } from '../../src/azure/upload.ts';
import type { AzureError } from '../../src/model/azure.ts';
import { describeAzureError } from '../../src/model/azure-problem.ts';
import { fakeAzure, virtualClock } from '../support/fake-transport.ts';

const call = { method: 'GET' as const, correlationId: 'run', headers: {}, body: undefined };

function transportThatAnswers(status: number | (() => number), headers: Record<string, string> = {}) {
  const asked: string[] = [];
  let tokens = 0;
  const client: HttpClient = {
    sendRequest: (request) => {
      asked.push(request.url);
      const answered = typeof status === 'number' ? status : status();
      return Promise.resolve({ request, status: answered, headers: createHttpHeaders(headers), bodyAsText: '{}' });
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
  const place = 'https://stestate.blob.core.windows.net/c/blob?sig=canary';

  it('carries no token, does not follow a redirect, and its error does not hold the permission in the URL', async () => {
    const { transport, asked, tokens } = transportThatAnswers(307, { location: 'https://evil.example/x' });
    const upload = createUpload({ transport, clock: virtualClock() });
    const error: unknown = await upload(place, Buffer.from('x')).catch((reason: unknown) => reason);
    expect([asked, tokens()]).toEqual([[place], 0]);
    expect(error).toMatchObject({ details: { status: 307 } });
    expect(JSON.stringify(error) + String(error)).not.toContain('canary');
  });

  it('goes to a storage account of the cloud and to no other host', async () => {
    const { transport, asked } = transportThatAnswers(201);
    const upload = createUpload({ transport, clock: virtualClock() });
    const right = [place, 'https://stestate.z33.blob.storage.azure.net/c/blob?sig=canary'];
    for (const url of right) await upload(url, Buffer.from('x'));
    for (const url of [
      'https://evil.example/c/blob?sig=canary',
      'http://stestate.blob.core.windows.net/c',
      'https://stestate.blob.core.windows.net:8443/c',
      'https://stestate.blob.core.windows.net.evil.example/c',
      'https://stestate.blob.core.windows.net@evil.example/c',
      'https://a.b.blob.core.windows.net/c',
      'https://169.254.169.254/c',
      'https://stestate.blob.core.usgovcloudapi.net/c',
      'no url',
      '',
    ]) {
      const error: unknown = await upload(url, Buffer.from('x')).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ details: { code: 'ForeignHost' } });
      expect(describeAzureError(error as AzureError).code).toBe('ING4007');
      expect(JSON.stringify(error)).not.toContain('canary');
    }
    expect(asked).toEqual(right);
  });

  it('is repeated over passing faults and throttling', async () => {
    const statuses = [503, 429, 201];
    const { transport, asked } = transportThatAnswers(() => statuses[asked.length - 1] ?? 0, { 'retry-after': '7' });
    const clock = virtualClock();
    await expect(createUpload({ transport, clock })(place, Buffer.from('x'))).resolves.toBeUndefined();
    expect(asked.length).toBe(3);
    expect(clock.slept).toContain(7000);
  });
});
