import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../src/index.ts';
import { startBench, type Answer, type Bench } from '../support/client.ts';
import { create, placed, sampleOf } from '../support/samples.ts';

let bench: Bench;
const clock = createVirtualClock();
beforeEach(async () => {
  bench = await startBench({ clock, timing: { operationMs: 1000 } });
});
afterEach(() => bench.close());

/** Asks a URL from a header, which must be absolute and on the server that was used. */
function poll(answer: Answer, header: 'azure-asyncoperation' | 'location'): Promise<Answer> {
  const url = answer.headers.get(header) ?? '';
  expect(url.slice(0, bench.azure.url.length)).toBe(bench.azure.url);
  expect(url).toContain('api-version=');
  return bench.get(url.slice(bench.azure.url.length));
}

it('A: PUT 201 with Azure-AsyncOperation, told by a status that is always 200', async () => {
  const { url, body } = placed(sampleOf('Microsoft.App/managedEnvironments'), await bench.group());
  const created = await bench.put(url, body);
  expect(created.status).toBe(201);
  expect(created.body.properties.provisioningState).toBe('Waiting');
  expect(created.headers.get('azure-asyncoperation')).toMatch(
    /\/locations\/swedencentral\/managedEnvironmentOperationStatuses\/[0-9a-f-]{36}\?/u,
  );
  const running = await poll(created, 'azure-asyncoperation');
  expect([running.status, running.body.status, running.body.endTime]).toEqual([200, 'InProgress', undefined]);
  clock.advance(1000);
  const ended = await poll(created, 'azure-asyncoperation');
  expect([ended.status, ended.body.status]).toEqual([200, 'Succeeded']);
  expect(Date.parse(ended.body.endTime) - Date.parse(ended.body.startTime)).toBe(1000);
  expect((await bench.get(url)).body.properties.provisioningState).toBe('Succeeded');
});

it('B: PUT 202 with Location, 202 until the resource comes', async () => {
  const { url, body } = placed(sampleOf('Microsoft.Storage/storageAccounts'), await bench.group());
  const created = await bench.put(url, body);
  expect([created.status, created.body]).toEqual([202, undefined]);
  const running = await poll(created, 'location');
  expect([running.status, running.body]).toEqual([202, undefined]);
  clock.advance(1000);
  const ended = await poll(created, 'location');
  expect([ended.status, ended.body.name]).toEqual([200, 'ingatedata']);
});

it('C: PATCH 202 without a body, with both headers', async () => {
  const path = await create(bench, 'Microsoft.App/containerApps', await bench.group());
  const url = `${path}?api-version=2026-01-01`;
  const patched = await bench.send('PATCH', url, { tags: { team: 'support' } });
  expect([patched.status, patched.body]).toEqual([202, undefined]);
  expect(patched.headers.get('content-length')).toBe('0');
  expect((await poll(patched, 'azure-asyncoperation')).body.status).toBe('InProgress');
  expect((await poll(patched, 'location')).status).toBe(202);
  clock.advance(1000);
  expect((await poll(patched, 'azure-asyncoperation')).body.status).toBe('Succeeded');
  expect((await poll(patched, 'location')).body.tags).toEqual({ team: 'support' });
});

it('D: DELETE 202 with Location below the subscription, in the end 200 without a body', async () => {
  await bench.group();
  const deleted = await bench.send('DELETE', '/subscriptions/{s}/resourceGroups/rg?api-version=2025-04-01');
  expect([deleted.status, deleted.body]).toEqual([202, undefined]);
  expect(deleted.headers.get('location')).toContain(`/subscriptions/${bench.azure.subscriptionId}/operationresults/`);
  expect((await poll(deleted, 'location')).status).toBe(202);
  clock.advance(1000);
  const ended = await poll(deleted, 'location');
  expect([ended.status, ended.body]).toEqual([200, undefined]);
});

it('Foundry tells both in one path, with the region in capitals', async () => {
  const path = await create(bench, 'Microsoft.CognitiveServices/accounts', await bench.group());
  const deleted = await bench.send('DELETE', `${path}?api-version=2026-07-01`);
  expect(deleted.headers.get('location')).toContain('/locations/SWEDENCENTRAL/operationResults/');
  expect((await poll(deleted, 'azure-asyncoperation')).body.status).toBe('InProgress');
  expect((await poll(deleted, 'location')).status).toBe(202);
  clock.advance(1000);
  expect((await poll(deleted, 'azure-asyncoperation')).body.status).toBe('Succeeded');
  expect((await poll(deleted, 'location')).status).toBe(200);
});

describe('time', () => {
  it('ends operations, polls do not', async () => {
    const { url, body } = placed(sampleOf('Microsoft.App/managedEnvironments'), await bench.group());
    const created = await bench.put(url, body);
    for (let times = 0; times < 20; times += 1)
      expect((await poll(created, 'azure-asyncoperation')).body.status).toBe('InProgress');
    clock.advance(1000);
    expect((await bench.get(url)).body.properties.provisioningState).toBe('Succeeded');
  });

  it('of nothing ends them at once, and no header says otherwise', async () => {
    await bench.close();
    bench = await startBench();
    const { url, body } = placed(sampleOf('Microsoft.Storage/storageAccounts'), await bench.group());
    const created = await bench.put(url, body);
    expect([created.status, created.headers.get('location')]).toEqual([200, null]);
    expect(created.body.properties.provisioningState).toBe('Succeeded');
  });

  it('goes by at the pace that was asked for', async () => {
    await bench.close();
    bench = await startBench({ clock, timing: { operationMs: 1000, retryAfterSeconds: 3 } });
    const { url, body } = placed(sampleOf('Microsoft.App/managedEnvironments'), await bench.group());
    const created = await bench.put(url, body);
    expect(created.headers.get('retry-after')).toBe('3');
    expect((await poll(created, 'azure-asyncoperation')).headers.get('retry-after')).toBe('3');
    expect((await bench.get(url)).headers.get('retry-after')).toBe('3');
    clock.advance(1000);
    expect((await bench.get(url)).headers.get('retry-after')).toBeNull();
    expect((await poll(created, 'azure-asyncoperation')).headers.get('retry-after')).toBeNull();
  });

  it('sends no Retry-After unless asked to', async () => {
    const { url, body } = placed(sampleOf('Microsoft.App/managedEnvironments'), await bench.group());
    expect((await bench.put(url, body)).headers.get('retry-after')).toBeNull();
  });
});

it('an operation that a fault lets fail leaves the resource Failed and says why', async () => {
  bench.azure.faults.add({
    match: { method: 'PUT', path: 'managedEnvironments/env$' },
    operation: { error: { code: 'InsufficientSubnet', message: 'The subnet is too small.' } },
  });
  const { url, body } = placed(sampleOf('Microsoft.App/managedEnvironments'), await bench.group());
  const created = await bench.put(url, body);
  clock.advance(1000);
  const ended = await poll(created, 'azure-asyncoperation');
  expect([ended.status, ended.body.status, ended.body.error.code]).toEqual([200, 'Failed', 'InsufficientSubnet']);
  expect((await bench.get(url)).body.properties.provisioningState).toBe('Failed');
});

it('one that a fault makes stuck never ends', async () => {
  bench.azure.faults.add({ match: { method: 'PUT', path: 'managedEnvironments/env$' }, operation: { stuck: true } });
  const { url, body } = placed(sampleOf('Microsoft.App/managedEnvironments'), await bench.group());
  await bench.put(url, body);
  clock.advance(24 * 3600 * 1000);
  expect((await bench.get(url)).body.properties.provisioningState).toBe('Waiting');
});
