import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { azVersion, startAz, type AzBench } from './az-cli.ts';
import { checkTraffic } from '../support/type-check.ts';

const version = azVersion();
if (version === undefined)
  process.stderr.write('The Azure CLI is not installed: az is not tried against the server.\n');

const REGION = ['--location', 'swedencentral'];
const GROUP = ['--resource-group', 'rg'];

describe.skipIf(version === undefined)(`az ${version ?? ''}`, { timeout: 600_000 }, () => {
  let bench: AzBench;
  const az: AzBench['az'] = (...args) => bench.az(...args);
  let scope: string;
  beforeAll(async () => {
    bench = await startAz();
    scope = `/subscriptions/${bench.azure.subscriptionId}/resourceGroups/rg`;
    await az('group', 'create', '--name', 'rg', ...REGION, '--tags', 'env=dev');
  }, 600_000);
  afterAll(async () => {
    checkTraffic(bench.azure.requests(), 'responses');
    await bench.close();
  });

  it('signs in as a managed identity', async () => {
    const account = await az('account', 'show');
    expect(account).toMatchObject({ id: bench.azure.subscriptionId, tenantId: bench.azure.tenantId, state: 'Enabled' });
  });

  it('signs in as a service principal, by a secret or a federated token, in a cloud that is registered by hand', async () => {
    const url = bench.azure.tls?.url ?? '';
    const own = bench.fresh();
    const endpoints = {
      'resource-manager': url,
      'active-directory': `${url}/adfs`,
      'active-directory-resource-id': 'https://management.core.windows.net/',
      'active-directory-graph-resource-id': `${url}/`,
    };
    const options = Object.entries(endpoints).flatMap(([name, value]) => [`--endpoint-${name}`, value]);
    await own('cloud', 'register', '--name', 'Local', ...options);
    await own('cloud', 'set', '--name', 'Local');
    const login = ['login', '--service-principal', '--tenant', 'adfs', '--username'];
    await own(...login, 'any-client', '--password', 'any');
    expect(await own('group', 'list', '--query', '[].name')).toEqual(['rg']);

    const { clientId } = await az('identity', 'create', '--name', 'pipeline', ...GROUP, ...REGION);
    const issuer = 'https://token.actions.githubusercontent.com';
    const [subject, audience] = ['repo:contoso/support:environment:prod', 'api://AzureADTokenExchange'];
    const credential = [
      'identity',
      'federated-credential',
      'create',
      '--name',
      'github',
      '--identity-name',
      'pipeline',
    ];
    await az(...credential, ...GROUP, '--issuer', issuer, '--subject', subject, '--audiences', audience);
    const jwt = (sub: string): string =>
      [{ alg: 'RS256' }, { iss: issuer, sub, aud: audience }, {}]
        .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
        .join('.');
    await expect(own(...login, clientId, '--federated-token', jwt('repo:elsewhere'))).rejects.toThrow('AADSTS700213');
    await own(...login, clientId, '--federated-token', jwt(subject));
    expect(await own('group', 'list', '--query', '[].name')).toEqual(['rg']);
  });

  it('group: create, list, update, exists, delete', async () => {
    expect(await az('group', 'list', '--tag', 'env=dev', '--query', '[].name')).toEqual(['rg']);
    expect(await az('group', 'update', '--name', 'rg', '--set', 'tags.team=ai', '--query', 'tags')).toEqual({
      env: 'dev',
      team: 'ai',
    });
    await az('group', 'create', '--name', 'short-lived', ...REGION);
    await az('group', 'delete', '--name', 'short-lived', '--yes');
    expect(await az('group', 'exists', '--name', 'short-lived')).toBe(false);
    await expect(az('group', 'show', '--name', 'short-lived')).rejects.toThrow('ResourceGroupNotFound');
  });

  it('storage: accounts, keys, services and containers', async () => {
    const account = ['--account-name', 'ingatedata', ...GROUP];
    const created = await az(
      'storage',
      'account',
      'create',
      '--name',
      'ingatedata',
      ...GROUP,
      ...REGION,
      '--sku',
      'Standard_LRS',
    );
    expect(created).toMatchObject({ provisioningState: 'Succeeded', kind: 'StorageV2' });
    expect(await az('storage', 'account', 'keys', 'list', ...account, '--query', '[].keyName')).toEqual([
      'key1',
      'key2',
    ]);
    const name = await az('storage', 'account', 'check-name', '--name', 'ingatedata');
    expect(name).toMatchObject({ nameAvailable: false, reason: 'AlreadyExists' });
    const service = ['storage', 'account', 'blob-service-properties', 'update', ...account];
    expect(await az(...service, '--enable-versioning', 'true', '--query', 'isVersioningEnabled')).toBe(true);
    const container = ['--storage-account', 'ingatedata', ...GROUP];
    await az('storage', 'container-rm', 'create', '--name', 'evals', ...container);
    expect(await az('storage', 'container-rm', 'list', ...container, '--query', '[].name')).toEqual(['evals']);
    await az('storage', 'account', 'delete', '--name', 'ingatedata', ...GROUP, '--yes');
    expect(await az('storage', 'account', 'list', ...GROUP)).toEqual([]);
  });

  it('identity and role: assignments with names of roles and principals, custom roles', async () => {
    const { principalId, clientId } = await az('identity', 'create', '--name', 'app', ...GROUP, ...REGION);
    const assignee = ['--assignee', principalId, '--scope', scope];
    await az('role', 'assignment', 'create', '--role', 'Reader', ...assignee);
    const assignments = await az('role', 'assignment', 'list', ...assignee);
    expect(assignments).toHaveLength(1);
    expect(assignments[0]).toMatchObject({
      roleDefinitionName: 'Reader',
      principalName: clientId,
      principalType: 'ServicePrincipal',
      scope,
    });
    await az('role', 'assignment', 'delete', '--role', 'Reader', ...assignee);
    expect(await az('role', 'assignment', 'list', '--all')).toEqual([]);
    const role = {
      Name: 'Operator',
      Description: 'Restarts apps.',
      Actions: ['Microsoft.App/*/read'],
      AssignableScopes: [scope],
    };
    await az('role', 'definition', 'create', '--role-definition', JSON.stringify(role));
    expect(
      await az('role', 'definition', 'list', '--name', 'Operator', '--scope', scope, '--query', '[].roleName'),
    ).toEqual(['Operator']);
  });

  it('cognitiveservices: accounts, keys, models, soft delete', async () => {
    const account = ['cognitiveservices', 'account'];
    const named = ['--name', 'foundry', ...GROUP];
    const options = ['--kind', 'AIServices', '--sku', 'S0', '--custom-domain', 'foundry', '--yes'];
    const created = await az(...account, 'create', ...named, ...REGION, ...options);
    expect(created.properties).toMatchObject({ provisioningState: 'Succeeded', customSubDomainName: 'foundry' });
    expect(Object.keys(await az(...account, 'keys', 'list', ...named))).toEqual(['key1', 'key2']);
    expect((await az(...account, 'list-models', ...named)).length).toBeGreaterThan(5);
    await az(...account, 'delete', ...named);
    expect(await az(...account, 'list-deleted', '--query', '[].name')).toEqual(['foundry']);
    await az(...account, 'recover', ...named, ...REGION);
    expect(await az(...account, 'list', ...GROUP, '--query', '[].name')).toEqual(['foundry']);
    await az(...account, 'delete', ...named);
    await az(...account, 'purge', ...named, ...REGION);
    expect(await az(...account, 'list-deleted')).toEqual([]);
  });

  it('monitor: action groups, workspaces, metric alerts', async () => {
    await az(
      'monitor',
      'action-group',
      'create',
      '--name',
      'ops',
      ...GROUP,
      '--short-name',
      'ops',
      '--action',
      'email',
      'ada',
      'ada@contoso.com',
    );
    const logs = await az('monitor', 'log-analytics', 'workspace', 'create', '--name', 'logs', ...GROUP, ...REGION);
    expect(logs.provisioningState).toBe('Succeeded');
    const alert = ['monitor', 'metrics', 'alert'];
    const condition = ['--scopes', logs.id, '--condition', 'avg Heartbeat > 5', '--action', 'ops'];
    const created = await az(...alert, 'create', '--name', 'high', ...GROUP, ...condition);
    expect(created.criteria.allOf[0]).toMatchObject({ metricName: 'Heartbeat', operator: 'GreaterThan', threshold: 5 });
    expect(await az(...alert, 'list', ...GROUP, '--query', '[].name')).toEqual(['high']);
    await az(...alert, 'delete', '--name', 'high', ...GROUP);
  });

  it('keyvault: create, list, soft delete, recover, purge', async () => {
    const named = ['--name', 'ingatevault', ...GROUP];
    await az('keyvault', 'create', ...named, ...REGION, '--no-self-perms');
    expect(await az('keyvault', 'list', ...GROUP, '--query', '[].name')).toEqual(['ingatevault']);
    await az('keyvault', 'delete', ...named);
    expect(await az('keyvault', 'list-deleted', '--query', '[].name')).toEqual(['ingatevault']);
    await az('keyvault', 'recover', '--name', 'ingatevault');
    await az('keyvault', 'delete', ...named);
    await az('keyvault', 'purge', '--name', 'ingatevault', ...REGION);
    expect(await az('keyvault', 'list-deleted')).toEqual([]);
  });

  it('cosmosdb, sql and search: create and list', async () => {
    const account = ['--account-name', 'ingatecosmos', ...GROUP];
    const region = ['--locations', 'regionName=swedencentral'];
    const cosmos = await az('cosmosdb', 'create', '--name', 'ingatecosmos', ...GROUP, ...region);
    expect(cosmos.provisioningState).toBe('Succeeded');
    await az('cosmosdb', 'sql', 'database', 'create', ...account, '--name', 'db');
    const container = ['cosmosdb', 'sql', 'container'];
    await az(
      ...container,
      'create',
      ...account,
      '--database-name',
      'db',
      '--name',
      'items',
      '--partition-key-path',
      '/id',
    );
    expect(await az(...container, 'list', ...account, '--database-name', 'db', '--query', '[].name')).toEqual([
      'items',
    ]);
    const login = ['--admin-user', 'operator', '--admin-password', 'Any-Passw0rd-1'];
    const server = await az('sql', 'server', 'create', '--name', 'ingatesql', ...GROUP, ...REGION, ...login);
    expect(server.state).toBe('Ready');
    const database = ['sql', 'db'];
    await az(...database, 'create', '--server', 'ingatesql', ...GROUP, '--name', 'orders', '--service-objective', 'S0');
    expect(await az(...database, 'list', '--server', 'ingatesql', ...GROUP, '--query', '[].name')).toEqual([
      'master',
      'orders',
    ]);
    const search = ['search', 'service'];
    await az(...search, 'create', '--name', 'ingatesearch', ...GROUP, ...REGION, '--sku', 'basic');
    expect(await az(...search, 'list', ...GROUP, '--query', '[].name')).toEqual(['ingatesearch']);
  });

  it('resource, tag, lock, provider and rest', async () => {
    const type = 'Microsoft.App/managedEnvironments';
    const properties = ['--api-version', '2026-01-01', ...REGION, '--properties', '{}'];
    const created = await az('resource', 'create', ...GROUP, '--name', 'env', '--resource-type', type, ...properties);
    expect(created.properties.provisioningState).toBe('Succeeded');
    expect(await az('resource', 'tag', '--ids', created.id, '--tags', 'a=b', '--query', 'tags')).toEqual({ a: 'b' });
    const merge = ['--operation', 'Merge', '--tags', 'c=d', '--query', 'properties.tags'];
    expect(await az('tag', 'update', '--resource-id', created.id, ...merge)).toEqual({ a: 'b', c: 'd' });
    expect(await az('resource', 'list', '--tag', 'c=d', '--query', '[].name')).toEqual(['env']);
    await az('lock', 'create', '--name', 'keep', ...GROUP, '--lock-type', 'CanNotDelete');
    await expect(az('resource', 'delete', '--ids', created.id)).rejects.toThrow('failed to be deleted');
    await az('lock', 'delete', '--name', 'keep', ...GROUP);
    await az('resource', 'delete', '--ids', created.id);
    expect(await az('provider', 'show', '--namespace', 'Microsoft.App', '--query', 'registrationState')).toBe(
      'Registered',
    );
    const url = `${scope}?api-version=2025-04-01`;
    expect(await az('rest', '--method', 'get', '--url', url, '--query', 'location')).toBe('swedencentral');
  });
});
