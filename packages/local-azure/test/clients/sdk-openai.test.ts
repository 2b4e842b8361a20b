import OpenAI, { AuthenticationError, BadRequestError, NotFoundError } from 'openai';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../src/index.ts';
import { collect } from './sdk-lab.ts';
import { startFoundry, type FoundryLab } from '../foundry/foundry-lab.ts';

/** The openai package 7.57.0 by itself, unmodified and without TLS: only the address of the project and a token. */
let lab: FoundryLab;
let client: OpenAI;
const clock = createVirtualClock();

const MODEL = 'gpt-5-mini';

beforeEach(async () => {
  const replies = [
    { deployment: MODEL, instructions: ['order number'], reply: 'Please tell me your order number.' },
    { deployment: MODEL, input: ['again'], reply: 'You said: {input}' },
  ];
  lab = await startFoundry({ models: { replies }, clock, timing: { evaluationRunMs: 40 } });
  client = new OpenAI({ baseURL: `${lab.bench.azure.url}${lab.path}/openai/v1`, apiKey: 'any-token', maxRetries: 0 });
});
afterEach(() => lab.close());

describe('responses', () => {
  it('are created, read, continued and deleted', async () => {
    const first = await client.responses.create({
      model: MODEL,
      instructions: 'Ask for the order number.',
      input: 'Hi',
    });
    expect(first).toMatchObject({
      object: 'response',
      status: 'completed',
      model: MODEL,
      output_text: 'Please tell me your order number.',
    });
    const next = await client.responses.create({ model: MODEL, input: 'again', previous_response_id: first.id });
    expect(next).toMatchObject({ previous_response_id: first.id, output_text: 'You said: again' });
    expect((await client.responses.retrieve(first.id)).output_text).toBe('Please tell me your order number.');
    const items = await collect(client.responses.inputItems.list(first.id));
    expect(items).toMatchObject([{ role: 'user', content: [{ type: 'input_text', text: 'Hi' }] }]);
    await client.responses.delete(first.id);
    await expect(client.responses.retrieve(first.id)).rejects.toThrow(NotFoundError);
  });

  it('are streamed', async () => {
    const types: string[] = [];
    let text = '';
    for await (const event of await client.responses.create({ model: MODEL, input: 'again', stream: true })) {
      types.push(event.type);
      if (event.type === 'response.output_text.delta') text += event.delta;
    }
    expect([types[0], types.at(-1)]).toEqual(['response.created', 'response.completed']);
    expect(text).toBe('You said: again');
  });

  it('come from the agent that is named, and from its own endpoint', async () => {
    const definition = { kind: 'prompt' as const, model: MODEL, instructions: 'Ask for the order number.' };
    await lab.project.agents.createVersion('triage', definition);
    const named = await client.responses.create(
      { input: 'Hi' },
      { body: { input: 'Hi', agent_reference: { type: 'agent_reference', name: 'triage' } } },
    );
    expect(named.output_text).toBe('Please tell me your order number.');
    const own = new OpenAI({
      baseURL: `${lab.bench.azure.url}${lab.path}/agents/triage/endpoint/protocols/openai`,
      apiKey: 'any-token',
      defaultQuery: { 'api-version': 'v1' },
      maxRetries: 0,
    });
    expect((await own.responses.create({ input: 'Hi' })).output_text).toBe('Please tell me your order number.');
  });

  it('fail with the errors of the client', async () => {
    const withoutToken = client.withOptions({ defaultHeaders: { authorization: null } });
    await expect(withoutToken.responses.create({ model: MODEL, input: 'Hi' })).rejects.toThrow(AuthenticationError);
    await expect(client.responses.create({ model: 'none', input: 'Hi' })).rejects.toMatchObject({
      status: 404,
      code: 'DeploymentNotFound',
    });
    const wrong = client.responses.create({ model: MODEL, input: 'Hi', nonsense: true } as never);
    await expect(wrong).rejects.toThrow(BadRequestError);
    await expect(wrong).rejects.toMatchObject({ code: 'unknown_parameter' });
  });
});

describe('conversations', () => {
  it('keep what was said', async () => {
    const conversation = await client.conversations.create({
      metadata: { customer: '42' },
      items: [{ type: 'message', role: 'user', content: 'Hello' }],
    });
    await client.responses.create({ model: MODEL, input: 'again', conversation: conversation.id });
    const items = await collect(client.conversations.items.list(conversation.id, { order: 'asc', limit: 1 }));
    const roles = items.map((item) => (item.type === 'message' ? item.role : item.type));
    expect(roles).toEqual(['user', 'user', 'assistant']);
    const changed = await client.conversations.update(conversation.id, { metadata: { customer: '43' } });
    expect(changed.metadata).toEqual({ customer: '43' });
    await client.conversations.delete(conversation.id);
    await expect(client.conversations.retrieve(conversation.id)).rejects.toThrow(NotFoundError);
  });
});

describe('files and evals', () => {
  const rows = '{"item":{"query":"again and again"}}\n{"item":{"query":"never"}}\n';

  it('files go there and back', async () => {
    const file = await client.files.create({ file: new File([rows], 'rows.jsonl'), purpose: 'evals' });
    expect(file).toMatchObject({ object: 'file', filename: 'rows.jsonl', bytes: rows.length, purpose: 'evals' });
    expect(await (await client.files.content(file.id)).text()).toBe(rows);
    expect((await collect(client.files.list({ purpose: 'evals' }))).map(({ id }) => id)).toEqual([file.id]);
    expect(await client.files.delete(file.id)).toMatchObject({ deleted: true });
    await expect(client.files.retrieve(file.id)).rejects.toThrow(NotFoundError);
  });

  it('an eval is run over a file, and grades every row', async () => {
    const file = await client.files.create({ file: new File([rows], 'rows.jsonl'), purpose: 'evals' });
    const evaluation = await client.evals.create({
      name: 'echo',
      data_source_config: {
        type: 'custom',
        item_schema: { type: 'object', properties: { query: { type: 'string' } } },
        include_sample_schema: true,
      },
      testing_criteria: [
        {
          type: 'string_check',
          name: 'echoes',
          input: '{{sample.output_text}}',
          operation: 'ilike',
          reference: 'AGAIN AND',
        },
      ],
    });
    const run = await client.evals.runs.create(evaluation.id, {
      name: 'first',
      data_source: {
        type: 'completions',
        model: MODEL,
        source: { type: 'file_id', id: file.id },
        input_messages: { type: 'template', template: [{ role: 'user', content: '{{item.query}}' }] },
      },
    });
    expect(run.status).toBe('queued');
    clock.advance(40);
    const ended = await client.evals.runs.retrieve(run.id, { eval_id: evaluation.id });
    expect(ended.status).toBe('completed');
    expect(ended.result_counts).toMatchObject({ total: 2, passed: 1, failed: 1, errored: 0 });
    const items = await collect(client.evals.runs.outputItems.list(run.id, { eval_id: evaluation.id, limit: 1 }));
    expect(items.map(({ datasource_item, results }) => [datasource_item['query'], results[0]?.passed])).toEqual([
      ['again and again', true],
      ['never', false],
    ]);
    expect((await collect(client.evals.list())).map(({ name }) => name)).toEqual(['echo']);
    expect(await client.evals.delete(evaluation.id)).toMatchObject({ deleted: true });
  });

  it('the models are the deployments of the account', async () => {
    expect((await collect(client.models.list())).map(({ id }) => id)).toEqual([MODEL]);
  });
});
