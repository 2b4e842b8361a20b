import { afterEach, beforeEach, expect, it } from 'vitest';
import { createVirtualClock } from '../../src/index.ts';
import { startBench, type Bench } from '../support/client.ts';
import { create } from '../support/samples.ts';

const MINE = '11111111-1111-4111-8111-111111111111';
const OTHER = '22222222-2222-4222-8222-222222222222';
const clock = createVirtualClock();

let bench: Bench;
let container: string;

beforeEach(async () => {
  bench = await startBench({ clock });
  const path = await create(bench, 'Microsoft.Storage/storageAccounts/blobServices/containers', await bench.group());
  const [, account = ''] = /storageAccounts\/(?<name>[^/]+)/u.exec(path) ?? [];
  container = `/${account}.blob/${path.split('/').at(-1) ?? ''}`;
  await put('', { 'x-ms-blob-type': 'BlockBlob' });
});
afterEach(() => bench.close());

async function put(query: string, headers: Record<string, string>): Promise<string> {
  const answer = await fetch(`${bench.azure.url}${container}/dev${query}`, {
    method: 'PUT',
    headers: { authorization: 'Bearer test', ...headers },
  });
  return `${answer.status} ${answer.headers.get('x-ms-error-code') ?? answer.headers.get('x-ms-lease-id') ?? ''}`.trim();
}

function lease(action: string, id: string, more: Record<string, string> = {}): Promise<string> {
  const name = action === 'acquire' ? 'x-ms-proposed-lease-id' : 'x-ms-lease-id';
  const duration = action === 'acquire' ? { 'x-ms-lease-duration': '60' } : {};
  return put('?comp=lease', { 'x-ms-lease-action': action, [name]: id, ...duration, ...more });
}

async function look(): Promise<(string | null)[]> {
  const { headers } = await fetch(`${bench.azure.url}${container}/dev`, {
    method: 'HEAD',
    headers: { authorization: 'Bearer test' },
  });
  return ['state', 'status', 'duration'].map((name) => headers.get(`x-ms-lease-${name}`));
}

it('lets one hold a blob: the same id again, no other, until it is released', async () => {
  expect(await look()).toEqual(['available', 'unlocked', null]);
  expect(await lease('acquire', MINE)).toBe(`201 ${MINE}`);
  expect(await lease('acquire', MINE)).toBe(`201 ${MINE}`);
  expect(await lease('acquire', OTHER)).toBe('409 LeaseAlreadyPresent');
  expect(await look()).toEqual(['leased', 'locked', 'fixed']);
  expect(await lease('release', OTHER)).toBe('409 LeaseIdMismatchWithLeaseOperation');
  expect(await lease('release', MINE)).toBe('200');
  expect(await lease('acquire', OTHER)).toBe(`201 ${OTHER}`);
});

it('ends after its time unless it is renewed, also then while nobody else took it', async () => {
  await lease('acquire', MINE);
  clock.advance(59_000);
  expect(await lease('renew', MINE)).toBe(`200 ${MINE}`);
  clock.advance(59_000);
  expect((await look())[0]).toBe('leased');
  clock.advance(2_000);
  expect(await look()).toEqual(['expired', 'unlocked', null]);
  expect(await lease('renew', MINE)).toBe(`200 ${MINE}`);
  clock.advance(61_000);
  expect(await lease('acquire', OTHER)).toBe(`201 ${OTHER}`);
  expect(await lease('renew', MINE)).toBe('409 LeaseIdMismatchWithLeaseOperation');
});

it('keeps others from writing', async () => {
  const meta = (id?: string) => put('?comp=metadata', { 'x-ms-meta-who': 'a', ...(id ? { 'x-ms-lease-id': id } : {}) });
  expect(await meta()).toBe('200');
  expect(await meta(MINE)).toBe('412 LeaseNotPresentWithBlobOperation');
  await lease('acquire', MINE);
  expect(await meta()).toBe('412 LeaseIdMissing');
  expect(await meta(OTHER)).toBe('412 LeaseIdMismatchWithBlobOperation');
  expect(await meta(MINE)).toBe('200');
  expect(await put('', { 'x-ms-blob-type': 'BlockBlob' })).toBe('412 LeaseIdMissing');
  clock.advance(61_000);
  expect(await meta(MINE)).toBe('412 LeaseLost');
  expect(await meta()).toBe('200');
});

it('can be broken and changed', async () => {
  expect(await lease('break', MINE)).toBe('409 LeaseNotPresentWithLeaseOperation');
  await lease('acquire', MINE);
  expect(await lease('change', MINE, { 'x-ms-proposed-lease-id': OTHER })).toBe(`200 ${OTHER}`);
  expect(await lease('break', OTHER, { 'x-ms-lease-break-period': '10' })).toBe('202');
  expect((await look())[0]).toBe('breaking');
  expect(await lease('renew', OTHER)).toBe('409 LeaseIsBrokenAndCannotBeRenewed');
  expect(await lease('acquire', MINE)).toBe('409 LeaseAlreadyPresent');
  clock.advance(11_000);
  expect((await look())[0]).toBe('broken');
  expect(await lease('acquire', MINE)).toBe(`201 ${MINE}`);
});

it('refuses what is not in the right form', async () => {
  expect(await lease('acquire', MINE, { 'x-ms-lease-duration': '14' })).toBe('400 InvalidHeaderValue');
  expect(await lease('acquire', 'me')).toBe('400 InvalidHeaderValue');
  expect(await lease('borrow', MINE)).toBe('400 InvalidHeaderValue');
  const endless = { 'x-ms-lease-duration': '-1' };
  expect(await lease('acquire', MINE, endless)).toBe(`201 ${MINE}`);
  clock.advance(3_600_000);
  expect((await look())[2]).toBe('infinite');
});
