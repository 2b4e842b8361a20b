import { afterEach, beforeEach, expect, it } from 'vitest';
import { startBench, type Bench } from '../support/client.ts';
import { checkTraffic } from '../support/type-check.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});
afterEach(async () => {
  checkTraffic(bench.azure.requests());
  await bench.close();
});

it('creates a group, a storage account with a container, an identity and a role assignment, and deletes them', async () => {
  const group = await bench.group();
  const account = `${group}/Microsoft.Storage/storageAccounts/ingatedata`;
  const created = await bench.put(`${account}?api-version=2026-04-01`, {
    location: 'swedencentral',
    kind: 'StorageV2',
    sku: { name: 'Standard_LRS' },
  });
  expect(created.status).toBe(200);
  const container = await bench.put(`${account}/blobServices/default/containers/evals?api-version=2026-04-01`, {});
  expect(container.status).toBe(201);
  const identity = await bench.put(
    `${group}/Microsoft.ManagedIdentity/userAssignedIdentities/app?api-version=2024-11-30`,
    {
      location: 'swedencentral',
    },
  );
  const assignment = await bench.put(
    `${group}/Microsoft.Authorization/roleAssignments/3f6a1a52-6c3c-4a2b-8d0e-1f0f7b8f5a11?api-version=2022-04-01`,
    {
      properties: {
        roleDefinitionId: '/providers/Microsoft.Authorization/roleDefinitions/2a2b9908-6ea1-4ae2-8e65-a410df84e7d1',
        principalId: identity.body.properties.principalId,
        principalType: 'ServicePrincipal',
      },
    },
  );
  expect(assignment.status).toBe(201);
  expect((await bench.get(`${account}?api-version=2026-04-01`)).body.properties.provisioningState).toBe('Succeeded');
  expect((await bench.get(`${account}/blobServices?api-version=2026-04-01`)).body.value).toHaveLength(1);
  expect(
    (await bench.get(`${group}/Microsoft.Authorization/roleAssignments?api-version=2022-04-01`)).body.value,
  ).toHaveLength(1);
  expect((await bench.send('DELETE', '/subscriptions/{s}/resourceGroups/rg?api-version=2025-04-01')).status).toBe(202);
  expect((await bench.get('/subscriptions/{s}/resources?api-version=2025-04-01')).body.value).toEqual([]);
});
