import { mkdtempSync, writeFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AzureAISearchIndex } from '@azure/ai-projects';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../src/index.ts';
import { refusal, startFoundry, type FoundryLab } from './foundry-lab.ts';

let lab: FoundryLab;
let folder: string;
const clock = createVirtualClock();

beforeEach(async () => {
  lab = await startFoundry({ clock });
  folder = mkdtempSync(join(tmpdir(), 'ingate-data-'));
});
afterEach(async () => {
  await lab.close();
  rmSync(folder, { recursive: true });
});

function write(name: string, content: string): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

const merge = { 'content-type': 'application/merge-patch+json' };

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

async function refused(sent: Promise<Response>): Promise<[number, string]> {
  const response = await sent;
  return [response.status, /<Code>(?<code>\w+)<\/Code>/u.exec(await response.text())?.groups?.['code'] ?? ''];
}

describe('datasets', () => {
  it('are uploaded by the official client, block by block', async () => {
    const rows = '{"query":"a"}\n{"query":"b"}\n';
    const dataset = await lab.project.datasets.uploadFile('golden', '1', write('golden.jsonl', rows));
    expect(dataset).toMatchObject({ name: 'golden', version: '1', type: 'uri_file' });
    expect(dataset.id).toBe('azureai://accounts/foundry/projects/support/data/golden/versions/1');
    expect(dataset.dataUri).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/\w+\.blob\/[\w-]+\/golden\.jsonl$/u);
    const credential = await lab.project.datasets.getCredentials('golden', '1');
    const { sasUri } = credential.blobReference.credential;
    const blob = sasUri.replace('?', '/golden.jsonl?');
    const read = await fetch(blob);
    expect([read.status, await read.text()]).toEqual([200, rows]);
    const part = await fetch(blob, { headers: { range: 'bytes=2-6' } });
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, 'bytes 2-6/28', 'query']);
    const head = await fetch(blob, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '28']);
  });

  it('may be folders', async () => {
    write('one.jsonl', '{"query":"1"}');
    write('two.jsonl', '{"query":"2"}');
    const dataset = await lab.project.datasets.uploadFolder('both', '1', folder);
    expect(dataset.type).toBe('uri_folder');
    const { sasUri } = (await lab.project.datasets.getCredentials('both', '1')).blobReference.credential;
    const list = await (await fetch(`${sasUri}&restype=container&comp=list`)).text();
    expect([...list.matchAll(/<Name>(?<name>[^<]+)</gu)].map(({ groups }) => groups?.['name'])).toEqual([
      'one.jsonl',
      'two.jsonl',
    ]);
  });

  it('are read only with a signature for it, until it expires', async () => {
    await lab.project.datasets.uploadFile('golden', '1', write('golden.jsonl', '{}'));
    const { sasUri } = (await lab.project.datasets.getCredentials('golden', '1')).blobReference.credential;
    const blob = sasUri.replace('?', '/golden.jsonl?');
    const [address = ''] = blob.split('?');
    expect(await refused(fetch(address))).toEqual([401, 'NoAuthenticationInformation']);
    expect(await refused(fetch(blob.replace('sp=rl', 'sp=rw')))).toEqual([403, 'AuthenticationFailed']);
    const put = { method: 'PUT', body: 'x', headers: { 'x-ms-blob-type': 'BlockBlob' } };
    expect(await refused(fetch(blob, put))).toEqual([403, 'AuthorizationPermissionMismatch']);
    expect(await refused(fetch(sasUri.replace('?', '/none.jsonl?')))).toEqual([404, 'BlobNotFound']);
    clock.advance(25 * 3_600_000);
    expect(await refused(fetch(blob))).toEqual([403, 'AuthenticationFailed']);
  });

  it('are written with 201, then 200, and keep what they consist of', async () => {
    const path = 'datasets/golden/versions/1';
    const body = {
      type: 'uri_file',
      dataUri: 'https://contoso.blob.core.windows.net/c/g.jsonl?sv=1&sig=secret',
      tags: { a: '1', b: '2' },
    };
    const made = await lab.native('PATCH', path, body, merge);
    expect([made.status, made.body.dataUri]).toEqual([201, 'https://contoso.blob.core.windows.net/c/g.jsonl']);
    const tagged = await lab.native('PATCH', path, { tags: { a: null, c: '3' } }, merge);
    expect([tagged.status, tagged.body.tags]).toEqual([200, { b: '2', c: '3' }]);
    expect(refusal(await lab.native('PATCH', path, { dataUri: 'https://x.y/z' }, merge))).toEqual([400, 'UserError']);
    expect(refusal(await lab.native('PATCH', path, { kind: 'x' }, merge))).toEqual([400, 'invalid_request_error']);
    expect(refusal(await lab.native('GET', 'datasets/golden/versions/2'))).toEqual([404, 'NotFound']);
    expect((await lab.native('DELETE', path)).status).toBe(204);
    expect((await lab.native('DELETE', path)).status).toBe(204);
  });

  it('list the latest version of each, or all of one', async () => {
    for (const [name, version] of [
      ['a', '2'],
      ['b', '1'],
      ['a', '1'],
    ])
      await lab.native(
        'PATCH',
        `datasets/${name}/versions/${version}`,
        { type: 'uri_file', dataUri: 'https://x.y/z' },
        merge,
      );
    const latest = await collect(lab.project.datasets.list());
    expect(latest.map(({ name, version }) => `${name} ${version}`)).toEqual(['b 1', 'a 1']);
    const versions = await collect(lab.project.datasets.listVersions('a'));
    expect(versions.map(({ version }) => version)).toEqual(['2', '1']);
  });

  it('come in pages, with links that the client follows', async () => {
    const body = { type: 'uri_file', dataUri: 'https://x.y/z' };
    await Promise.all(
      Array.from({ length: 120 }, (_, index) => lab.native('PATCH', `datasets/d/versions/${index}`, body, merge)),
    );
    expect(await collect(lab.project.datasets.listVersions('d'))).toHaveLength(120);
  });
});

