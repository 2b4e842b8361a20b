import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cronProblem } from '../src/reconcilers/shared/cron.ts';
import { createLab, GROUP, SUBSCRIPTION, type Lab } from './support/lab.ts';
import { applyAll } from './support/succeed.ts';

const FILE = 'environments/dev/data.yaml';
const doc = (kind: string, name: string, spec: object): string =>
  `${JSON.stringify({ apiVersion: 'ingate/v1alpha1', kind, metadata: { name }, spec })}\n---\n`;
const ACCOUNT = `${GROUP}/providers/Microsoft.Storage/storageAccounts/datadev`;

let lab: Lab;
beforeEach(async () => {
  lab = await createLab({ files: { [FILE]: doc('StorageAccount', 'data', {}) + doc('ManagedIdentity', 'app', {}) } });
  lab.commit('first');
  await applyAll(lab);
});
afterEach(() => lab.close());

async function said(...args: readonly string[]): Promise<string> {
  const { out, err } = await lab.ingate('plan', '-e', 'dev', ...args);
  return out + err;
}

async function put(path: string, apiVersion: string, body: object): Promise<void> {
  const { status, body: answer } = await lab.send('PUT', `${path}?api-version=${apiVersion}`, body);
  expect(status, JSON.stringify(answer)).toBeLessThan(300);
}

describe('locks', () => {
  const lock = (level: string) =>
    put(`${GROUP}/providers/Microsoft.Authorization/locks/keep`, '2020-05-01', { properties: { level } });

  it('that forbid deleting stand in the way of what is deleted, and of nothing else', async () => {
    await lock('CanNotDelete');
    lab.write({ [FILE]: doc('ManagedIdentity', 'app', { tags: { team: 'a' } }) });
    const text = await said('--prune');
    expect(text).toContain('ING3019');
    expect(text).toContain('StorageAccount/data cannot be deleted: the lock "keep" (CanNotDelete)');
    expect(await said()).not.toContain('ING3019');
    await lab.send('DELETE', `${GROUP}/providers/Microsoft.Authorization/locks/keep?api-version=2020-05-01`);
  });

  it('that make read-only stand in the way of every write', async () => {
    await lock('ReadOnly');
    lab.write({ [FILE]: doc('StorageAccount', 'data', { tags: { team: 'a' } }) + doc('ManagedIdentity', 'app', {}) });
    expect(await said()).toContain('StorageAccount/data cannot be written: the lock "keep" (ReadOnly)');
    await lab.send('DELETE', `${GROUP}/providers/Microsoft.Authorization/locks/keep?api-version=2020-05-01`);
  });
});

it('what somebody made below an account keeps the account from being deleted', async () => {
  const account = `${GROUP}/providers/Microsoft.CognitiveServices/accounts/ai-dev`;
  lab.write({ 'environments/dev/ai.yaml': doc('FoundryAccount', 'ai', {}) });
  lab.commit('second');
  expect((await lab.ingate('apply', '-e', 'dev', '--yes')).code).toBe(0);
  lab.write({ 'environments/dev/ai.yaml': null });
  expect(await said('--prune')).not.toContain('ING3020');
  await put(`${account}/projects/portal-made`, '2026-07-01', {
    location: 'swedencentral',
    identity: { type: 'SystemAssigned' },
    properties: {},
  });
  expect(await said('--prune')).toContain(
    'FoundryAccount/ai holds what this environment does not manage: projects/portal-made',
  );
});

describe('what Azure does not offer', () => {
  const thing = (type: string, spec: object = {}): string =>
    doc('AzureResource', 'thing', { type, apiVersion: '2025-01-01', ...spec });

  it('providers and types', async () => {
    lab.write({ 'environments/dev/thing.yaml': thing('Microsoft.Nowhere/things') });
    expect(await said()).toContain('Azure does not know the resource provider Microsoft.Nowhere');
    lab.write({ 'environments/dev/thing.yaml': thing('Microsoft.Storage/storageAcounts') });
    expect(await said()).toContain("The resource type 'storageAcounts' could not be found");
  });

  it('regions', async () => {
    lab.write({ 'environments/dev/more.yaml': doc('SearchService', 'search', { location: 'swedencentrall' }) });
    expect(await said()).toContain('Microsoft.Search/searchServices is not offered in the region "swedencentrall"');
  });
});

