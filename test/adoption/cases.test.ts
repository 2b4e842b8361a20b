import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { GROUP, createLab, type Lab } from '../support/lab.ts';
import { planned, pull } from './foreign.ts';

let lab: Lab;
afterEach(() => lab.close());

const REGISTRY = `${GROUP}/providers/Microsoft.ContainerRegistry/registries/crteam`;
const CLUSTER = `${GROUP}/providers/Microsoft.Kubernetes/connectedClusters/shop`;

/** Writes a resource and waits until Azure finished it. */
async function put(path: string, apiVersion: string, body: object): Promise<void> {
  const { status, body: answer } = await lab.send('PUT', `${path}?api-version=${apiVersion}`, body);
  expect(status, JSON.stringify(answer)).toBeLessThan(300);
  for (;;) {
    const read = await lab.send('GET', `${path}?api-version=${apiVersion}`);
    const { properties } = (read.body ?? {}) as { properties?: { provisioningState?: string } };
    if ((properties?.provisioningState ?? 'Succeeded') === 'Succeeded') return;
  }
}

async function emptyLab(options: Parameters<typeof createLab>[0] = {}): Promise<Lab> {
  const made = await createLab(options);
  made.write({ 'environments/dev/environment.yaml': null });
  const { status } = await made.send('PUT', `${GROUP}?api-version=2025-04-01`, {
    location: 'swedencentral',
    tags: { owner: 'shop' },
  });
  expect(status).toBeLessThan(300);
  return made;
}

function written(): string {
  const folder = join(lab.root, 'environments/dev');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')).join('\n');
}

/** What the plan takes over; anything else that it would do fails the test. */
async function adopted(): Promise<string[]> {
  const changes = (await planned(lab)).filter(({ actions }) => actions !== 'no-op');
  expect(changes.filter(({ actions, fields }) => actions !== 'update' || fields.length > 0)).toEqual([]);
  return changes.map(({ address }) => address).toSorted();
}

const appEnvironment = { location: 'swedencentral', properties: { appLogsConfiguration: {} } };
const app = (env: readonly object[], extra: object = {}) => ({
  location: 'swedencentral',
  properties: {
    environmentId: `${GROUP}/providers/Microsoft.App/managedEnvironments/apps`,
    configuration: { activeRevisionsMode: 'Single', ...extra },
    template: { containers: [{ name: 'api', image: 'mcr.microsoft.com/k8se/quickstart:latest', env }] },
  },
});
const APPS = `${GROUP}/providers/Microsoft.App`;

describe('what has no kind', () => {
  it('becomes an AzureResource, with its children below it, and the plan is empty', async () => {
    lab = await emptyLab();
    await put(CLUSTER, '2026-05-01', {
      location: 'swedencentral',
      identity: { type: 'SystemAssigned' },
      properties: { agentPublicKeyCertificate: '' },
    });
    await put(REGISTRY, '2025-11-01', { location: 'swedencentral', sku: { name: 'Standard' }, properties: {} });
    await put(`${REGISTRY}/webhooks/pushed`, '2025-11-01', {
      location: 'swedencentral',
      properties: { serviceUri: 'https://hook.example/push', actions: ['push'] },
    });
    const result = await pull(lab);
    expect(result.resources.map(({ id }) => id).toSorted()).toEqual([
      'AzureResource/crteam-pushed',
      'AzureResource/shop',
      'ContainerRegistry/crteam',
      'Environment/dev',
    ]);
    expect(result.differences).toEqual([]);
    expect(written()).toContain('parent: ContainerRegistry/crteam');
    expect(await adopted()).toEqual(['ContainerRegistry/crteam', 'Environment/dev']);
  });

  it('locks the group or a resource: pulled as attached to it, and the plan is empty', async () => {
    lab = await emptyLab();
    const identity = `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/api-dev`;
    await put(identity, '2024-11-30', { location: 'swedencentral' });
    for (const scope of [GROUP, identity])
      await put(`${scope}/providers/Microsoft.Authorization/locks/keep`, '2020-05-01', {
        properties: { level: 'CanNotDelete', notes: 'Ask the platform team.' },
      });
    const result = await pull(lab);
    expect(result.resources.map(({ id }) => id)).toEqual([
      'Environment/dev',
      'ManagedIdentity/api',
      'AzureResource/dev-keep',
      'AzureResource/api-keep',
    ]);
    expect(result.differences).toEqual([]);
    expect(await adopted()).toEqual(['Environment/dev', 'ManagedIdentity/api']);
  });

  it('is told where it was not looked for', async () => {
    lab = await emptyLab();
    await put(REGISTRY, '2025-11-01', { location: 'swedencentral', sku: { name: 'Premium' }, properties: {} });
    const { omissions } = await pull(lab);
    expect(omissions).toContainEqual({
      what: 'Microsoft.ContainerRegistry/registries',
      reason: expect.stringContaining('webhooks') as string,
      harmless: true,
    });
  });
});