describe('indexes', () => {
  it('refer to search indexes', async () => {
    const body = {
      type: 'AzureSearch',
      connectionName: 'search',
      indexName: 'kb',
      tags: { a: '1' },
    } as unknown as AzureAISearchIndex;
    const index = await lab.project.indexes.createOrUpdate('kb', '1', body);
    expect(index).toMatchObject({ type: 'AzureSearch', name: 'kb', version: '1', indexName: 'kb' });
    expect((await lab.native('PATCH', 'indexes/kb/versions/1', { description: 'x' }, merge)).status).toBe(200);
    expect((await lab.native('PATCH', 'indexes/kb/versions/2', { type: 'AzureSearch' }, merge)).status).toBe(400);
    expect(await collect(lab.project.indexes.list())).toHaveLength(1);
    await lab.project.indexes.delete('kb', '1');
    await expect(lab.project.indexes.get('kb', '1')).rejects.toMatchObject({ statusCode: 404 });
  });
});

describe('files', () => {
  const upload = (name: string, text: string): Promise<{ id: string; bytes: number }> =>
    lab.openai.files.create({ file: new File([text], name), purpose: 'assistants' });

  it('are uploaded, listed, read and deleted', async () => {
    const file = await upload('notes.txt', 'Some notes');
    expect(file).toMatchObject({
      object: 'file',
      filename: 'notes.txt',
      bytes: 10,
      purpose: 'assistants',
      status: 'processed',
    });
    expect(await collect(lab.openai.files.list({ purpose: 'assistants' }))).toHaveLength(1);
    expect(await collect(lab.openai.files.list({ purpose: 'batch' }))).toHaveLength(0);
    expect(await (await lab.openai.files.content(file.id)).text()).toBe('Some notes');
    expect(await lab.openai.files.delete(file.id)).toMatchObject({ id: file.id, deleted: true });
    await expect(lab.openai.files.retrieve(file.id)).rejects.toMatchObject({ status: 404 });
    expect(refusal(await lab.open('POST', 'files', {}))).toEqual([400, 'invalid_payload']);
  });

  it('are searched through vector stores, by clients and by agents', async () => {
    const file = await upload(
      'policy.md',
      'Opening hours are nine to five.\n\nRefunds take ten days. Ask for the invoice.',
    );
    const store = await lab.openai.vectorStores.create({ name: 'kb', file_ids: [file.id], metadata: { owner: 'a' } });
    expect(store).toMatchObject({ status: 'completed', file_counts: { completed: 1, total: 1 } });
    const found = await lab.openai.vectorStores.search(store.id, { query: 'How long do refunds take?' });
    expect(found.data[0]?.content[0]?.text).toContain('ten days');
    await lab.project.agents.createVersion('helper', {
      kind: 'prompt',
      model: 'gpt-5-mini',
      instructions: 'Help.',
      tools: [{ type: 'file_search', vector_store_ids: [store.id] }],
    });
    const body = { agent: { type: 'agent_reference', name: 'helper' } };
    const response = await lab.openai.responses.create({ input: 'How long do refunds take?' }, { body });
    expect(response.output_text).toBe('Refunds take ten days.');
    expect(response.output[0]?.type).toBe('file_search_call');
    expect(response.metadata).toEqual({ answered_by: 'retrieval' });
    await lab.openai.vectorStores.update(store.id, {
      name: 'renamed',
      expires_after: { anchor: 'last_active_at', days: 1 },
    });
    clock.advance(48 * 3_600_000);
    expect(await lab.openai.vectorStores.retrieve(store.id)).toMatchObject({ name: 'renamed', status: 'expired' });
    const batch = await lab.openai.vectorStores.fileBatches.create(store.id, { file_ids: [file.id] });
    expect(batch).toMatchObject({ status: 'completed', file_counts: { total: 1 } });
    expect(
      await collect(lab.openai.vectorStores.fileBatches.listFiles(batch.id, { vector_store_id: store.id })),
    ).toHaveLength(1);
    await lab.openai.vectorStores.files.delete(file.id, { vector_store_id: store.id });
    expect((await lab.openai.vectorStores.delete(store.id)).deleted).toBe(true);
  });
});

describe('stale reads', () => {
  it('reach documents of the data plane', async () => {
    await lab.native(
      'PATCH',
      'datasets/d/versions/1',
      { type: 'uri_file', dataUri: 'https://x.y/z', description: 'old' },
      merge,
    );
    await lab.native('PATCH', 'datasets/d/versions/1', { description: 'new' }, merge);
    await lab.native('PATCH', 'datasets/e/versions/1', { type: 'uri_file', dataUri: 'https://x.y/z' }, merge);
    lab.bench.azure.faults.add({ match: { path: '/datasets' }, stale: 1 });
    expect((await lab.native('GET', 'datasets/d/versions/1')).body.description).toBe('old');
    expect((await lab.native('GET', 'datasets/e/versions/1')).status).toBe(404);
    const { value } = (await lab.native('GET', 'datasets')).body;
    expect(value.map((item: { description: string }) => item.description)).toEqual(['old']);
    lab.bench.azure.faults.clear();
    await lab.native('DELETE', 'datasets/d/versions/1');
    lab.bench.azure.faults.add({ match: { path: '/datasets' }, stale: 1 });
    expect((await lab.native('GET', 'datasets/d/versions/1')).body.description).toBe('new');
    lab.bench.azure.faults.clear();
  });
});
