import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBench, type Answer, type Bench } from '../support/client.ts';
import { create } from '../support/samples.ts';
import { checkTraffic } from '../support/type-check.ts';

let bench: Bench;
let group: string;

beforeEach(async () => {
  bench = await startBench();
  group = await bench.group('rg-Support');
});
afterEach(async () => {
  checkTraffic(bench.azure.requests());
  await bench.close();
});

function ask(query: string, options: object = {}, rest: object = {}): Promise<Answer> {
  const body = { subscriptions: [bench.azure.subscriptionId], query, options, ...rest };
  return bench.send('POST', '/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01', body);
}

async function workspaces(names: readonly string[], tags: Readonly<Record<string, string>> = {}): Promise<void> {
  for (const name of names) {
    const { status } = await bench.put(
      `${group}/Microsoft.OperationalInsights/workspaces/${name}?api-version=2025-02-01`,
      {
        location: 'swedencentral',
        tags,
        properties: { retentionInDays: 30 },
      },
    );
    expect(status).toBe(201);
  }
}

describe('Resource Graph', () => {
  it('finds resources by type, group and tag, in lower case where Azure has it so', async () => {
    await workspaces(['Alpha', 'beta'], { team: 'Support' });
    await create(bench, 'Microsoft.App/managedEnvironments', group);
    const { status, body } = await ask(
      "Resources | where type in~ ('Microsoft.OperationalInsights/workspaces') and resourceGroup =~ 'RG-SUPPORT' and tags['team'] =~ 'support' | project name, type, resourceGroup, days = properties.retentionInDays | order by name asc",
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({ totalRecords: 2, count: 2, resultTruncated: 'false', facets: [] });
    expect(body.data).toEqual([
      { name: 'Alpha', type: 'microsoft.operationalinsights/workspaces', resourceGroup: 'rg-support', days: 30 },
      { name: 'beta', type: 'microsoft.operationalinsights/workspaces', resourceGroup: 'rg-support', days: 30 },
    ]);
  });

  it('counts, groups and joins', async () => {
    await workspaces(['logs-a', 'logs-b', 'logs-c']);
    await create(bench, 'Microsoft.App/managedEnvironments', group);
    const { body } = await ask('resources | summarize n = count() by type | where n > 1');
    expect(body.data).toEqual([{ type: 'microsoft.operationalinsights/workspaces', n: 3 }]);
    const joined = await ask(
      "resources | where name == 'logs-a' | join kind=inner (resourcecontainers | where type == 'microsoft.resources/subscriptions/resourcegroups' | project resourceGroup = tolower(name), groupName = name) on resourceGroup | project name, groupName",
    );
    expect(joined.body.data).toEqual([{ name: 'logs-a', groupName: 'rg-Support' }]);
    expect((await ask('resourcecontainers | count')).body.data).toEqual([{ Count: 2 }]);
  });

  it('pages by skip token, each row once', async () => {
    const names = Array.from({ length: 25 }, (_, index) => `work${String(index).padStart(2, '0')}`);
    await workspaces(names);
    const found: string[] = [];
    let token: string | undefined;
    let pages = 0;
    do {
      const { body } = await ask(
        'resources | project name | order by name asc',
        token === undefined ? { $top: 10 } : { $skipToken: token },
      );
      found.push(...body.data.map((row: { name: string }) => row.name));
      token = body.$skipToken;
      pages++;
    } while (token !== undefined);
    expect([pages, found]).toEqual([3, names]);
    expect((await ask('resources | project name | limit 5', { $top: 2 })).body.$skipToken).toBeUndefined();
    const table = await ask('resources | project name | order by name asc | limit 1', { resultFormat: 'table' });
    expect(table.body.data).toEqual({ columns: [{ name: 'name', type: 'string' }], rows: [['work00']] });
  });

  it('sees only the subscriptions that were asked for', async () => {
    await workspaces(['logs']);
    const none = await ask('resources', {}, { subscriptions: ['11111111-0000-0000-0000-000000000000'] });
    expect([none.status, none.body.error.details[0].code]).toEqual([400, 'NoValidSubscriptionsInQueryRequest']);
    expect((await ask('resources | count', {}, { subscriptions: [] })).body.data).toEqual([{ Count: 1 }]);
  });

  it('says what is wrong with a query, and what it does not imitate', async () => {
    const codes = async (query: string, rest: object = {}): Promise<string[]> => {
      const { status, body } = await ask(query, {}, rest);
      return [String(status), ...body.error.details.map((one: { code: string }) => one.code)];
    };
    expect(await codes('resources | where')).toEqual(['400', 'InvalidQuery', 'ParserFailure']);
    expect(await codes('resources | where colour == 1')).toEqual(['400', 'InvalidQuery', 'InvalidQuery']);
    expect(await codes('policyresources')).toEqual(['400', 'InvalidQuery', 'InvalidQuery']);
    expect(await codes("resources | where name matches regex '^a'")).toEqual(['400', 'InvalidQuery', 'ParserFailure']);
    expect(await codes('resources', { managementGroups: ['root'] })).toEqual(['400', 'BadRequest']);
  });
});
