import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock, startLocalAzure } from '../../src/index.ts';
import { startBench, type Bench } from '../support/client.ts';
import { create } from '../support/samples.ts';

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
