import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../src/index.ts';
import { startBench, type Answer, type Bench } from '../support/client.ts';
import { create, placed, sampleOf } from '../support/samples.ts';
import { checkTraffic } from '../support/type-check.ts';

let bench: Bench;
let group: string;
let account: string;
const clock = createVirtualClock();
const version = '?api-version=2026-07-01';
const ACCOUNT = 'Microsoft.CognitiveServices/accounts';

beforeEach(async () => {
  bench = await startBench({ clock, timing: { operationMs: 1000 } });
  group = await bench.group();
  account = await create(bench, ACCOUNT, group);
});
afterEach(async () => {
  checkTraffic(bench.azure.requests(), 'responses');
  await bench.close();
});

function refusal({ status, body }: Answer): [number, string] {
  return [status, body.error.code];
}

function deploy(
  name: string,
  change: object = {},
  sku: object = { name: 'GlobalStandard', capacity: 50 },
): Promise<Answer> {
  const model = { format: 'OpenAI', name: 'gpt-5-mini' };
  return bench.put(`${account}/deployments/${name}${version}`, { sku, properties: { model, ...change } });
}

describe('accounts', () => {
  it('keep their name when deleted, until restored or purged', async () => {
    const { url, body } = placed(sampleOf(ACCOUNT), group);
    const before = (await bench.get(url)).body;
    await bench.send('DELETE', url);
    clock.advance(1000);
    const deleted = await bench.get(
      `/subscriptions/{s}/providers/Microsoft.CognitiveServices/deletedAccounts${version}`,
    );
    expect(deleted.body.value.map((item: { name: string }) => item.name)).toEqual(['foundry']);
    expect(refusal(await bench.put(url, body))).toEqual([409, 'FlagMustBeSetForRestore']);
    const restored = await bench.put(url, { location: 'swedencentral', properties: { restore: true } });
    expect(restored.status).toBe(201);
    expect(restored.body.properties).not.toHaveProperty('restore');
    expect(restored.body.properties.internalId).toBe(before.properties.internalId);
    expect(restored.body.properties.customSubDomainName).toBe('foundry');
  });

  it('are free to be created again after a purge, and after 48 hours', async () => {
    const { url, body } = placed(sampleOf(ACCOUNT), group);
    await bench.send('DELETE', url);
    clock.advance(1000);
    const one = `/subscriptions/{s}/providers/Microsoft.CognitiveServices/locations/swedencentral/resourceGroups/rg/deletedAccounts/foundry${version}`;
    expect((await bench.get(one)).body.properties.scheduledPurgeDate).toBeDefined();
    expect((await bench.send('DELETE', one)).status).toBe(200);
    expect((await bench.get(one)).status).toBe(404);
    expect((await bench.put(url, body)).status).toBe(201);
    clock.advance(1000);
    await bench.send('DELETE', url);
    clock.advance(48 * 3600 * 1000 + 1000);
    expect((await bench.put(url, body)).status).toBe(201);
  });

  it('leave a mark when their group is deleted', async () => {
    await bench.send('DELETE', '/subscriptions/{s}/resourceGroups/rg?api-version=2025-04-01');
    clock.advance(1000);
    await bench.group();
    const { url, body } = placed(sampleOf(ACCOUNT), group);
    expect(refusal(await bench.put(url, body))).toEqual([409, 'FlagMustBeSetForRestore']);
  });

  it('are not deleted while they have projects', async () => {
    await create(bench, 'Microsoft.CognitiveServices/accounts/projects', group).catch(() => undefined);
    const project = placed(sampleOf('Microsoft.CognitiveServices/accounts/projects'), group);
    await bench.put(project.url, project.body);
    clock.advance(1000);
    expect(refusal(await bench.send('DELETE', account + version))).toEqual([409, 'CannotDeleteResource']);
    await bench.send('DELETE', project.url);
    clock.advance(1000);
    expect((await bench.send('DELETE', account + version)).status).toBe(202);
  });

  it('have a domain of their own that does not change', async () => {
    const { body } = placed(sampleOf(ACCOUNT), group);
    const other = `${group}/${ACCOUNT}/second${version}`;
    expect(refusal(await bench.put(other, body))).toEqual([409, 'CustomDomainInUse']);
    const change = await bench.send('PATCH', account + version, { properties: { customSubDomainName: 'elsewhere' } });
    expect(refusal(change)).toEqual([400, 'CustomDomainNameCannotBeChanged']);
  });

  it('give their keys unless local authentication is off', async () => {
    const keys = `${account}/listKeys${version}`;
    expect((await bench.send('POST', keys)).body.key1).toMatch(/^[0-9a-f]{32}$/u);
    await bench.send('PATCH', account + version, { properties: { disableLocalAuth: true } });
    expect((await bench.send('POST', keys)).status).toBe(400);
  });
});

