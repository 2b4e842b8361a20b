import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../src/index.ts';
import { startBench, type Answer, type Bench } from '../support/client.ts';
import { create, placed, sampleOf } from '../support/samples.ts';

let bench: Bench;
let group: string;
let endpoint: string;
const clock = createVirtualClock();
const PROJECT = 'Microsoft.CognitiveServices/accounts/projects';

/** Path of a project's data plane, as its ARM body tells it. */
async function endpointOf(path: string): Promise<string> {
  const { body } = await bench.get(`${path}?api-version=2026-07-01`);
  const url: string = body.properties.endpoints['AI Foundry API'];
  return url.slice(bench.azure.url.length);
}

beforeEach(async () => {
  bench = await startBench({ clock, timing: { operationMs: 0, agentVersionMs: 60_000 } });
  group = await bench.group();
  endpoint = await endpointOf(await create(bench, PROJECT, group));
});
afterEach(() => bench.close());

const definition = { kind: 'prompt', model: 'gpt-5-mini', instructions: 'Answer politely.' };

function send(
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const separator = path.includes('?') ? '&' : '?';
  return bench.send(method, `${endpoint}/${path}${separator}api-version=v1`, body, { headers });
}

function createVersion(
  change: object = {},
  name = 'triage',
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return send('POST', `agents/${name}/versions`, { definition, ...change }, headers);
}

const merge = { 'content-type': 'application/merge-patch+json' };

function route(...rules: readonly (readonly [string, number])[]): Promise<Answer> {
  const version_selection_rules = rules.map(([agent_version, traffic_percentage]) => ({
    type: 'FixedRatio',
    agent_version,
    traffic_percentage,
  }));
  return send('PATCH', 'agents/triage', { agent_endpoint: { version_selector: { version_selection_rules } } }, merge);
}

function refusal({ status, body }: Answer): [number, string] {
  return [status, body.error.code];
}

describe('requests', () => {
  it('need a token, a project that exists and api-version v1', async () => {
    const agents = `${endpoint}/agents`;
    expect(refusal(await bench.send('GET', agents, undefined, { token: false }))).toEqual([401, 'unauthorized']);
    expect(refusal(await bench.get(agents))).toEqual([400, 'MissingApiVersionParameter']);
    expect(refusal(await bench.get(`${agents}?api-version=2025-05-01`))).toEqual([400, 'UnsupportedApiVersionValue']);
    expect((await bench.get(`${endpoint}-none/agents?api-version=v1`)).status).toBe(404);
    expect((await send('GET', 'nonsense')).status).toBe(404);
    expect((await send('PUT', 'agents', {})).status).toBe(405);
  });

  it('are refused in the envelope of the service', async () => {
    const { body, headers } = await send('GET', 'agents/none');
    expect(body.error).toEqual({
      code: 'not_found',
      message: 'Agent none not found',
      param: null,
      type: 'invalid_request_error',
      details: [],
      additionalInfo: {},
    });
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/u);
  });
});

describe('versions', () => {
  it('are made with 200, agent included, and numbered from 1', async () => {
    const first = await createVersion({ metadata: { spec: 'a' }, description: 'First' });
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({
      object: 'agent.version',
      id: 'triage:1',
      name: 'triage',
      version: '1',
      status: 'active',
      draft: false,
      definition,
    });
    expect(first.body.created_at).toBe(Math.floor(clock.now() / 1000));
    expect((await createVersion({ metadata: { spec: 'b' } })).body.version).toBe('2');
    const agent = (await send('GET', 'agents/triage')).body;
    expect(agent).toMatchObject({
      object: 'agent',
      id: 'triage',
      state: 'enabled',
      versions: { latest: { version: '2' } },
    });
    expect(agent.instance_identity.principal_id).toMatch(/^[0-9a-f-]{36}$/u);
  });

  it('are not made when nothing changed', async () => {
    await createVersion({ metadata: { spec: 'a' } });
    expect((await createVersion({ metadata: { spec: 'a' } })).body.version).toBe('1');
    expect((await createVersion({ description: 'New' })).body.version).toBe('2');
    const updated = await send('POST', 'agents/triage', { definition, description: 'New' });
    expect([updated.status, updated.body.versions.latest.version]).toEqual([200, '2']);
  });

  it('do not take the number of a deleted one', async () => {
    await createVersion({ description: 'one' });
    await createVersion({ description: 'two' });
    const deleted = await send('DELETE', 'agents/triage/versions/2');
    expect(deleted.body).toEqual({ object: 'agent.version.deleted', name: 'triage', version: '2', deleted: true });
    expect((await createVersion({ description: 'three' })).body.version).toBe('3');
    expect(refusal(await send('GET', 'agents/triage/versions/2'))).toEqual([404, 'not_found']);
  });

  it('as drafts need the preview header and are never the latest', async () => {
    await createVersion();
    const draft = { draft: true, description: 'try' };
    expect(refusal(await createVersion(draft))).toEqual([403, 'preview_feature_required']);
    const features = { 'foundry-features': 'Evaluations=V1Preview,DraftAgents=V1Preview' };
    const made = await createVersion(draft, 'triage', features);
    expect(made.body.version).toMatch(/^draft-\d+$/u);
    expect((await send('GET', 'agents/triage')).body.versions.latest.version).toBe('1');
    expect((await send('GET', 'agents/triage/versions')).body.data).toHaveLength(1);
    expect((await send('GET', 'agents/triage/versions?include_drafts=true')).status).toBe(403);
    expect(
      (await send('GET', 'agents/triage/versions?include_drafts=true', undefined, features)).body.data,
    ).toHaveLength(2);
  });

  it('of kinds in preview need their header', async () => {
    const workflow = { definition: { kind: 'workflow', workflow: 'steps: []' } };
    expect(refusal(await createVersion(workflow, 'flow'))).toEqual([403, 'preview_feature_required']);
    expect((await createVersion(workflow, 'flow', { 'foundry-features': 'WorkflowAgents=V1Preview' })).status).toBe(
      200,
    );
    const external = { definition: { kind: 'external' } };
    const made = await createVersion(external, 'outside', { 'foundry-features': 'ExternalAgents=V1Preview' });
    expect(made.body.definition.otel_agent_id).toBe('outside');
  });

  it('that are hosted become active after a while, or fail with their image', async () => {
    const hosted = (image: string): object => ({
      definition: { kind: 'hosted', cpu: '0.5', memory: '1Gi', container_configuration: { image } },
    });
    expect((await createVersion(hosted('contoso.azurecr.io/agent:1'), 'hosted')).body.status).toBe('creating');
    await createVersion(hosted('contoso.azurecr.io/agent:unhealthy'), 'hosted');
    clock.advance(60_000);
    expect((await send('GET', 'agents/hosted/versions/1')).body.status).toBe('active');
    expect((await send('GET', 'agents/hosted/versions/2')).body).toMatchObject({
      status: 'failed',
      error: { code: 'image_pull_failed' },
    });
  });
});