describe('secrets', () => {
  const KEY = 'DefaultEndpointsProtocol=https;AccountKey=c2VjcmV0LXRoYXQtbm9ib2R5LXNlZXM=';

  it('are never written or printed: values of an app that look like one are left out and told', async () => {
    lab = await emptyLab();
    await put(`${APPS}/managedEnvironments/apps`, '2026-01-01', appEnvironment);
    await put(
      `${APPS}/containerApps/api`,
      '2026-01-01',
      app([
        { name: 'STORE', value: KEY },
        { name: 'MODE', value: 'fast' },
      ]),
    );
    const result = await pull(lab);
    expect(written()).not.toContain('c2VjcmV0');
    expect(JSON.stringify(result)).not.toContain('c2VjcmV0');
    expect(written()).toContain('value: fast');
    expect(result.omissions).toContainEqual(
      expect.objectContaining({ what: 'ContainerApp/api containers.0.env.0.value' }),
    );
    expect((await lab.ingate('validate')).code).toBe(0);
    expect(await adopted()).toEqual(['ContainerApp/api', 'ContainerEnvironment/apps', 'Environment/dev']);
  });

  it('of a connection are named by what it signs in with, and told where Azure does not say the names', async () => {
    lab = await emptyLab();
    const account = `${GROUP}/providers/Microsoft.CognitiveServices/accounts/ai-dev`;
    await put(account, '2026-07-01', {
      location: 'swedencentral',
      kind: 'AIServices',
      sku: { name: 'S0' },
      properties: { customSubDomainName: 'ai-dev' },
    });
    const connect = (name: string, authType: string, credentials: object) =>
      put(`${account}/connections/${name}`, '2026-07-01', {
        properties: { category: 'CustomKeys', target: 'https://crm.example', authType, credentials },
      });
    await connect('crm', 'CustomKeys', { keys: { token: 'never-written-1' } });
    await connect('search', 'ApiKey', { key: 'never-written-2' });
    const result = await pull(lab);
    expect(written() + JSON.stringify(result)).not.toContain('never-written');
    expect(result.secrets.map(({ variable }) => variable)).toContain('CONNECTION_SEARCH_CREDENTIALS_KEY');
    const told = [
      ...result.secrets.map(({ resource, field }) => `${resource} ${field}`),
      ...result.omissions.map(({ what }) => what),
    ].filter((one) => one.startsWith('Connection/crm'));
    expect(told).toHaveLength(1);
    expect(result.differences).toEqual([]);
  });

  it('that Azure keeps are named by environment variables', async () => {
    lab = await emptyLab();
    await put(`${APPS}/managedEnvironments/apps`, '2026-01-01', appEnvironment);
    await put(
      `${APPS}/containerApps/api`,
      '2026-01-01',
      app([{ name: 'KEY', secretRef: 'crm-key' }], { secrets: [{ name: 'crm-key', value: 'hidden-value' }] }),
    );
    const result = await pull(lab);
    expect(result.secrets).toEqual([
      { variable: 'CONTAINER_APP_API_SECRETS_0_VALUE', resource: 'ContainerApp/api', field: 'secrets.0.value' },
    ]);
    expect(written()).toContain('env: CONTAINER_APP_API_SECRETS_0_VALUE');
    expect(written() + JSON.stringify(result)).not.toContain('hidden-value');
  });
});