describe('projects', () => {
  it('are named after their account and point at this server', async () => {
    const { url, body } = placed(sampleOf('Microsoft.CognitiveServices/accounts/projects'), group);
    await bench.put(url, body);
    clock.advance(1000);
    const headers = { 'x-forwarded-proto': 'https', host: 'management.local.test' };
    const { body: project } = await bench.send('GET', url, undefined, {
      headers: { ...headers, 'x-forwarded-host': 'local.test' },
    });
    expect(project.name).toBe('foundry/support');
    expect(project.properties.isDefault).toBe(true);
    expect(project.properties.endpoints['AI Foundry API']).toBe(
      'https://local.test/foundry/foundry/api/projects/support',
    );
    expect((await bench.get(account + version)).body.properties.associatedProjects).toEqual(['support']);
  });

  it('need an account that takes projects, its location and an identity', async () => {
    const { url, body } = placed(sampleOf('Microsoft.CognitiveServices/accounts/projects'), group);
    const whole = body as object;
    expect((await bench.put(url, { ...whole, location: 'westus' })).status).toBe(400);
    expect((await bench.put(url, { ...whole, identity: undefined })).status).toBe(400);
    await bench.send('PATCH', account + version, { properties: { allowProjectManagement: false } });
    expect((await bench.put(url, body)).status).toBe(400);
  });
});

describe('deployments', () => {
  it('are written one at a time per account', async () => {
    expect((await deploy('first')).status).toBe(201);
    const second = await deploy('second');
    expect(refusal(second)).toEqual([409, 'RequestConflict']);
    expect(second.body.error.message).toContain(
      `Another operation is being performed on the parent resource '${account}'`,
    );
    const connection = placed(sampleOf('Microsoft.CognitiveServices/accounts/connections'), group);
    expect(refusal(await bench.put(connection.url, connection.body))).toEqual([409, 'RequestConflict']);
    clock.advance(1000);
    expect((await deploy('second')).status).toBe(201);
  });

  it('get the default version, policy and upgrade option', async () => {
    const { body } = await deploy('chat');
    expect(body.properties).toMatchObject({
      model: { version: '2025-08-07' },
      raiPolicyName: 'Microsoft.DefaultV2',
      versionUpgradeOption: 'OnceNewDefaultVersionAvailable',
      currentCapacity: 50,
      provisioningState: 'Creating',
    });
  });

  it('need a model, a SKU and a policy that exist, and quota', async () => {
    expect(refusal(await deploy('x1', { model: { format: 'OpenAI', name: 'gpt-99' } }))).toEqual([
      400,
      'DeploymentModelNotSupported',
    ]);
    expect(refusal(await deploy('x2', {}, { name: 'Imaginary', capacity: 1 }))).toEqual([
      400,
      'InvalidResourceProperties',
    ]);
    expect(refusal(await deploy('x3', { raiPolicyName: 'none' }))).toEqual([400, 'InvalidResourceProperties']);
    expect(refusal(await deploy('x4', {}, { name: 'GlobalStandard', capacity: 2001 }))).toEqual([
      400,
      'InsufficientQuota',
    ]);
  });

  it('share the quota of their region', async () => {
    await deploy('one', {}, { name: 'GlobalStandard', capacity: 1500 });
    clock.advance(1000);
    expect(refusal(await deploy('two', {}, { name: 'GlobalStandard', capacity: 600 }))).toEqual([
      400,
      'InsufficientQuota',
    ]);
    const usages = await bench.get(
      `/subscriptions/{s}/providers/Microsoft.CognitiveServices/locations/swedencentral/usages${version}`,
    );
    const used = usages.body.value.find(
      (item: { name: { value: string } }) => item.name.value === 'OpenAI.GlobalStandard.gpt-5-mini',
    );
    expect([used.currentValue, used.limit]).toEqual([1500, 2000]);
  });

  it('keep their model, and take a PATCH of SKU and tags only', async () => {
    await deploy('chat');
    clock.advance(1000);
    expect(refusal(await deploy('chat', { model: { format: 'OpenAI', name: 'gpt-5' } }))).toEqual([
      400,
      'InvalidResourceProperties',
    ]);
    const path = `${account}/deployments/chat${version}`;
    expect((await bench.send('PATCH', path, { properties: {} })).status).toBe(400);
    const patched = await bench.send('PATCH', path, { sku: { name: 'GlobalStandard', capacity: 60 } });
    expect([patched.status, patched.body.sku.capacity]).toEqual([200, 60]);
  });

  it('can be chosen from the catalogue', async () => {
    const models = await bench.get(
      `/subscriptions/{s}/providers/Microsoft.CognitiveServices/locations/swedencentral/models${version}`,
    );
    const found = models.body.value.find(
      (item: { kind: string; model: { name: string } }) => item.kind === 'AIServices' && item.model.name === 'gpt-4.1',
    );
    expect(found).toMatchObject({ name: 'OpenAI.gpt-4.1.2025-04-14', location: 'SwedenCentral' });
    const sku = found.model.skus.find((item: { name: string }) => item.name === 'GlobalStandard');
    expect([sku.usageName, sku.deprecationDate]).toEqual(['OpenAI.GlobalStandard.gpt4.1', '2026-10-14T00:00:00Z']);
  });
});

