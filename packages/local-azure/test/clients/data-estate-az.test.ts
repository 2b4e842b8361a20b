import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { azVersion, startAz, type AzBench } from './az-cli.ts';
import { checkTraffic } from '../support/type-check.ts';

const version = azVersion();
const GROUP = ['--resource-group', 'rg'];
const REGION = ['--location', 'swedencentral'];

let bench: AzBench;
const az: AzBench['az'] = (...args) => bench.az(...args);

describe.skipIf(version === undefined)(`az ${version ?? ''} on the data estate`, { timeout: 600_000 }, () => {
  beforeAll(async () => {
    bench = await startAz();
    await az('group', 'create', '--name', 'rg', ...REGION);
  }, 600_000);
  afterAll(async () => {
    checkTraffic(bench.azure.requests(), 'responses');
    await bench.close();
  });

  it('acr: create, credentials, usage, replication, webhook, run', async () => {
    const named = ['--name', 'ingateimages', ...GROUP];
    expect((await az('acr', 'check-name', '--name', 'ingateimages')).nameAvailable).toBe(true);
    const made = await az('acr', 'create', ...named, '--sku', 'Premium', '--admin-enabled', 'true');
    expect(made.loginServer).toBe('ingateimages.azurecr.io');
    expect((await az('acr', 'credential', 'show', ...named)).passwords).toHaveLength(2);
    expect((await az('acr', 'show-usage', ...named)).value[0].name).toBe('Size');
    await az('acr', 'replication', 'create', '--registry', 'ingateimages', ...GROUP, '--location', 'westeurope');
    const hook = ['--uri', 'https://contoso.com/hook', '--actions', 'push'];
    await az('acr', 'webhook', 'create', '--registry', 'ingateimages', ...GROUP, '--name', 'deployhook', ...hook);
    await az('acr', 'update', ...named, '--admin-enabled', 'false');
    const task = ['--cmd', 'echo', '/dev/null', '--no-logs', '--no-wait'];
    await az('acr', 'run', '--registry', 'ingateimages', ...GROUP, ...task);
    const run = await az('acr', 'task', 'show-run', '--registry', 'ingateimages', '--run-id', 'cb1');
    expect([run.status, run.runType]).toEqual(['Succeeded', 'QuickRun']);
    expect(await az('acr', 'task', 'list-runs', '--registry', 'ingateimages', '--query', '[].runId')).toEqual(['cb1']);
    await az('acr', 'delete', ...named, '--yes');
  });

  it('cosmosdb: keys, throughput, roles on data', async () => {
    const named = ['--account-name', 'ingatecosmos', ...GROUP];
    await az('cosmosdb', 'create', '--name', 'ingatecosmos', ...GROUP, '--locations', 'regionName=swedencentral');
    expect((await az('cosmosdb', 'keys', 'list', '--name', 'ingatecosmos', ...GROUP)).primaryMasterKey).toHaveLength(
      88,
    );
    await az('cosmosdb', 'sql', 'database', 'create', ...named, '--name', 'db', '--throughput', '400');
    const throughput = ['cosmosdb', 'sql', 'database', 'throughput'];
    await az(...throughput, 'migrate', ...named, '--name', 'db', '--throughput-type', 'autoscale');
    const shown = await az(...throughput, 'show', ...named, '--name', 'db');
    expect(shown.resource.autoscaleSettings.maxThroughput).toBe(1000);
    const principal = ['--principal-id', '9f0c0a3e-52c2-4d5c-8a4f-0b8c3a6f7d21', '--scope', '/'];
    const role = ['--role-definition-id', '00000000-0000-0000-0000-000000000002'];
    await az('cosmosdb', 'sql', 'role', 'assignment', 'create', ...named, ...principal, ...role);
    expect(await az('cosmosdb', 'sql', 'role', 'assignment', 'list', ...named)).toHaveLength(1);
    await az('cosmosdb', 'update', '--name', 'ingatecosmos', ...GROUP, '--enable-automatic-failover', 'true');
    await az('cosmosdb', 'delete', '--name', 'ingatecosmos', ...GROUP, '--yes');
  });

  it('sql: firewall, administrator, Entra only, scale', async () => {
    const server = ['--server', 'ingatesql', ...GROUP];
    const login = ['--admin-user', 'operator', '--admin-password', 'Any-Passw0rd-1'];
    await az('sql', 'server', 'create', '--name', 'ingatesql', ...GROUP, ...REGION, ...login);
    const range = ['--start-ip-address', '10.0.0.1', '--end-ip-address', '10.0.0.9'];
    await az('sql', 'server', 'firewall-rule', 'create', ...server, '--name', 'office', ...range);
    const admin = ['--display-name', 'owners', '--object-id', '9f0c0a3e-52c2-4d5c-8a4f-0b8c3a6f7d21'];
    await az('sql', 'server', 'ad-admin', 'create', ...server, ...admin);
    await az('sql', 'server', 'ad-only-auth', 'enable', '--name', 'ingatesql', ...GROUP);
    expect((await az('sql', 'server', 'show', '--name', 'ingatesql', ...GROUP)).administrators.login).toBe('owners');
    await az('sql', 'db', 'create', ...server, '--name', 'db', '--service-objective', 'S0');
    const scaled = await az('sql', 'db', 'update', ...server, '--name', 'db', '--service-objective', 'S1');
    expect(scaled.sku).toMatchObject({ name: 'Standard', capacity: 20 });
    await az('sql', 'db', 'delete', ...server, '--name', 'db', '--yes');
    await az('sql', 'server', 'delete', '--name', 'ingatesql', ...GROUP, '--yes');
  });

  it('keyvault and search: policies and keys', async () => {
    const vault = ['--name', 'ingatevault', ...GROUP];
    await az('keyvault', 'create', ...vault, ...REGION, '--no-self-perms');
    const holder = ['--object-id', '9f0c0a3e-52c2-4d5c-8a4f-0b8c3a6f7d21'];
    const shown = await az('keyvault', 'set-policy', ...vault, ...holder, '--secret-permissions', 'get', 'list');
    expect(shown.properties.accessPolicies).toHaveLength(1);
    await az('keyvault', 'update', ...vault, '--enable-purge-protection', 'true');
    await az('search', 'service', 'create', '--name', 'ingatesearch', ...GROUP, ...REGION, '--sku', 'basic');
    const service = ['--service-name', 'ingatesearch', ...GROUP];
    expect((await az('search', 'admin-key', 'show', ...service)).primaryKey).toHaveLength(52);
    await az('search', 'admin-key', 'renew', ...service, '--key-kind', 'primary');
    await az('search', 'query-key', 'create', ...service, '--name', 'web');
    expect(await az('search', 'query-key', 'list', ...service)).toHaveLength(2);
  });
});
