import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../src/index.ts';
import { startBench, type Bench } from '../support/client.ts';
import { create, placed, SAMPLES } from '../support/samples.ts';
import { checkTraffic } from '../support/type-check.ts';

let bench: Bench;
const clock = createVirtualClock();
beforeEach(async () => {
  bench = await startBench({ clock, timing: { operationMs: 1000 } });
});
afterEach(async () => {
  checkTraffic(bench.azure.requests());
  await bench.close();
});

describe.each(SAMPLES.map((sample) => [sample.type, sample] as const))('%s', (type, sample) => {
  it('answers with the statuses of its type', async () => {
    const group = await bench.group();
    for (const need of sample.needs ?? []) await create(bench, need, group);
    const { url, body } = placed(sample, group);
    expect((await bench.get(url)).status).toBe(404);
    expect((await bench.send('HEAD', url)).status).toBe(404);
    const created = await bench.put(url, body);
    expect(created.status).toBe(sample.expected.create);
    clock.advance(1000);
    expect((await bench.put(url, body)).status).toBe(sample.expected.update);
    clock.advance(1000);
    expect((await bench.get(url)).body.type.toLowerCase()).toBe(type.toLowerCase());
    expect((await bench.send('HEAD', url)).status).toBe(204);
    const patched = await bench.send('PATCH', url, {});
    expect(patched.status).toBe(sample.expected.patch ?? 405);
    clock.advance(1000);
    expect((await bench.send('DELETE', url)).status).toBe(sample.expected.delete);
    clock.advance(1000);
    expect((await bench.get(url)).status).toBe(404);
    expect((await bench.send('DELETE', url)).status).toBe(204);
  });

  it('is listed with the same body that a GET returns', async () => {
    const path = await create(bench, type, await bench.group());
    const one = (await bench.get(`${path}?api-version=${sample.apiVersion}`)).body;
    const collection = path.split('/').slice(0, -1).join('/');
    const answer = await bench.get(`${collection}?api-version=${sample.apiVersion}${sample.listQuery ?? ''}`);
    expect(answer.status).toBe(200);
    expect(answer.body.value).toContainEqual(one);
  });
});

describe('resource groups', () => {
  const url = '/subscriptions/{s}/resourceGroups/rg?api-version=2025-04-01';

  it('are created, changed, deleted and gone', async () => {
    expect((await bench.send('HEAD', url)).status).toBe(404);
    expect((await bench.put(url, { location: 'swedencentral' })).status).toBe(201);
    expect((await bench.put(url, { location: 'Sweden Central', tags: { env: 'dev' } })).status).toBe(200);
    expect((await bench.send('PATCH', url, { tags: { env: 'qa' } })).body.tags).toEqual({ env: 'qa' });
    expect((await bench.send('HEAD', url)).status).toBe(204);
    const deleted = await bench.send('DELETE', url);
    expect(deleted.status).toBe(202);
    expect((await bench.get(url)).body.properties.provisioningState).toBe('Deleting');
    clock.advance(1000);
    expect((await bench.get(url)).status).toBe(404);
    expect((await bench.send('DELETE', url)).body.error.code).toBe('ResourceGroupNotFound');
  });

  it('stay where they are', async () => {
    await bench.put(url, { location: 'swedencentral' });
    const moved = await bench.put(url, { location: 'westus' });
    expect([moved.status, moved.body.error.code]).toEqual([409, 'InvalidResourceGroupLocation']);
  });

  it('refuse writes below them while they are being deleted', async () => {
    const group = await bench.group();
    await bench.send('DELETE', url);
    const answer = await bench.put(
      `${group}/Microsoft.ManagedIdentity/userAssignedIdentities/late?api-version=2024-11-30`,
      { location: 'westus' },
    );
    expect([answer.status, answer.body.error.code]).toEqual([409, 'ResourceGroupBeingDeleted']);
  });
});