describe('limits', () => {
  it('of names, metadata, tools and definitions', async () => {
    const wrong = async (change: object, name?: string): Promise<[number, string]> =>
      refusal(await createVersion(change, name));
    const refused = [400, 'invalid_request_error'];
    expect(await wrong({}, '-triage')).toEqual(refused);
    expect(await wrong({}, 'x'.repeat(64))).toEqual(refused);
    expect(
      await wrong({ metadata: Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`k${index}`, ''])) }),
    ).toEqual(refused);
    expect(await wrong({ metadata: { ['k'.repeat(65)]: '' } })).toEqual(refused);
    expect(await wrong({ metadata: { k: 'v'.repeat(513) } })).toEqual(refused);
    expect(await wrong({ definition: { kind: 'prompt' } })).toEqual(refused);
    expect(await wrong({ definition: { kind: 'container_app' } })).toEqual(refused);
    expect(await wrong({ definition: { ...definition, temprature: 1 } })).toEqual(refused);
    expect(await wrong({ definition: { ...definition, tools: [{ type: 'telepathy' }] } })).toEqual(refused);
    const tools = Array.from({ length: 129 }, () => ({ type: 'web_search' }));
    expect(await wrong({ definition: { ...definition, tools } })).toEqual([400, 'tool_limit_exceeded']);
    expect((await send('GET', 'agents/triage')).status).toBe(404);
  });

  it('name the member that is wrong', async () => {
    const { body } = await createVersion({ definition: { ...definition, temperature: 3 } });
    expect(body.error.param).toBe('definition.temperature');
  });
});

