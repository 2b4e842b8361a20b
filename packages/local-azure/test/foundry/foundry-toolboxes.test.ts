import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../src/index.ts';
import { preview, refusal, startFoundry, type FoundryLab } from './foundry-lab.ts';

let lab: FoundryLab;
const clock = createVirtualClock();

beforeEach(async () => {
  lab = await startFoundry({
    clock,
    timing: { agentVersionMs: 1000 },
    models: { replies: [{ agent: 'hosted', instructions: ['MODE=b'], reply: 'From b.' }] },
  });
});
afterEach(() => lab.close());

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe('toolboxes', () => {
  it('have immutable versions, of which one is in use', async () => {
    const { toolboxes } = lab.project;
    const tools = [{ type: 'web_search' as const }];
    expect(await toolboxes.createVersion('kit', tools, { metadata: { spec: 'a' } })).toMatchObject({
      name: 'kit',
      version: '1',
      tools,
    });
    expect((await toolboxes.createVersion('kit', tools)).version).toBe('2');
    expect(await toolboxes.get('kit')).toMatchObject({ default_version: '1', versions: { latest: { version: '2' } } });
    expect(refusal(await lab.native('PATCH', 'toolboxes/kit', { default_version: '9' }))).toEqual([404, 'not_found']);
    expect((await toolboxes.update('kit', '2')).default_version).toBe('2');
    expect(refusal(await lab.native('DELETE', 'toolboxes/kit/versions/2'))).toEqual([409, 'conflict']);
    await toolboxes.deleteVersion('kit', '1');
    expect(await collect(toolboxes.listVersions('kit'))).toHaveLength(1);
    expect(await collect(toolboxes.list())).toHaveLength(1);
    await toolboxes.delete('kit');
    await expect(toolboxes.get('kit')).rejects.toMatchObject({ statusCode: 404 });
    expect(refusal(await lab.native('POST', 'toolboxes/kit/versions', { tools: [{ type: 'telepathy' }] }))).toEqual([
      400,
      'invalid_request_error',
    ]);
  });
});

describe('skills', () => {
  it('with inline content have versions', async () => {
    const { skills } = lab.project.beta;
    const inline = (description: string): never =>
      ({ inlineContent: { description, instructions: 'Do it.' } }) as never;
    expect(await skills.create('sort', inline('one'))).toMatchObject({
      name: 'sort',
      version: '1',
      description: 'one',
    });
    await skills.create('sort', inline('two'));
    expect(await skills.get('sort')).toMatchObject({ default_version: '1', latest_version: '2', description: 'one' });
    expect(await skills.update('sort', '2')).toMatchObject({ default_version: '2', description: 'two' });
    expect(await skills.deleteVersion('sort', '1')).toMatchObject({ name: 'sort', version: '1', deleted: true });
    expect(await collect(skills.listVersions('sort'))).toHaveLength(1);
    expect(await skills.delete('sort')).toMatchObject({ name: 'sort', deleted: true });
    await expect(skills.get('sort')).rejects.toMatchObject({ statusCode: 404 });
  });
});

describe('memory stores', () => {
  it('keep their definition', async () => {
    const { memoryStores } = lab.project.beta;
    const definition = { kind: 'default' as const, chat_model: 'gpt-5-mini', embedding_model: 'gpt-5-mini' };
    const made = await memoryStores.create('mem', definition, { description: 'x', metadata: { spec: 'a' } });
    expect(made).toMatchObject({ object: 'memory_store', name: 'mem', description: 'x', metadata: { spec: 'a' } });
    expect(await memoryStores.update('mem', { description: 'y' })).toMatchObject({
      description: 'y',
      metadata: { spec: 'a' },
    });
    await expect(memoryStores.create('mem', definition)).rejects.toMatchObject({ statusCode: 409 });
    const change = { definition: { ...definition, chat_model: 'other' } };
    expect(refusal(await lab.native('POST', 'memory_stores/mem', change, preview('MemoryStores=V1Preview')))).toEqual([
      400,
      'invalid_request_error',
    ]);
    expect(await memoryStores.delete('mem')).toMatchObject({
      object: 'memory_store.deleted',
      name: 'mem',
      deleted: true,
    });
    expect(await collect(memoryStores.list())).toEqual([]);
  });
});

