import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startLocalAzure } from '../../src/index.ts';
import { startBench, type Bench } from '../support/client.ts';
import { checkTraffic } from '../support/type-check.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seed-'));
  file = join(folder, 'seed.yaml');
});
afterEach(() => rmSync(folder, { recursive: true }));

const SEED = `# An estate to start from.
resources:
  - id: /subscriptions/{subscription}/resourceGroups/rg
    type: Microsoft.Resources/resourceGroups@2025-04-01
    body: { location: swedencentral }
  - id: /subscriptions/{subscription}/resourceGroups/rg/providers/Microsoft.App/managedEnvironments/env
    type: Microsoft.App/managedEnvironments@2026-01-01
    body:
      location: swedencentral
      tags: { env: dev }
  - id: /subscriptions/{subscription}/resourceGroups/rg/providers/Microsoft.Authorization/locks/keep
    type: microsoft.authorization/LOCKS@2020-05-01
    body:
      properties: { level: CanNotDelete }
requests:
  - method: PATCH
    path: /subscriptions/{subscription}/resourceGroups/rg?api-version=2025-04-01
    body: { tags: { team: ai } }
`;

describe('a seed file', () => {
  it('holds resources and requests, carried out in the order of the file', async () => {
    writeFileSync(file, SEED);
    const bench: Bench = await startBench({ seedFile: file, timing: { operationMs: 60_000 } });
    const group = '/subscriptions/{s}/resourceGroups/rg';
    const environment = await bench.get(
      `${group}/providers/Microsoft.App/managedEnvironments/env?api-version=2026-01-01`,
    );
    expect(environment.body).toMatchObject({ tags: { env: 'dev' }, properties: { provisioningState: 'Succeeded' } });
    expect((await bench.get(`${group}?api-version=2025-04-01`)).body.tags).toEqual({ team: 'ai' });
    expect((await bench.send('DELETE', `${group}?api-version=2025-04-01`)).body.error.code).toBe('ScopeLocked');
    expect((await bench.get('/_local/summary')).body).toEqual({
      resources: 3,
      types: {
        'Microsoft.App/managedEnvironments': 1,
        'Microsoft.Authorization/locks': 1,
        'Microsoft.Resources/resourceGroups': 1,
      },
    });
    checkTraffic(bench.azure.requests());
    await bench.close();
  });

  it.each([
    ['- 1\n', 'seed.yaml:1: a seed file holds the lists'],
    ['resources: []\nresource: []\n', 'seed.yaml:2: unknown list `resource`'],
    ['resources:\n  a: 1\n', 'seed.yaml:2: `resources` is a list'],
    ['resources:\n  - id: /subscriptions/s\n', 'seed.yaml:2: `type` is missing'],
    ['resources:\n  - type: Microsoft.App/jobs@1\n', 'seed.yaml:2: `id` is missing'],
    ['resources:\n  - id: /subscriptions/s\n    type: Microsoft.Resources/subscriptions\n', '`type` has no version'],
    [
      'resources:\n\n  - id: /subscriptions/s/resourceGroups/rg/providers/Microsoft.App/jobs/j\n    type: Microsoft.App/apps@1\n',
      'seed.yaml:3: `id` names a Microsoft.App/jobs, `type` a Microsoft.App/apps',
    ],
    ['requests:\n  - path: /x\n  - path: /y\n    boddy: {}\n', 'seed.yaml:3: unknown member `boddy`'],
    ['requests:\n  - path: [\n', 'seed.yaml:3: '],
    [SEED.replace('location: swedencentral }', 'location: atlantis }'), 'seed.yaml:3: Seed: PUT /subscriptions/'],
  ])('that is wrong is refused with its line: %j', async (text, message) => {
    writeFileSync(file, text);
    await expect(startLocalAzure({ seedFile: file })).rejects.toThrow(message);
  });
});

it('a seed that is refused leaves the state empty, for the next try', async () => {
  const stateFile = join(folder, 'azure.sqlite');
  writeFileSync(
    file,
    SEED.replace('microsoft.authorization/LOCKS@2020-05-01', 'Microsoft.Authorization/locks@1999-01-01'),
  );
  await expect(startLocalAzure({ seedFile: file, stateFile })).rejects.toThrow('seed.yaml:11: Seed: PUT');
  writeFileSync(file, SEED);
  const bench = await startBench({ seedFile: file, stateFile });
  expect((await bench.get('/_local/summary')).body.resources).toBe(3);
  await bench.close();
});

describe('a faults file', () => {
  it.each([
    ['match: {}\n', 'seed.yaml:1: a faults file holds a list of faults'],
    ['- match: {}\n- respond: { status: 500 }\n', 'seed.yaml:2: not a fault: `match` is missing'],
    ['- match: { verb: GET }\n', 'seed.yaml:1: not a fault: unknown member `match.verb`'],
    ['- match: {}\n  repond: { status: 500 }\n', 'not a fault: unknown member `repond`'],
    ['- match: {}\n  drop: sometimes\n', '`drop` is one of before-commit, after-commit'],
    ['- match: {}\n  respond: { body: {} }\n', '`respond.status` is missing'],
    ['- match: { path: "(" }\n', '`match.path` is no regular expression'],
  ])('that is wrong is refused with its line: %j', async (text, message) => {
    writeFileSync(file, text);
    await expect(startLocalAzure({ faultsFile: file })).rejects.toThrow(message);
  });
});