describe('files', () => {
  const where = ['--cloud', 'local', '--subscription', GROUP.split('/')[2] ?? '', '--resource-group', 'rg-test'];

  it('that are there are not replaced without --force', async () => {
    lab = await emptyLab();
    lab.write({ 'environments/dev/notes.md': 'mine\n' });
    const ran = await lab.ingate('pull', '-e', 'dev', ...where);
    expect(ran.code).toBe(1);
    expect(ran.err).toContain('ING6100');
    expect(existsSync(`${lab.root}/environments/dev/environment.yaml`)).toBe(false);
  });

  it('that Git does not have as they are now are not replaced at all', async () => {
    lab = await emptyLab();
    lab.write({ 'environments/dev/environment.yaml': 'kind: none\n' });
    expect((await lab.ingate('pull', '-e', 'dev', ...where, '--force')).err).toContain('ING6100');
    lab.commit('as it is');
    lab.write({ 'environments/dev/environment.yaml': 'kind: changed\n' });
    expect((await lab.ingate('pull', '-e', 'dev', ...where, '--force')).err).toContain('ING6100');
    lab.commit('changed');
    lab.write({ 'environments/dev/new.yaml': 'kind: new\n' });
    expect((await lab.ingate('pull', '-e', 'dev', ...where, '--force')).err).toContain('new.yaml');
    expect(readFileSync(`${lab.root}/environments/dev/environment.yaml`, 'utf8')).toBe('kind: changed\n');
  });

  it('are never written through a link', async () => {
    lab = await emptyLab();
    mkdirSync(`${lab.root}/elsewhere`);
    symlinkSync(`${lab.root}/elsewhere`, `${lab.root}/environments/linked`);
    const ran = await lab.ingate('pull', '-e', 'linked', ...where, '--force');
    expect(ran.err).toContain('ING6100');
    expect(readdirSync(`${lab.root}/elsewhere`)).toEqual([]);
  });

  it('are replaced with --force when all of them are committed', async () => {
    lab = await emptyLab();
    lab.write({ 'environments/dev/old.yaml': 'kind: old\n' });
    lab.commit('old');
    const ran = await lab.ingate('pull', '-e', 'dev', ...where, '--force');
    expect(ran.code, ran.err).toBe(0);
    expect(ran.out).toContain('removed environments/dev/old.yaml');
    expect(existsSync(`${lab.root}/environments/dev/old.yaml`)).toBe(false);
    expect(existsSync(`${lab.root}/environments/dev/environment.yaml`)).toBe(true);
  });

  it('say where a second pull reads', async () => {
    lab = await emptyLab();
    expect((await lab.ingate('pull', '-e', 'dev', ...where)).code).toBe(0);
    lab.commit('pulled');
    const ran = await lab.ingate('pull', '-e', 'dev', '--force');
    expect(ran.code, ran.err).toBe(0);
  });
});