describe('routines', () => {
  it('are written, turned off and deleted', async () => {
    const { routines } = lab.project.beta;
    const body = {
      description: 'x',
      enabled: true,
      triggers: { daily: { type: 'schedule', cron_expression: '0 3 * * *', time_zone: 'UTC' } },
      action: { type: 'invoke_agent_responses_api', agent_name: 'triage', input: 'hi' },
    };
    expect(await routines.createOrUpdate('r', body as never)).toMatchObject({
      name: 'r',
      enabled: true,
      triggers: body.triggers,
    });
    expect((await routines.disable('r')).enabled).toBe(false);
    expect((await routines.enable('r')).enabled).toBe(true);
    expect(await collect(routines.list())).toHaveLength(1);
    const wrong = { ...body, triggers: { daily: { type: 'schedule', cron_expression: 'daily' } } };
    expect(refusal(await lab.native('PUT', 'routines/r', wrong, preview('Routines=V2Preview')))).toEqual([
      400,
      'invalid_request_error',
    ]);
    await routines.delete('r');
    await expect(routines.get('r')).rejects.toMatchObject({ statusCode: 404 });
  });
});

describe('hosted agents', () => {
  const definition = (mode: string): never =>
    ({
      kind: 'hosted',
      cpu: '1',
      memory: '2Gi',
      container_configuration: { image: 'contoso.azurecr.io/agent@sha256:0' },
      environment_variables: { MODE: mode },
      session_configuration: { idle_timeout_seconds: 600 },
    }) as never;

  beforeEach(async () => {
    for (const mode of ['a', 'b']) await lab.project.agents.createVersion('hosted', definition(mode));
    clock.advance(1000);
  });

  it('have sessions that run one version and keep it from being deleted', async () => {
    const { agents } = lab.project;
    const session = await agents.createSession('hosted', { type: 'version_ref', agent_version: '1' } as never);
    expect(session).toMatchObject({ status: 'active', version_indicator: { agent_version: '1' } });
    expect(refusal(await lab.native('DELETE', 'agents/hosted/versions/1'))).toEqual([409, 'conflict']);
    expect(refusal(await lab.native('DELETE', 'agents/hosted'))).toEqual([409, 'conflict']);
    const path = 'agents/hosted/endpoint/protocols/openai/responses';
    const answer = await lab.native('POST', path, { input: 'hi', agent_session_id: session.agent_session_id });
    expect(answer.body.agent_reference.version).toBe('1');
    clock.advance(600_000);
    expect((await agents.getSession('hosted', session.agent_session_id)).status).toBe('idle');
    expect((await lab.native('DELETE', 'agents/hosted/versions/1')).status).toBe(200);
    const second = await agents.createSession('hosted', { type: 'version_ref', agent_version: '2' } as never);
    await agents.stopSession('hosted', second.agent_session_id);
    expect(await collect(agents.listSessions('hosted'))).toHaveLength(2);
    await agents.deleteSession('hosted', second.agent_session_id);
    expect((await lab.native('GET', `agents/hosted/endpoint/sessions/${second.agent_session_id}`)).status).toBe(404);
    await agents.createSession('hosted', { type: 'version_ref', agent_version: '2' } as never);
    expect((await lab.native('DELETE', 'agents/hosted?force=true')).status).toBe(200);
  });

  it('answer invocations where the endpoint speaks them', async () => {
    const invoke = (): ReturnType<FoundryLab['native']> =>
      lab.native('POST', 'agents/hosted/endpoint/protocols/invocations', { message: 'hi' });
    expect((await invoke()).status).toBe(400);
    await lab.project.agents.patchAgentObject('hosted', {
      agentEndpoint: { protocol_configuration: { responses: {}, invocations: {} } },
    });
    expect((await invoke()).body).toEqual({ output: 'From b.', agent_version: '2', answered_by: 'script' });
  });
});
