import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../src/index.ts';
import { startBench, type Answer, type Bench } from '../support/client.ts';
import { checkTraffic } from '../support/type-check.ts';

let bench: Bench;
let group: string;
let customerId: string;
let workspace: string;
const clock = createVirtualClock(Date.UTC(2026, 10, 23, 12));

beforeEach(async () => {
  bench = await startBench({ clock, timing: { operationMs: 0, revisionMs: 1000 } });
  group = await bench.group();
  workspace = `${group}/Microsoft.OperationalInsights/workspaces/logs`;
  const { body } = await bench.put(`${workspace}?api-version=2025-02-01`, {
    location: 'swedencentral',
    properties: { retentionInDays: 30 },
  });
  customerId = body.properties.customerId;
});
afterEach(async () => {
  checkTraffic(bench.azure.requests());
  await bench.close();
});

function ask(query: string, timespan?: string): Promise<Answer> {
  return bench.send('POST', `/loganalytics/v1/workspaces/${customerId}/query`, {
    query,
    ...(timespan === undefined ? {} : { timespan }),
  });
}

async function ingest(table: string, rows: readonly object[]): Promise<number> {
  return (await bench.send('POST', '/_local/logs', { workspace: customerId, table, rows })).status;
}

describe('Log Analytics', () => {
  it('answers with typed columns and rows', async () => {
    expect(
      await ingest('AppRequests', [
        { TimeGenerated: '2026-11-23T11:00:00Z', Name: 'GET /', Success: true, DurationMs: 120 },
        { TimeGenerated: '2026-11-23T11:30:00Z', Name: 'GET /', Success: false, DurationMs: 480 },
        { TimeGenerated: '2026-11-21T11:30:00Z', Name: 'GET /old', Success: false, DurationMs: 9000 },
      ]),
    ).toBe(204);
    const { status, body } = await ask(
      'AppRequests | summarize n = count(), p95 = percentile(DurationMs, 95), failed = countif(Success == false) by Name | order by Name asc',
      'PT2H',
    );
    expect(status).toBe(200);
    expect(body.tables).toEqual([
      {
        name: 'PrimaryResult',
        columns: [
          { name: 'Name', type: 'string' },
          { name: 'n', type: 'long' },
          { name: 'p95', type: 'real' },
          { name: 'failed', type: 'long' },
        ],
        rows: [['GET /', 2, 480, 1]],
      },
    ]);
    const times = await bench.get(
      `/loganalytics/v1/workspaces/${customerId}/query?query=${encodeURIComponent('AppRequests | where TimeGenerated > ago(1d) | project TimeGenerated | top 1 by TimeGenerated')}`,
    );
    expect(times.body.tables[0]).toMatchObject({
      columns: [{ name: 'TimeGenerated', type: 'datetime' }],
      rows: [['2026-11-23T11:30:00.0000000Z']],
    });
  });

  it('holds what container apps say, where their environment sends logs to', async () => {
    const environment = `${group}/Microsoft.App/managedEnvironments/env`;
    const version = '?api-version=2026-01-01';
    const { body: keys } = await bench.send('POST', `${workspace}/sharedKeys?api-version=2025-02-01`);
    await bench.put(environment + version, {
      location: 'swedencentral',
      properties: {
        appLogsConfiguration: {
          destination: 'log-analytics',
          logAnalyticsConfiguration: { customerId, sharedKey: keys.primarySharedKey },
        },
      },
    });
    const app = await bench.put(`${group}/Microsoft.App/containerApps/api${version}`, {
      location: 'swedencentral',
      properties: {
        environmentId: environment,
        configuration: { ingress: { external: true, targetPort: 80 } },
        template: { revisionSuffix: 'v1', containers: [{ name: 'api', image: 'contoso.azurecr.io/api:1' }] },
      },
    });
    clock.advance(1000);
    for (let each = 0; each < 3; each++)
      await bench.send('GET', `/apps/${app.body.properties.configuration.ingress.fqdn}/chat`, undefined, {
        token: false,
      });
    const system = await ask('ContainerAppSystemLogs_CL | project RevisionName_s, Reason_s');
    expect(system.body.tables[0].rows).toEqual([['api--v1', 'RevisionReady']]);
    const console = await ask(
      'ContainerAppConsoleLogs_CL | extend line = parse_json(Log_s) | summarize n = count() by status = toint(line.status), path = tostring(line.path)',
    );
    expect(console.body.tables[0].rows).toEqual([[200, '/chat', 3]]);
  });

  it('tells what is wrong with a query', async () => {
    const inner = async (query: string): Promise<unknown[]> => {
      const { status, body } = await ask(query);
      return [status, body.error.code, body.error.innererror.code, body.error.innererror.innererror.line];
    };
    expect(await inner('AppRequests\n| wher x')).toEqual([400, 'BadArgumentError', 'SyntaxError', 2]);
    expect(await inner('Nothing_CL | count')).toEqual([400, 'BadArgumentError', 'SemanticError', 1]);
    expect((await ask('AppRequests', 'yesterday')).status).toBe(400);
    const unknown = await bench.send('POST', '/loganalytics/v1/workspaces/none/query', { query: 'AppRequests' });
    expect([unknown.status, unknown.body.error.code]).toEqual([404, 'WorkspaceNotFoundError']);
    const anonymous = await bench.send(
      'POST',
      `/loganalytics/v1/workspaces/${customerId}/query`,
      { query: 'AppRequests' },
      { token: false },
    );
    expect(anonymous.status).toBe(401);
  });
});
