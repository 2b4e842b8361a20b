import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refusal, startFoundry, type FoundryLab } from './foundry-lab.ts';

let lab: FoundryLab;
const replies = [
  {
    deployment: 'gpt-5-mini',
    instructions: ['order number'],
    input: ['refund'],
    reply: 'Please tell me your order number.',
  },
  { deployment: 'gpt-5-mini', input: ['refund'], reply: 'We do not do that. ({input})' },
];

beforeEach(async () => {
  lab = await startFoundry({ models: { replies } });
});
afterEach(() => lab.close());

async function version(instructions: string, name = 'triage'): Promise<string> {
  const definition = { kind: 'prompt' as const, model: 'gpt-5-mini', instructions };
  return (await lab.project.agents.createVersion(name, definition)).version;
}

function agentReference(name: string, number?: string): object {
  return { agent: { type: 'agent_reference', name, ...(number === undefined ? {} : { version: number }) } };
}

function route(...rules: readonly (readonly [string, number])[]): Promise<unknown> {
  return lab.project.agents.patchAgentObject('triage', {
    agentEndpoint: {
      version_selector: {
        version_selection_rules: rules.map(([agent_version, traffic_percentage]) => ({
          type: 'FixedRatio',
          agent_version,
          traffic_percentage,
        })),
      },
    },
  });
}

describe('the official client', () => {
  it('asks a model deployment', async () => {
    const response = await lab.openai.responses.create({ model: 'gpt-5-mini', input: 'I want a refund' });
    expect(response.output_text).toBe('We do not do that. (I want a refund)');
    expect(response.status).toBe('completed');
    expect(response.metadata).toEqual({ answered_by: 'script' });
    expect(response.usage?.total_tokens).toBeGreaterThan(0);
  });

  it('asks an agent, the latest version or a given one', async () => {
    await version('Be brief.');
    await version('Always ask for the order number.');
    const ask = (number?: string): Promise<{ output_text: string }> =>
      lab.openai.responses.create({ input: 'refund please' }, { body: agentReference('triage', number) });
    expect((await ask()).output_text).toBe('Please tell me your order number.');
    expect((await ask('1')).output_text).toBe('We do not do that. (refund please)');
    await expect(ask('9')).rejects.toMatchObject({ status: 404, code: 'not_found' });
  });

  it('talks to the endpoint of an agent, whose selector decides', async () => {
    await version('Be brief.');
    await version('Always ask for the order number.');
    await route(['1', 80], ['2', 20]);
    const client = lab.project.getOpenAIClient({ azureConfig: { agentName: 'triage', allowPreview: true } });
    const counts: Record<string, number> = {};
    for (let call = 0; call < 20; call += 1) {
      const response = await client.responses.create({ input: 'refund' });
      const { version: answered } = (response as unknown as { agent_reference: { version: string } }).agent_reference;
      counts[answered] = (counts[answered] ?? 0) + 1;
    }
    expect(counts).toEqual({ 1: 16, 2: 4 });
    const forced = await client.responses.create({ input: 'refund' }, { headers: { 'x-agent-version-override': '2' } });
    expect(forced.output_text).toBe('Please tell me your order number.');
  });

  it('streams', async () => {
    const stream = await lab.openai.responses.create({ model: 'gpt-5-mini', input: 'a refund, please', stream: true });
    const types: string[] = [];
    let text = '';
    let ended = '';
    for await (const event of stream) {
      types.push(event.type);
      if (event.type === 'response.output_text.delta') text += event.delta;
      if (event.type === 'response.completed') ended = event.response.status ?? '';
    }
    expect([text, ended]).toEqual(['We do not do that. (a refund, please)', 'completed']);
    expect(types.slice(0, 4)).toEqual([
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.content_part.added',
    ]);
    expect(types.at(-1)).toBe('response.completed');
  });

  it('keeps a conversation', async () => {
    const conversation = await lab.openai.conversations.create({
      items: [{ type: 'message', role: 'user', content: 'Hello' }],
      metadata: { ticket: '42' },
    });
    expect(conversation.id).toMatch(/^conv_/u);
    await lab.openai.responses.create({ model: 'gpt-5-mini', input: 'A refund!', conversation: conversation.id });
    const items = [];
    for await (const item of lab.openai.conversations.items.list(conversation.id, { order: 'asc', limit: 2 }))
      items.push(item);
    expect(items.map((item) => 'role' in item && item.role)).toEqual(['user', 'user', 'assistant']);
    await lab.openai.conversations.update(conversation.id, { metadata: { ticket: '43' } });
    expect(await lab.openai.conversations.retrieve(conversation.id)).toMatchObject({ metadata: { ticket: '43' } });
    expect(await lab.openai.conversations.delete(conversation.id)).toMatchObject({ deleted: true });
    await expect(lab.openai.conversations.retrieve(conversation.id)).rejects.toMatchObject({ status: 404 });
  });

  it('goes on from an earlier response', async () => {
    const first = await lab.openai.responses.create({ model: 'gpt-5-mini', input: 'one' });
    const second = await lab.openai.responses.create({
      model: 'gpt-5-mini',
      input: 'two',
      previous_response_id: first.id,
    });
    expect(second.usage!.input_tokens).toBeGreaterThan(first.usage!.input_tokens);
    expect((await lab.openai.responses.retrieve(second.id)).previous_response_id).toBe(first.id);
    await lab.openai.responses.delete(second.id);
    await expect(lab.openai.responses.retrieve(second.id)).rejects.toMatchObject({ status: 404 });
  });
});

