import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFoundry, type FoundryLab } from './foundry-lab.ts';

let lab: FoundryLab;

beforeEach(async () => {
  lab = await startFoundry();
});
afterEach(() => lab.close());

describe('answers', () => {
  async function answer(definition: object, input: string): Promise<{ text: string; by: string }> {
    await lab.native('POST', 'agents/other/versions', {
      definition: { kind: 'prompt', model: 'gpt-5-mini', ...definition },
    });
    const { body } = await lab.open('POST', 'responses', { input, agent: { type: 'agent_reference', name: 'other' } });
    return { text: body.output.at(-1).content[0].text, by: body.metadata.answered_by };
  }

  it('echo instructions and input, with what the instructions want said', async () => {
    expect(await answer({ instructions: 'Be kind. Start with "Hello!" and end with "Bye."' }, 'Where am I?')).toEqual({
      text: 'Hello! My instructions: Be kind. You said: Where am I? Bye.',
      by: 'echo',
    });
  });

  it('fit the format that is asked for', async () => {
    const schema = {
      type: 'object',
      properties: { queue: { enum: ['billing', 'returns'] }, summary: { type: 'string' }, urgent: { type: 'boolean' } },
    };
    const text = { format: { type: 'json_schema', name: 'triage', schema } };
    const { text: json } = await answer({ text }, 'Something about returns');
    expect(JSON.parse(json)).toEqual({ queue: 'returns', summary: 'You said: Something about returns', urgent: false });
  });

  it('fill structured inputs into the instructions', async () => {
    const { text } = await answer(
      { instructions: 'You help {{customer}}.', structured_inputs: { customer: { default_value: 'Ada' } } },
      'hi',
    );
    expect(text).toContain('You help Ada.');
  });

  it('are those of the replies in a seed file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ingate-seed-'));
    const seedFile = join(folder, 'seed.yaml');
    writeFileSync(seedFile, 'replies:\n  - { agent: other, input: weather, reply: "Seeded: {input}" }\n');
    await lab.close();
    lab = await startFoundry({ seedFile });
    try {
      expect(await answer({}, 'the weather')).toEqual({ text: 'Seeded: the weather', by: 'script' });
      writeFileSync(seedFile, 'replies:\n  - { input: weather }\n');
      await expect(startFoundry({ seedFile })).rejects.toThrow('Not a scripted reply');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('come from a real endpoint when there is one', async () => {
    const asked: unknown[] = [];
    const model = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk) => (text += chunk));
      request.on('end', () => {
        asked.push(JSON.parse(text));
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ choices: [{ message: { role: 'assistant', content: 'Real.' } }] }));
      });
    });
    await new Promise<void>((resolve) => model.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(model.address() as AddressInfo).port}/v1`;
    await lab.close();
    lab = await startFoundry({ models: { endpoint: { url } } });
    try {
      expect(await answer({ instructions: 'Be real.' }, 'hi')).toEqual({ text: 'Real.', by: 'endpoint' });
      expect(asked).toEqual([
        {
          model: 'gpt-5-mini',
          messages: [
            { role: 'system', content: 'Be real.' },
            { role: 'user', content: 'hi' },
          ],
        },
      ]);
      model.close();
      model.closeAllConnections();
      const { body } = await lab.open('POST', 'responses', { model: 'gpt-5-mini', input: 'x' });
      expect(body.error.code).toBe('server_error');
    } finally {
      model.close();
    }
  });
});
