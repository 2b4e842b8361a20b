import OpenAI, { NotFoundError, toFile } from 'openai';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFoundry, type FoundryLab } from './foundry-lab.ts';
import { collect, eventually } from './sdk-client.ts';

/** OpenAI's own client, unmodified and without the Azure SDK around it. */
let lab: FoundryLab;
let client: OpenAI;

beforeEach(async () => {
  lab = await startFoundry({ pageSize: 2 });
  const origin = lab.bench.azure.tls?.url ?? '';
  client = new OpenAI({ baseURL: `${origin}${lab.path}/openai/v1`, apiKey: 'test', maxRetries: 0 });
});
afterEach(() => lab.close());

describe('openai', () => {
  it('gets responses, whole and as a stream, and goes on with a conversation', async () => {
    const answer = await client.responses.create({ model: 'gpt-5-mini', input: 'Hello' });
    expect(answer.status).toBe('completed');
    expect(answer.output_text).toContain('Hello');
    const stream = await client.responses.create({ model: 'gpt-5-mini', input: 'Hello', stream: true });
    const types: string[] = [];
    for await (const event of stream) types.push(event.type);
    expect([types[0], types.at(-1)]).toEqual(['response.created', 'response.completed']);
    const conversation = await client.conversations.create({});
    await client.responses.create({ model: 'gpt-5-mini', input: 'First', conversation: conversation.id });
    const items = await collect(await client.conversations.items.list(conversation.id));
    expect(items.length).toBeGreaterThanOrEqual(2);
  });

  it('uploads files, lists them through pages and deletes them', async () => {
    for (const name of ['a.jsonl', 'b.jsonl', 'c.jsonl'])
      await client.files.create({ file: await toFile(Buffer.from('{"x":1}\n'), name), purpose: 'evals' });
    const files = await collect(await client.files.list());
    expect(files.map(({ filename }) => filename).toSorted()).toEqual(['a.jsonl', 'b.jsonl', 'c.jsonl']);
    await client.files.delete(files[0]?.id ?? '');
    await expect(client.files.retrieve(files[0]?.id ?? '')).rejects.toBeInstanceOf(NotFoundError);
  });

  it('evaluates rows with deterministic graders', async () => {
    const evaluation = await client.evals.create({
      name: 'greeting',
      data_source_config: { type: 'custom', item_schema: { type: 'object', properties: { said: { type: 'string' } } } },
      testing_criteria: [
        { type: 'string_check', name: 'polite', input: '{{item.said}}', operation: 'ilike', reference: 'please' },
      ],
    });
    const content = [{ item: { said: 'Yes, please' } }, { item: { said: 'No' } }];
    const run = await client.evals.runs.create(evaluation.id, {
      name: 'one',
      data_source: { type: 'jsonl', source: { type: 'file_content', content } },
    });
    const ended = await eventually(
      () => client.evals.runs.retrieve(run.id, { eval_id: evaluation.id }),
      ({ status }) => status === 'completed',
    );
    expect(ended.result_counts).toMatchObject({ total: 2, passed: 1, failed: 1, errored: 0 });
    const items = await collect(await client.evals.runs.outputItems.list(run.id, { eval_id: evaluation.id }));
    expect(items).toHaveLength(2);
  });
});