describe('connections', () => {
  it('never return credentials', async () => {
    const { url, body } = placed(sampleOf('Microsoft.CognitiveServices/accounts/connections'), group);
    const created = await bench.put(url, body);
    expect(created.body.properties).not.toHaveProperty('credentials');
    expect(JSON.stringify((await bench.get(url)).body)).not.toContain('canary');
  });

  it('keep their category; another kind of authentication takes other credentials', async () => {
    const { url, body } = placed(sampleOf('Microsoft.CognitiveServices/accounts/connections'), group);
    await bench.put(url, body);
    const target = 'https://crm.contoso.com';
    expect((await bench.put(url, { properties: { category: 'CustomKeys', authType: 'ApiKey', target } })).status).toBe(
      400,
    );
    const wrong = await bench.put(url, {
      properties: { category: 'ApiKey', authType: 'AAD', target, credentials: { key: 'x' } },
    });
    expect(wrong.status).toBe(400);
    expect((await bench.put(url, { properties: { category: 'ApiKey', authType: 'AAD', target } })).status).toBe(200);
    const raw = { properties: { category: 'ApiKey', authType: 'ProjectManagedIdentity', target } };
    expect((await bench.send('PUT', url, raw)).status).toBe(200);
    await bench.send('DELETE', '/_local/requests');
  });
});

describe('policies and capability hosts', () => {
  it('system policies are there and stay as they are', async () => {
    const list = await bench.get(`${account}/raiPolicies${version}`);
    expect(list.body.value.map((item: { name: string }) => item.name)).toEqual([
      'Microsoft.Default',
      'Microsoft.DefaultV2',
    ]);
    expect((await bench.send('DELETE', `${account}/raiPolicies/Microsoft.Default${version}`)).status).toBe(400);
  });

  it('a policy in use is not deleted', async () => {
    const policy = placed(sampleOf('Microsoft.CognitiveServices/accounts/raiPolicies'), group);
    await bench.put(policy.url, policy.body);
    await deploy('chat', { raiPolicyName: 'strict' });
    clock.advance(1000);
    expect(refusal(await bench.send('DELETE', policy.url))).toEqual([409, 'RaiPolicyInUse']);
  });

  it('there is one capability host per scope, and it does not change', async () => {
    const host = placed(sampleOf('Microsoft.CognitiveServices/accounts/capabilityHosts'), group);
    await bench.put(host.url, host.body);
    clock.advance(1000);
    expect((await bench.put(host.url, host.body)).status).toBe(200);
    const changed = await bench.put(host.url, { properties: { capabilityHostKind: 'Agents', description: 'other' } });
    expect(changed.status).toBe(400);
    expect((await bench.put(`${account}/capabilityHosts/second${version}`, host.body)).status).toBe(409);
  });
});
