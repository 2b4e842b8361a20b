import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '../support/client.ts';
import { create } from '../support/samples.ts';
import { refusal, startFoundry, type FoundryLab } from './foundry-lab.ts';

let lab: FoundryLab;
let container: string;
let signature: string;

function startUpload(change: object = {}): Promise<Answer> {
  const body = { pendingUploadType: 'BlobReference', pendingUploadId: 'upload-1', ...change };
  return lab.native('POST', 'datasets/d/versions/1/startPendingUpload', body);
}

beforeEach(async () => {
  lab = await startFoundry();
  const { body } = await startUpload();
  [container = '', signature = ''] = body.blobReference.credential.sasUri.split('?');
});
afterEach(() => lab.close());

const blockBlob = { 'x-ms-blob-type': 'BlockBlob', 'x-ms-meta-owner': 'a' };

function send(method: string, blob: string, query = '', init: RequestInit = {}): Promise<Response> {
  return fetch(`${container}${blob}?${query}${query === '' ? '' : '&'}${signature}`, { method, ...init });
}

async function listed(query: string): Promise<{ names: string[]; next: string }> {
  const text = await (await send('GET', '', `restype=container&comp=list&${query}`)).text();
  const names = [...text.matchAll(/<Name>(?<name>[^<]+)</gu)].map(({ groups }) => groups?.['name'] ?? '');
  return { names, next: /<NextMarker>(?<next>[^<]*)</u.exec(text)?.groups?.['next'] ?? '' };
}

async function code(response: Response): Promise<string> {
  expect(await response.text()).toContain('<Error><Code>');
  return `${response.status} ${response.headers.get('x-ms-error-code')}`;
}

describe('uploads', () => {
  it('go to a container of their own, in the storage of a connection where one is named', async () => {
    const { body } = await startUpload();
    expect(body).toMatchObject({ pendingUploadId: 'upload-1', version: '1', pendingUploadType: 'BlobReference' });
    expect(body.blobReference).toMatchObject({ blobUri: container, credential: { type: 'SAS' } });
    expect(body.blobReference.storageAccountArmId).toContain('/providers/Microsoft.Storage/storageAccounts/');
    expect(refusal(await startUpload({ connectionName: 'none' }))).toEqual([404, 'NotFound']);
    expect(refusal(await startUpload({ pendingUploadType: 'None' }))).toEqual([400, 'invalid_request_error']);
    const path = await create(lab.bench, 'Microsoft.CognitiveServices/accounts/projects', lab.group);
    const properties = {
      category: 'AzureBlob',
      authType: 'AAD',
      target: 'https://contosodata.blob.core.windows.net/',
      metadata: { ResourceId: '/subscriptions/x' },
    };
    await lab.bench.put(`${path}/connections/storage?api-version=2026-07-01`, { properties });
    const named = (await startUpload({ connectionName: 'storage' })).body.blobReference;
    expect([named.blobUri.includes('/contosodata.blob/'), named.storageAccountArmId]).toEqual([
      true,
      '/subscriptions/x',
    ]);
  });
});

describe('blobs', () => {
  it('are put at once, replaced and deleted', async () => {
    const put = await send('PUT', '/a%20b/c.txt', '', { body: 'first', headers: blockBlob });
    expect([put.status, put.headers.get('x-ms-request-server-encrypted')]).toEqual([201, 'true']);
    const again = await send('PUT', '/a%20b/c.txt', '', { body: 'second', headers: blockBlob });
    expect(again.headers.get('etag')).not.toBe(put.headers.get('etag'));
    const read = await send('GET', '/a%20b/c.txt');
    expect([await read.text(), read.headers.get('x-ms-meta-owner'), read.headers.get('x-ms-blob-type')]).toEqual([
      'second',
      'a',
      'BlockBlob',
    ]);
    const only = await send('PUT', '/a%20b/c.txt', '', { body: 'x', headers: { ...blockBlob, 'if-none-match': '*' } });
    expect(await code(only)).toBe('409 BlobAlreadyExists');
    expect((await send('DELETE', '/a%20b/c.txt')).status).toBe(202);
    expect(await code(await send('GET', '/a%20b/c.txt'))).toBe('404 BlobNotFound');
  });

  it('are put together from blocks in the order of the list', async () => {
    for (const block of ['one', 'two']) {
      const id = encodeURIComponent(Buffer.from(block).toString('base64'));
      expect((await send('PUT', '/blocks.txt', `comp=block&blockid=${id}`, { body: block })).status).toBe(201);
    }
    expect(await code(await send('GET', '/blocks.txt'))).toBe('404 BlobNotFound');
    const list = (...blocks: string[]): string =>
      `<?xml version="1.0"?><BlockList>${blocks.map((block) => `<Latest>${Buffer.from(block).toString('base64')}</Latest>`).join('')}</BlockList>`;
    expect(await code(await send('PUT', '/blocks.txt', 'comp=blocklist', { body: list('three') }))).toBe(
      '400 InvalidBlockList',
    );
    expect((await send('PUT', '/blocks.txt', 'comp=blocklist', { body: list('two', 'one') })).status).toBe(201);
    expect(await (await send('GET', '/blocks.txt')).text()).toBe('twoone');
    expect(await code(await send('PUT', '/blocks.txt', 'comp=blocklist', { body: list('one') }))).toBe(
      '400 InvalidBlockList',
    );
  });

  it('are listed by prefix, by folder and in pages', async () => {
    for (const name of ['A/1', 'a/1', 'a/2', 'b']) await send('PUT', `/${name}`, '', { body: 'x', headers: blockBlob });
    expect((await listed('')).names).toEqual(['A/1', 'a/1', 'a/2', 'b']);
    await send('DELETE', '/A/1');
    expect((await listed('prefix=a/')).names).toEqual(['a/1', 'a/2']);
    expect((await listed('delimiter=/')).names).toEqual(['b', 'a/']);
    const first = await listed('maxresults=2');
    expect(first).toEqual({ names: ['a/1', 'a/2'], next: 'b' });
    expect(await listed(`maxresults=2&marker=${first.next}`)).toEqual({ names: ['b'], next: '' });
  });

  it('of other kinds, ranges beyond the end and other operations are refused', async () => {
    expect(await code(await send('PUT', '/x', '', { body: 'x', headers: { 'x-ms-blob-type': 'AppendBlob' } }))).toBe(
      '501 NotImplemented',
    );
    expect(await code(await send('PUT', '/x', 'comp=tier'))).toBe('501 NotImplemented');
    await send('PUT', '/x', '', { body: 'x', headers: blockBlob });
    expect(await code(await send('GET', '/x', '', { headers: { range: 'bytes=5-' } }))).toBe('416 InvalidRange');
    const elsewhere = await fetch(`${container}-other/x?${signature}`);
    expect(await code(elsewhere)).toBe('403 AuthenticationFailed');
    const unknown = await fetch(`${container}-other/x`, { headers: { authorization: 'Bearer x' } });
    expect(await code(unknown)).toBe('404 ContainerNotFound');
  });
});
