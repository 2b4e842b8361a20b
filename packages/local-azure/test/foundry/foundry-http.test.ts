import { AIProjectClient } from '@azure/ai-projects';
import { createDefaultHttpClient, type HttpClient } from '@azure/core-rest-pipeline';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startFoundry, type FoundryLab } from './foundry-lab.ts';

let lab: FoundryLab;

beforeEach(async () => {
  lab = await startFoundry({ tls: false });
});
afterEach(() => lab.close());

const base = createDefaultHttpClient();

/** Sends to http what the client believes to send to https, which it insists on; links come back with https. */
const downgrading: HttpClient = {
  sendRequest: (request) => {
    const { url } = request;
    request.url = url.replace(/^https:/u, 'http:');
    request.allowInsecureConnection = true;
    request.headers.set('x-forwarded-proto', 'https');
    return base.sendRequest(request).finally(() => {
      request.url = url;
    });
  },
};

it('the official clients work without TLS through a transport that rewrites the scheme', async () => {
  const { url } = lab.bench.azure;
  const credential = { getToken: () => Promise.resolve({ token: 'test', expiresOnTimestamp: Date.now() + 3_600_000 }) };
  const project = new AIProjectClient(`${url.replace(/^http:/u, 'https:')}${lab.path}`, credential, {
    httpClient: downgrading,
  });
  for (let number = 1; number <= 5; number += 1)
    await project.agents.createVersion('triage', { kind: 'prompt', model: 'gpt-5-mini', instructions: String(number) });
  const versions: string[] = [];
  for await (const { version } of project.agents.listVersions('triage', { limit: 2 })) versions.push(version);
  expect(versions).toEqual(['5', '4', '3', '2', '1']);
  const builtins: string[] = [];
  for await (const { name } of project.evaluators.list({ evaluatorType: 'builtin', limit: 10 })) builtins.push(name);
  expect(new Set(builtins).size).toBeGreaterThan(30);
  const openai = project.getOpenAIClient({ baseURL: `${url}${lab.path}/openai/v1` });
  expect((await openai.responses.create({ model: 'gpt-5-mini', input: 'hi' })).output_text).toBe('You said: hi');
});