describe('agents', () => {
  it('are created once', async () => {
    const body = { name: 'triage', definition, agent_card: { version: '1.0.0', description: 'Sorts requests' } };
    const created = await send('POST', 'agents', body);
    expect([created.status, created.body.agent_card.version]).toEqual([200, '1.0.0']);
    expect(refusal(await send('POST', 'agents', body))).toEqual([409, 'conflict']);
  });

  it('route to versions that exist, by shares that sum to 100', async () => {
    await createVersion({ description: 'one' });
    await createVersion({ description: 'two' });
    const routed = await route(['1', 90], ['2', 10]);
    expect(routed.status).toBe(200);
    expect(routed.body.agent_endpoint.version_selector.version_selection_rules).toHaveLength(2);
    expect(routed.body.agent_endpoint.protocol_configuration).toEqual({ responses: {} });
    expect((await route(['1', 90], ['2', 20])).status).toBe(400);
    expect((await route(['1', 50], ['9', 50])).status).toBe(400);
    expect((await route(['1', 50], ['1', 50])).status).toBe(400);
    expect((await send('GET', 'agents/triage')).body.versions.latest.version).toBe('2');
    const reset = await send('PATCH', 'agents/triage', { agent_endpoint: { version_selector: null } }, merge);
    expect(reset.body.agent_endpoint).not.toHaveProperty('version_selector');
  });

  it('keep a version that has traffic', async () => {
    await createVersion({ description: 'one' });
    await createVersion({ description: 'two' });
    await route(['1', 100]);
    expect(refusal(await send('DELETE', 'agents/triage/versions/1'))).toEqual([409, 'conflict']);
  });

  it('are disabled, enabled and deleted', async () => {
    await createVersion();
    expect((await send('POST', 'agents/triage:disable')).status).toBe(204);
    expect((await send('GET', 'agents/triage')).body.state).toBe('disabled');
    expect((await send('POST', 'agents/triage:enable')).status).toBe(204);
    expect((await send('GET', 'agents/triage')).body.state).toBe('enabled');
    expect((await send('DELETE', 'agents/triage')).body).toEqual({
      object: 'agent.deleted',
      name: 'triage',
      deleted: true,
    });
    expect((await send('GET', 'agents/triage')).status).toBe(404);
    expect((await createVersion()).body.version).toBe('1');
  });

  it('go with their project', async () => {
    await createVersion();
    const { url, body } = placed(sampleOf(PROJECT), group);
    await bench.send('DELETE', url);
    expect((await send('GET', 'agents')).status).toBe(404);
    await bench.put(url, body);
    expect((await send('GET', 'agents')).body.data).toEqual([]);
  });

  it('of projects of the same name under two accounts are apart', async () => {
    const account = {
      location: 'westus',
      kind: 'AIServices',
      sku: { name: 'S0' },
      identity: { type: 'SystemAssigned' },
    };
    const other = `${group}/Microsoft.CognitiveServices/accounts/other`;
    await bench.put(`${other}?api-version=2026-07-01`, { ...account, properties: { allowProjectManagement: true } });
    const project = { location: 'westus', identity: { type: 'SystemAssigned' }, properties: {} };
    await bench.put(`${other}/projects/support?api-version=2026-07-01`, project);
    await createVersion();
    endpoint = await endpointOf(`${other}/projects/support`);
    expect((await send('GET', 'agents')).body.data).toEqual([]);
  });
});

describe('lists', () => {
  async function walk(path: string): Promise<string[][]> {
    const pages: string[][] = [];
    for (let after = ''; ;) {
      const { body } = await send('GET', `${path}&after=${after}`);
      pages.push(body.data.map((item: { id: string }) => item.id));
      if (!body.has_more) return pages;
      after = body.last_id;
    }
  }

  it('come newest first, in pages by cursor', async () => {
    for (let number = 1; number <= 5; number += 1) await createVersion({ description: String(number) });
    expect(await walk('agents/triage/versions?limit=2')).toEqual([
      ['triage:5', 'triage:4'],
      ['triage:3', 'triage:2'],
      ['triage:1'],
    ]);
    expect(await walk('agents/triage/versions?limit=3&order=asc')).toEqual([
      ['triage:1', 'triage:2', 'triage:3'],
      ['triage:4', 'triage:5'],
    ]);
    const { body } = await send('GET', 'agents/triage/versions?limit=2&before=triage:3');
    expect(body.data.map((item: { id: string }) => item.id)).toEqual(['triage:5', 'triage:4']);
  });

  it('hold 20 items by default and 100 at most', async () => {
    for (let number = 1; number <= 25; number += 1) await createVersion({}, `agent-${number}`);
    const { body } = await send('GET', 'agents');
    expect([body.object, body.data.length, body.has_more, body.first_id]).toEqual(['list', 20, true, 'agent-25']);
    expect((await send('GET', 'agents?limit=101')).status).toBe(400);
    expect((await send('GET', 'agents?kind=hosted')).body.data).toEqual([]);
  });
});

describe('connections and deployments', () => {
  it('are those of ARM, with credentials only when asked for', async () => {
    await create(bench, 'Microsoft.CognitiveServices/accounts/projects/connections', group);
    const list = (await send('GET', 'connections')).body.value;
    expect(list).toEqual([
      expect.objectContaining({ name: 'crm', type: 'ApiKey', isDefault: true, credentials: { type: 'ApiKey' } }),
    ]);
    expect((await send('POST', 'connections/crm/getConnectionWithCredentials')).body.credentials).toEqual({
      type: 'ApiKey',
      key: 'canary-secret',
    });
    expect((await send('GET', 'connections?connectionType=CognitiveSearch')).body.value).toEqual([]);
    expect(refusal(await send('GET', 'connections/none'))).toEqual([404, 'NotFound']);
  });

  it('of the account are seen when they are shared', async () => {
    await create(bench, 'Microsoft.CognitiveServices/accounts/connections', group);
    expect((await send('GET', 'connections')).body.value).toEqual([]);
    const { url } = placed(sampleOf('Microsoft.CognitiveServices/accounts/connections'), group);
    await bench.send('PATCH', url, { properties: { isSharedToAll: true } });
    expect((await send('GET', 'connections')).body.value).toHaveLength(1);
  });

  it('tell model, version and SKU', async () => {
    await create(bench, 'Microsoft.CognitiveServices/accounts/deployments', group);
    const { body } = await send('GET', 'deployments/gpt-5-mini');
    expect(body).toMatchObject({
      type: 'ModelDeployment',
      modelName: 'gpt-5-mini',
      modelVersion: '2025-08-07',
      modelPublisher: 'OpenAI',
    });
    expect((await send('GET', 'deployments?modelName=gpt-4o')).body.value).toEqual([]);
  });
});