describe('models', () => {
  it('are the deployments of the account', async () => {
    const found = [];
    for await (const model of lab.openai.models.list()) found.push(model.id);
    expect(found).toEqual(['gpt-5-mini']);
    expect(await lab.openai.models.retrieve('gpt-5-mini')).toMatchObject({ object: 'model', owned_by: 'OpenAI' });
  });

  it('do not embed, draw or listen', async () => {
    const refused = await lab.open('POST', 'embeddings', { model: 'gpt-5-mini', input: 'x' });
    expect(refusal(refused)).toEqual([501, 'not_imitated']);
  });
});

describe('refusals', () => {
  it('name what is wrong', async () => {
    const ask = async (body: object): Promise<[number, string]> => refusal(await lab.open('POST', 'responses', body));
    expect(await ask({ input: 'x' })).toEqual([400, 'missing_required_parameter']);
    expect(await ask({ model: 'none', input: 'x' })).toEqual([404, 'DeploymentNotFound']);
    expect(await ask({ model: 'gpt-5-mini', inptu: 'x' })).toEqual([400, 'unknown_parameter']);
    expect(await ask({ model: 'gpt-5-mini', input: [{ role: 'wizard', content: 'x' }] })).toEqual([
      400,
      'invalid_value',
    ]);
    expect(await ask({ input: 'x', ...agentReference('none') })).toEqual([404, 'not_found']);
    await version('Be brief.');
    expect(await ask({ input: 'x', tools: [], ...agentReference('triage') })).toEqual([400, 'invalid_payload']);
    expect(await ask({ input: 'x', background: true, model: 'gpt-5-mini' })).toEqual([501, 'not_imitated']);
  });

  it('of a disabled agent and of a version that is not active', async () => {
    await version('Be brief.');
    await lab.project.agents.disable('triage');
    const ask = (name: string): Promise<unknown> =>
      lab.open('POST', 'responses', { input: 'x', ...agentReference(name) }).then(refusal);
    expect(await ask('triage')).toEqual([403, 'agent_disabled']);
    const hosted = {
      kind: 'hosted',
      cpu: '1',
      memory: '2Gi',
      container_configuration: { image: 'contoso.azurecr.io/a:unhealthy' },
    };
    await lab.native('POST', 'agents/hosted/versions', { definition: hosted });
    expect(await ask('hosted')).toEqual([409, 'conflict']);
  });

  it('the agent endpoint needs an api-version, the project endpoint takes none', async () => {
    await version('Be brief.');
    const path = `${lab.path}/agents/triage/endpoint/protocols/openai/responses`;
    expect(refusal(await lab.bench.send('POST', path, { input: 'x' }))).toEqual([400, 'MissingApiVersionParameter']);
    expect((await lab.bench.send('POST', `${path}?api-version=v1`, { input: 'x' })).status).toBe(200);
  });
});
