import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { azVersion, startAz, type AzBench } from './az-cli.ts';

const version = azVersion();
if (version === undefined)
  process.stderr.write('The Azure CLI is not installed: az is not tried against the server.\n');

const BASE = '2026-01-01';

describe.skipIf(version === undefined)(`az ${version ?? ''} and container apps`, { timeout: 600_000 }, () => {
  let bench: AzBench;
  beforeAll(async () => {
    bench = await startAz();
    await bench.az('group', 'create', '--name', 'rg', '--location', 'swedencentral');
  }, 600_000);
  afterAll(() => bench.close());

  async function write(id: string, properties: object): Promise<void> {
    const response = await fetch(`${bench.azure.url}${id}?api-version=${BASE}`, {
      method: 'PUT',
      headers: { authorization: 'Bearer test', 'content-type': 'application/json' },
      body: JSON.stringify({ location: 'swedencentral', properties }),
    });
    expect(response.status).toBe(201);
  }

  // oxlint-disable-next-line typescript/no-explicit-any -- tests read members of any depth
  async function read(id: string): Promise<any> {
    const url = `${bench.azure.url}${id}?api-version=${BASE}`;
    const response = await fetch(url, { headers: { authorization: 'Bearer test' } });
    return ((await response.json()) as { readonly properties: unknown }).properties;
  }

  it('reads metrics, split and filtered, and their definitions', async () => {
    const group = `/subscriptions/${bench.azure.subscriptionId}/resourceGroups/rg`;
    const environmentId = `${group}/providers/Microsoft.App/managedEnvironments/env`;
    const app = `${group}/providers/Microsoft.App/containerApps/api`;
    await write(environmentId, {});
    bench.azure.clock.advance(1000);
    expect((await read(environmentId)).provisioningState).toBe('Succeeded');
    await write(app, {
      environmentId,
      configuration: { ingress: { external: true, targetPort: 80 } },
      template: { revisionSuffix: 'v1', containers: [{ name: 'api', image: 'x' }] },
    });
    bench.azure.clock.advance(1000);
    expect((await read(app)).latestReadyRevisionName).toBe('api--v1');
    const { fqdn } = (await read(app)).configuration.ingress;
    for (let index = 0; index < 7; index += 1) await fetch(`${bench.azure.url}/apps/${fqdn}/`);
    const metrics = ['monitor', 'metrics'];
    const total = 'sum(value[0].timeseries[].data[].total)';
    const asked = ['--resource', app, '--metric', 'Requests', '--aggregation', 'Total', '--offset', '1h'];
    const found = await bench.az(...metrics, 'list', ...asked, '--interval', 'PT1M', '--query', total);
    expect(found).toBe(7);
    const split = ['--dimension', 'revisionName', '--query', 'value[0].timeseries[].metadatavalues[0].value'];
    expect(await bench.az(...metrics, 'list', ...asked, ...split)).toEqual(['api--v1']);
    const wrong = ['--filter', "statusCodeCategory eq '5xx'", '--query', 'value[0].timeseries'];
    expect(await bench.az(...metrics, 'list', ...asked, ...wrong)).toEqual([]);
    const names = await bench.az(...metrics, 'list-definitions', '--resource', app, '--query', '[].name.value');
    expect(names).toContain('Requests');
  });
});
