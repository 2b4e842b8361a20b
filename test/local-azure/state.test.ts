import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/local-azure/engine/database.ts';
import { createResources } from '../../src/local-azure/engine/resources.ts';
import { createVirtualClock, startLocalAzure } from '../../src/local-azure/index.ts';
import { startBench, type Bench } from './client.ts';
import { create } from './samples.ts';

let folder: string;
let bench: Bench | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'state-'));
});
afterEach(async () => {
  await bench?.close();
  bench = undefined;
  rmSync(folder, { recursive: true });
});

describe('state', () => {
  it('survives a restart, with operations that end while nobody runs', async () => {
    const stateFile = join(folder, 'azure.sqlite');
    const clock = createVirtualClock();
    bench = await startBench({ stateFile, clock, timing: { operationMs: 1000 } });
    const group = await bench.group();
    const environment = await create(bench, 'Microsoft.App/managedEnvironments', group);
    const project = await create(bench, 'Microsoft.CognitiveServices/accounts/projects', group);
    const before = await bench.get(`${project}?api-version=2026-07-01`);
    const endpoint = before.body.properties.endpoints['AI Foundry API'].slice(bench.azure.url.length);
    await bench.send('POST', `${endpoint}/agents/triage/versions?api-version=v1`, {
      definition: { kind: 'prompt', model: 'gpt' },
    });
    const deleted = await bench.send('DELETE', `${environment}?api-version=2026-01-01`);
    const location = deleted.headers.get('location')?.slice(bench.azure.url.length) ?? '';
    await bench.close();
    clock.advance(1000);
    bench = await startBench({ stateFile, clock });
    expect((await bench.get(`${environment}?api-version=2026-01-01`)).status).toBe(404);
    expect((await bench.get(location)).status).toBe(200);
    const after = await bench.get(`${project}?api-version=2026-07-01`);
    expect(after.body.etag).toBe(before.body.etag);
    expect(after.body.identity).toEqual(before.body.identity);
    expect((await bench.get(`${endpoint}/agents/triage?api-version=v1`)).body.versions.latest.version).toBe('1');
  });

  it('is forgotten by a reset', async () => {
    bench = await startBench();
    await bench.group();
    await bench.send('POST', '/_local/reset');
    expect((await bench.get('/subscriptions/{s}/resourcegroups?api-version=2025-04-01')).body.value).toEqual([]);
    await bench.group();
    await bench.azure.reset();
    expect(bench.azure.requests()).toEqual([]);
    expect((await bench.get('/subscriptions/{s}/resourcegroups?api-version=2025-04-01')).body.value).toEqual([]);
  });

  it('starts from a seed, once, and again after a reset', async () => {
    const seedFile = join(folder, 'seed.yaml');
    writeFileSync(
      seedFile,
      `requests:
  - path: /subscriptions/{subscription}/resourceGroups/rg?api-version=2025-04-01
    body: { location: westus }
  - path: /subscriptions/{subscription}/resourceGroups/rg/providers/Microsoft.App/managedEnvironments/env?api-version=2026-01-01
    body: { location: westus }
`,
    );
    bench = await startBench({ seedFile, timing: { operationMs: 1000 } });
    const url =
      '/subscriptions/{s}/resourceGroups/rg/providers/Microsoft.App/managedEnvironments/env?api-version=2026-01-01';
    expect((await bench.get(url)).body.properties.provisioningState).toBe('Succeeded');
    await bench.azure.reset();
    expect((await bench.get(url)).status).toBe(200);
    writeFileSync(seedFile, 'requests:\n  - path: /subscriptions/none?api-version=2025-04-01\n');
    await expect(startLocalAzure({ seedFile })).rejects.toThrow('Seed: PUT /subscriptions/none');
  });

  it('gives the same ids for the same requests', async () => {
    const principals: string[] = [];
    for (const seed of ['one', 'one', 'two']) {
      bench = await startBench({ seed });
      const path = await create(bench, 'Microsoft.ManagedIdentity/userAssignedIdentities', await bench.group());
      principals.push((await bench.get(`${path}?api-version=2024-11-30`)).body.properties.principalId);
      await bench.close();
    }
    expect(principals[0]).toBe(principals[1]);
    expect(principals[0]).not.toBe(principals[2]);
  });
});

describe('size', () => {
  const type = 'Microsoft.ManagedIdentity/userAssignedIdentities';
  const parent = '/subscriptions/00000000-0000-4000-a000-000000000001/resourceGroups/rg';
  const idOf = (index: number): string => `${parent}/providers/${type}/app-${index}`;

  /** What 20,000 PUTs would leave in the state file. */
  function fill(stateFile: string): void {
    const database = openDatabase(stateFile);
    const resources = createResources(database);
    const stamp = { at: 0, by: 'test', byType: 'User' } as const;
    database.transaction(() => {
      for (let index = 0; index < 20_000; index += 1) {
        const [, , subscription = '', , resourceGroup = ''] = parent.split('/');
        const place = { id: idOf(index), type, name: `app-${index}`, parent, subscription, resourceGroup };
        const layers = { writable: { location: 'westus', tags: { index: String(index) } }, readOnly: {}, secret: {} };
        resources.put({ ...place, ...layers, created: stamp, modified: stamp });
      }
    });
    database.close();
  }

  it('20,000 resources are listed page by page, and 1,000 of them read in a second', { timeout: 60_000 }, async () => {
    const stateFile = join(folder, 'large.sqlite');
    fill(stateFile);
    bench = await startBench({ stateFile, logSize: 10 });
    const large = bench;
    await large.group();
    const before = performance.now();
    await inParallel(
      Array.from({ length: 2000 }, (_, index) => index * 10),
      async (index) => expect((await large.get(`${idOf(index)}?api-version=2024-11-30`)).status).toBe(200),
    );
    expect(2000 / ((performance.now() - before) / 1000)).toBeGreaterThan(1000);
    const list = await large.get(`${parent}/providers/${type}?api-version=2024-11-30`);
    expect([list.body.value.length, typeof list.body.nextLink]).toEqual([200, 'string']);
    const filtered = await large.get(
      `/subscriptions/{s}/resources?api-version=2025-04-01&$filter=${encodeURIComponent("tagName eq 'index' and tagValue eq '777'")}`,
    );
    expect(filtered.body.value).toHaveLength(1);
  });
});

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const queue = items.values();
  const worker = async (): Promise<void> => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: 16 }, worker));
}