describe('what is refused', () => {
  const where = ['--cloud', 'local', '--subscription', GROUP.split('/')[2] ?? ''];

  it.each([
    ['no environment', [], 'ING1002'],
    ['a name that is none', ['-e', '../up'], 'ING1002'],
    ['no resource group', ['-e', 'dev'], 'ING6105'],
    ['a group that is not there', ['-e', 'dev', '--resource-group', 'rg-none'], 'ING6101'],
    ['a group elsewhere', ['-e', 'dev', '--resource-group', 'rg-test', '--location', 'westeurope'], 'ING6101'],
  ])('%s', async (_, args, code) => {
    lab = await emptyLab();
    const ran = await lab.ingate('pull', ...where, ...args);
    expect(ran.code).toBe(code === 'ING6105' ? 64 : 1);
    expect(ran.err).toContain(code);
    expect(existsSync(`${lab.root}/environments/dev/environment.yaml`)).toBe(false);
  });

  it('the group of another environment', async () => {
    lab = await createLab();
    await lab.ingate('apply', '-e', 'dev', '--yes');
    const ran = await lab.ingate('pull', '-e', 'qa', ...where, '--resource-group', 'rg-test');
    expect(ran.err).toContain('ING6102');
  });

  it('a part of the estate that may not be read is told, and the rest is written', async () => {
    lab = await emptyLab();
    await put(REGISTRY, '2025-11-01', { location: 'swedencentral', sku: { name: 'Basic' }, properties: {} });
    lab.azure.faults.add({
      match: { method: 'GET', path: '/providers/Microsoft.Insights/diagnosticSettings' },
      respond: { status: 403, body: { error: { code: 'AuthorizationFailed', message: 'No.' } } },
    });
    const result = await pull(lab);
    expect(result.problems.map(({ code }) => code)).toContain('ING4003');
    expect(result.resources.map(({ id }) => id)).toContain('ContainerRegistry/crteam');
    expect(result.differences).toEqual([]);
  });

  it('a resource of another environment is left out and told', async () => {
    lab = await emptyLab();
    const tags = { 'ingate-environment': 'shop', 'ingate-id': 'ContainerRegistry/images' };
    await put(REGISTRY, '2025-11-01', { location: 'swedencentral', tags, sku: { name: 'Basic' }, properties: {} });
    const result = await pull(lab);
    expect(result.resources.map(({ id }) => id)).toEqual(['Environment/dev']);
    expect(result.omissions).toContainEqual({
      what: REGISTRY,
      reason: 'it belongs to the environment shop of ingate',
      harmless: true,
    });
  });
});

describe('names', () => {
  it('are unique, readable and the same on every run', async () => {
    lab = await emptyLab();
    for (const name of ['support-api-dev', 'support-worker-dev', 'Odd_Name']) {
      await put(`${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`, '2024-11-30', {
        location: 'swedencentral',
      });
    }
    for (const account of ['ai-one-dev', 'ai-two-dev']) {
      const path = `${GROUP}/providers/Microsoft.CognitiveServices/accounts/${account}`;
      await put(path, '2026-07-01', {
        location: 'swedencentral',
        kind: 'AIServices',
        sku: { name: 'S0' },
        properties: { customSubDomainName: account },
      });
      await put(`${path}/deployments/chat`, '2026-07-01', {
        sku: { name: 'GlobalStandard', capacity: 1 },
        properties: { model: { format: 'OpenAI', name: 'gpt-5-mini', version: '2025-08-07' } },
      });
    }
    const result = await pull(lab);
    expect(result.resources.map(({ id }) => id)).toEqual([
      'Environment/dev',
      'FoundryAccount/ai-one',
      'FoundryAccount/ai-two',
      'ManagedIdentity/odd-name',
      'ManagedIdentity/support-api',
      'ManagedIdentity/support-worker',
      'ModelDeployment/chat',
      'ModelDeployment/ai-two-chat',
    ]);
    expect(result.differences).toEqual([]);
    expect(written().match(/azureName: .*/g)).toEqual(
      expect.arrayContaining(['azureName: chat', 'azureName: Odd_Name']),
    );
  });

  it('and texts of Azure cannot leave their place in the files or on the screen', async () => {
    lab = await emptyLab();
    const tags = { note: 'a\u001b[31m: - {x}\n---\nkind: Environment', '##vso[task]': 'x' };
    await put(REGISTRY, '2025-11-01', { location: 'swedencentral', tags, sku: { name: 'Basic' }, properties: {} });
    const ran = await lab.ingate(
      'pull',
      '-e',
      'dev',
      '--cloud',
      'local',
      '--subscription',
      GROUP.split('/')[2] ?? '',
      '--resource-group',
      'rg-test',
    );
    expect(ran.code, ran.err).toBe(0);
    expect(ran.out).not.toContain('\u001b');
    expect((await lab.ingate('validate')).code).toBe(0);
    expect(await adopted()).toEqual(['ContainerRegistry/crteam', 'Environment/dev']);
  });
});
