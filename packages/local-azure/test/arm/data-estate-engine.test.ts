import { afterEach, beforeEach, expect, it } from 'vitest';
import { createVirtualClock } from '../../src/index.ts';
import { startBench, type Bench } from '../support/client.ts';
import { DATA_ESTATE } from '../providers/data-estate-samples.ts';
import { create } from '../support/samples.ts';
import { checkTraffic } from '../support/type-check.ts';

let bench: Bench;
const clock = createVirtualClock();
const app = '?api-version=2026-01-01';
const foundry = '?api-version=2026-07-01';

beforeEach(async () => {
  bench = await startBench({ clock, timing: { operationMs: 1000 } });
});
afterEach(async () => {
  checkTraffic(bench.azure.requests());
  await bench.close();
});

it('leaves nothing of what a PUT removes, read-only members included', async () => {
  const group = await bench.group();
  const path = await create(bench, 'Microsoft.App/containerApps', group);
  const before = (await bench.get(path + app)).body;
  expect(before.properties.configuration.ingress.fqdn).toContain('.azurecontainerapps.io');
  expect(before.properties.latestRevisionFqdn).toContain('.azurecontainerapps.io');
  const { environmentId } = before.properties;
  const template = {
    containers: [{ name: 'api', image: 'contoso.azurecr.io/api:1', resources: { cpu: 0.5, memory: '1Gi' } }],
  };
  await bench.put(path + app, {
    location: 'swedencentral',
    properties: { environmentId, configuration: {}, template },
  });
  clock.advance(1000);
  const after = (await bench.get(path + app)).body.properties;
  expect(after.configuration.ingress).toBeNull();
  expect(after.latestRevisionFqdn).toBe('');
  expect(after.latestRevisionName).toBe(before.properties.latestRevisionName);
});

it('keeps a resource group that holds what cannot be deleted, and ends its DELETE with 409', async () => {
  const [inner, outer] = [await bench.group('inner'), await bench.group('outer')];
  const environment = await create(bench, 'Microsoft.App/managedEnvironments', inner);
  const identity = await create(bench, 'Microsoft.ManagedIdentity/userAssignedIdentities', inner);
  const template = { containers: [{ name: 'api', image: 'contoso.azurecr.io/api:1' }] };
  const path = `${outer}/Microsoft.App/containerApps/api${app}`;
  await bench.put(path, { location: 'swedencentral', properties: { environmentId: environment, template } });
  clock.advance(1000);
  const url = '/subscriptions/{s}/resourceGroups/inner?api-version=2025-04-01';
  const accepted = await bench.send('DELETE', url);
  clock.advance(1000);
  const poll = new URL(accepted.headers.get('location') ?? '');
  const ended = await bench.get(poll.pathname + poll.search);
  expect([ended.status, ended.body.error.code]).toEqual([409, 'ResourceGroupDeletionBlocked']);
  expect(ended.body.error.details).toMatchObject([{ code: 'ManagedEnvironmentHasContainerApps', target: environment }]);
  expect((await bench.get(url)).body.properties.provisioningState).toBe('Succeeded');
  expect((await bench.get(environment + app)).status).toBe(200);
  expect((await bench.get(`${identity}?api-version=2024-11-30`)).status).toBe(404);

  await bench.send('DELETE', path);
  clock.advance(1000);
  await bench.send('DELETE', url);
  clock.advance(1000);
  expect((await bench.get(url)).status).toBe(404);
});

it('deletes a resource group in an order that its contents allow', async () => {
  const group = await bench.group();
  await create(bench, 'Microsoft.CognitiveServices/accounts/projects', group);
  await create(bench, 'Microsoft.App/containerApps', group);
  const url = '/subscriptions/{s}/resourceGroups/rg?api-version=2025-04-01';
  await bench.send('DELETE', url);
  clock.advance(1000);
  expect((await bench.get(url)).status).toBe(404);
});

it('deletes a resource group with everything of the data estate in it', async () => {
  const group = await bench.group();
  for (const { type } of DATA_ESTATE) await create(bench, type, group);
  const url = '/subscriptions/{s}/resourceGroups/rg?api-version=2025-04-01';
  await bench.send('DELETE', url);
  clock.advance(1000);
  expect((await bench.get(url)).status).toBe(404);
  await bench.group();
  const left = await bench.get('/subscriptions/{s}/resources?api-version=2025-04-01');
  expect(left.body.value).toEqual([]);
});

it('refuses to change a Foundry account while something below it is written', async () => {
  const group = await bench.group();
  const account = await create(bench, 'Microsoft.CognitiveServices/accounts', group);
  const project = { location: 'swedencentral', identity: { type: 'SystemAssigned' }, properties: {} };
  expect((await bench.put(`${account}/projects/support${foundry}`, project)).status).toBe(201);
  const refused = await bench.send('PATCH', account + foundry, { tags: { a: 'b' } });
  expect([refused.status, refused.body.error.code]).toEqual([409, 'RequestConflict']);
  clock.advance(1000);
  expect((await bench.send('PATCH', account + foundry, { tags: { a: 'b' } })).status).toBe(200);
});