describe('the environment itself', () => {
  const environment = (resourceGroup: string, location: string): string =>
    doc('Environment', 'dev', { cloud: 'local', subscriptionId: SUBSCRIPTION, resourceGroup, location });

  it('in another resource group leaves the old one behind, which is said', async () => {
    lab.write({ 'environments/dev/environment.yaml': environment('rg-other', 'swedencentral') });
    const text = await said();
    expect(text).toContain('The environment "dev" is in the resource group rg-test already');
    expect(text).toContain('nothing manages it any more');
  });

  it('in another region is refused, because a resource group does not move', async () => {
    lab.write({ 'environments/dev/environment.yaml': environment('rg-test', 'westeurope') });
    expect(await said()).toContain('The resource group rg-test is in swedencentral and cannot move to westeurope');
  });
});

describe('a grant that exists under another name', () => {
  const other = `${ACCOUNT}/providers/Microsoft.Authorization/roleAssignments/aaaaaaaa-0000-4000-8000-000000000001`;
  const grant = (lifecycle: object): string =>
    doc('RoleAssignment', 'app-reads', {
      role: 'Storage Blob Data Reader',
      principal: { id: { valueFrom: { kind: 'ManagedIdentity', name: 'app', output: 'principalId' } } },
      scope: 'StorageAccount/data',
      lifecycle,
    });

  beforeEach(async () => {
    const identity = `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities`;
    const { body } = await lab.send('GET', `${identity}?api-version=2024-11-30`);
    const [first] = (body as { value: { properties: { principalId: string } }[] }).value;
    await put(other, '2022-04-01', {
      properties: {
        roleDefinitionId: `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/2a2b9908-6ea1-4ae2-8e65-a410df84e7d1`,
        principalId: first?.properties.principalId,
        principalType: 'ServicePrincipal',
      },
    });
  });

  it('is told by the plan with the way to take it over', async () => {
    lab.write({ 'environments/dev/grant.yaml': grant({}) });
    const text = await said();
    expect(text).toContain('ING3004');
    expect(text).toContain('aaaaaaaa-0000-4000-8000-000000000001');
    expect(text).toContain('adopt: true');
  });

  it('is taken over where the manifest says so, and stays under its name', async () => {
    lab.write({ 'environments/dev/grant.yaml': grant({ adopt: true }) });
    lab.commit('grant');
    const applied = await lab.ingate('apply', '-e', 'dev', '--yes');
    expect(applied.code, applied.out + applied.err).toBe(0);
    expect(await said()).toContain('No changes');
    const { body } = await lab.send('GET', `${other}?api-version=2022-04-01`);
    expect(JSON.stringify(body)).toContain('[ingate dev RoleAssignment/app-reads]');
    lab.write({ 'environments/dev/grant.yaml': null });
    const pruned = await lab.ingate('apply', '-e', 'dev', '--yes', '--prune');
    expect(pruned.code, pruned.out + pruned.err).toBe(0);
    expect((await lab.send('GET', `${other}?api-version=2022-04-01`)).status).toBe(404);
  });
});

describe('cron expressions', () => {
  it.each(['0 6 * * 1', '*/15 * * * *', '0 0 29 2 *', '0 0 31 1,2 *', '0 0 30 2 mon', '5/10 0-6 1-15/2 JAN-MAR SUN,7'])(
    '%s runs',
    (one) => {
      expect(cronProblem(one)).toBeUndefined();
    },
  );
  it.each([
    '0 0 30 2 *',
    '0 0 31 4,6,9,11 *',
    '60 * * * *',
    '* 24 * * *',
    '0 0 0 * *',
    '0 0 * 13 *',
    '0 0 * *',
    '0 0 5-3 * *',
    'a * * * *',
    '*/0 * * * *',
  ])('%s does not', (one) => {
    expect(cronProblem(one)).toBeTypeOf('string');
  });

  it('that never run are refused where they are declared', async () => {
    const job = {
      environment: 'env',
      trigger: 'Schedule',
      schedule: '0 0 30 2 *',
      containers: [{ name: 'a', image: 'b:1' }],
    };
    lab.write({
      'environments/dev/job.yaml':
        doc('ContainerEnvironment', 'env', { logs: { destination: 'none' } }) + doc('ContainerJob', 'nightly', job),
    });
    const { code, out, err } = await lab.ingate('validate');
    expect(code).toBe(1);
    expect(out + err).toContain('"0 0 30 2 *" never runs');
  });
});
