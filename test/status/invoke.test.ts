import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { HttpClient } from '@azure/core-rest-pipeline';
import { afterEach, describe, expect, it } from 'vitest';
import { callApp as callAppWith } from '../../src/azure/app-call.ts';
import { ask } from '../../src/azure/responses.ts';
import type { Outcome } from '../../src/cli/invoke/outcome.ts';
import type { Lab } from '../support/lab.ts';
import { APP, APP_VERSION, estate, filesOf, projectOf, startEstate } from './estate.ts';

let lab: Lab | undefined;
let server: Server | undefined;
afterEach(async () => {
  await lab?.close();
  server?.closeAllConnections();
  server?.close();
  [lab, server] = [undefined, undefined];
});

async function started(env?: Readonly<Record<string, string>>): Promise<Lab> {
  lab = await startEstate(env ? { env } : {});
  return lab;
}

const invoke = (...args: readonly string[]) => {
  if (!lab) throw new Error('no lab');
  return lab.ingate('invoke', 'dev', ...args);
};

async function told(...args: readonly string[]): Promise<Outcome> {
  const { out, err } = await invoke(...args, '-o', 'json');
  expect(out, err).not.toBe('');
  return JSON.parse(out) as Outcome;
}

/** A second version, and all requests go to the first. */
async function twoVersions(of: Lab): Promise<void> {
  of.write({ 'environments/dev/estate.yaml': estate({ instructions: "Say 'hello' twice." }) });
  expect((await of.ingate('apply', '-e', 'dev', '--yes')).code).toBe(0);
  const rules = [{ type: 'FixedRatio', agent_version: '1', traffic_percentage: 100 }];
  const path = `${await projectOf(of)}/agents/support?api-version=v1`;
  const patch = { agent_endpoint: { version_selector: { version_selection_rules: rules } } };
  await of.send('PATCH', path, patch, { 'content-type': 'application/merge-patch+json' });
}

describe('an agent', () => {
  it('answers on standard output, and who answered is said beside it', async () => {
    await started();
    const ran = await invoke('Agent/support', '--input', 'Where is my order?');
    expect([ran.code, ran.out]).toEqual([0, "My instructions: Say 'hello' kindly. You said: Where is my order?\n"]);
    expect(ran.err).toMatch(
      /^Agent\/support version 1: completed in \d+ ms, model chat, 10 tokens in and 17 out\nresponse resp_\w+, request id [\w-]+\n$/,
    );
    expect(ran.out + ran.err).not.toMatch(/bearer|embedded-azure/i);
  });

  it('is asked in the version that is wanted, and no traffic is moved by it', async () => {
    const of = await started();
    await twoVersions(of);
    expect(await told('Agent/support', '--input', 'x')).toMatchObject({ version: '1' });
    const second = await told('Agent/support', '--input', 'x', '--version', '2');
    expect(second).toMatchObject({ version: '2', outcome: 'answered', status: 'completed' });
    expect(second.text).toContain('twice');
    expect(await told('Agent/support', '--input', 'x')).toMatchObject({ version: '1' });
  });

  it('answers the same as a stream', async () => {
    await started();
    const whole = await invoke('Agent/support', '--input', 'Tell me more');
    const streamed = await invoke('Agent/support', '--input', 'Tell me more', '--stream');
    expect([streamed.code, streamed.out]).toEqual([0, whole.out]);
    expect(streamed.err).toContain('Agent/support version 1: completed');
  });

  it('cannot command terminal or pipeline with what it says', async () => {
    await started();
    const input = '\u001b[2J\n::error::gone\n##vso[task.setvariable variable=x]y\r\nok';
    for (const more of [[], ['--stream']]) {
      const { out } = await invoke('Agent/support', '--input', input, ...more);
      expect(out).toContain('\\u001b[2J\n\\::error::gone\n##vso\\[task.setvariable variable=x]y\nok\n');
      expect(out).not.toContain('\u001b');
    }
    expect((await invoke('Agent/support', '--input', input, '-o', 'json')).out).not.toContain('##vso[');
  });

  it('takes its question from a file or from standard input', async () => {
    const of = await started();
    of.write({ 'question.txt': 'From a file' });
    expect((await told('Agent/support', '--file', `${of.root}/question.txt`)).text).toContain('From a file');
    const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
    const args = [main, 'invoke', 'Agent/support', '-e', 'dev', '--file', '-', '--cwd', of.root];
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'ignore'] });
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stdin.end('From a pipe');
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0);
    expect(out).toContain('You said: From a pipe');
  });

  it('that refuses is told with the words of the service, and sent nothing twice', async () => {
    const of = await started();
    const unknown = await invoke('Agent/support', '--input', 'x', '--version', '7');
    expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining('Version 7 of agent support not found')]);
    expect(unknown.err).toMatch(/ING4005[^]*answered 404 \(request id/);
    const body = { error: { code: 'rate_limit_exceeded', message: 'Too many tokens.' } };
    of.azure.faults.add({ match: { method: 'POST', path: 'responses$' }, respond: { status: 429, body } });
    const before = of.azure.requests().length;
    const limited = await invoke('Agent/support', '--input', 'x');
    expect([limited.code, limited.err]).toEqual([1, expect.stringContaining('rate_limit_exceeded: Too many tokens.')]);
    expect(limited.err).toContain('ING4004');
    const asked = of.azure
      .requests()
      .slice(before)
      .filter(({ method }) => method === 'POST');
    expect(asked).toHaveLength(1);
  });

  it('that is cut off while it answers fails', async () => {
    const of = await started();
    of.azure.faults.add({ match: { method: 'POST', path: 'responses$' }, drop: 'before-commit' });
    const ran = await invoke('Agent/support', '--input', 'x', '--stream');
    expect([ran.code, ran.err]).toEqual([1, expect.stringContaining('ING4001')]);
  });
});

describe('a model deployment', () => {
  it('answers through a project of its account', async () => {
    await started();
    expect(await told('ModelDeployment/chat', '--input', 'Hello')).toMatchObject({
      outcome: 'answered',
      model: 'chat',
      text: 'You said: Hello',
      tokens: { input: expect.any(Number) as number, output: expect.any(Number) as number },
    });
  });
});

describe('a container app', () => {
  it('is sent what is given, and its answer is printed', async () => {
    await started();
    const seen = await told('ContainerApp/api', '--path', '/chat?x=1', '--input', '{"q":"ping"}');
    expect(seen).toMatchObject({ outcome: 'answered', status: 200 });
    expect(JSON.parse(seen.text ?? '')).toMatchObject({ app: 'api-dev', method: 'POST', path: '/chat?x=1' });
    const get = await invoke('ContainerApp/api');
    expect(get.out).toContain('"method":"GET"');
    expect(get.err).toMatch(/^ContainerApp\/api revision api-dev--\w+: 200 in \d+ ms\n$/);
  });

  it('is asked by revision, suffix or label, whatever the traffic', async () => {
    const of = await started();
    const [first] = ((await of.send('GET', `${APP}/revisions${APP_VERSION}`)).body as { value: { name: string }[] })
      .value;
    const traffic = [{ revisionName: first?.name, weight: 100, label: 'stable' }];
    const ingress = { external: true, targetPort: 8080, traffic };
    const template = {
      revisionSuffix: 'v2',
      containers: [{ name: 'api', image: 'x/api:2', env: [{ name: 'LOCAL_BODY', value: 'second' }] }],
    };
    await of.send('PATCH', APP + APP_VERSION, { properties: { template, configuration: { ingress } } });
    of.azure.clock.advance(60_000);
    expect((await told('ContainerApp/api', '--revision', 'v2')).text).toBe('second');
    expect(await told('ContainerApp/api', '--revision', 'api-dev--v2')).toMatchObject({ revision: 'api-dev--v2' });
    expect(await told('ContainerApp/api', '--revision', 'stable')).toMatchObject({ revision: first?.name });
    expect(await told('ContainerApp/api')).toMatchObject({ revision: first?.name });
    const none = await invoke('ContainerApp/api', '--revision', 'v9');
    expect([none.code, none.err]).toEqual([1, expect.stringContaining('api-dev--v2, stable')]);
  });

  it('that answers with an error is shown, and the exit code says so', async () => {
    await started({ LOCAL_STATUS: '503', LOCAL_BODY: 'no database' });
    const ran = await invoke('ContainerApp/api', '--path', '/chat');
    expect([ran.code, ran.out]).toEqual([1, 'no database\n']);
    expect(ran.err).toContain('GET /chat answered 503');
    expect(await told('ContainerApp/api')).toMatchObject({ outcome: 'failed', status: 503, text: 'no database' });
  });
});

describe('what cannot be invoked', () => {
  it('is told before anything is sent', async () => {
    const of = await started();
    const before = of.azure.requests().length;
    const refused = async (code: string, ...args: readonly string[]): Promise<void> => {
      const ran = await invoke(...args);
      expect([ran.code, ran.out + ran.err], args.join(' ')).toEqual([64, expect.stringContaining(code)]);
    };
    await refused('ING6341', 'StorageAccount/data');
    await refused('ING6341', 'Agent/support');
    await refused('ING6341', 'Agent/support', '--file', 'nowhere.txt');
    await refused('ING6340', 'Agent/support', '--input', 'x', '--file', 'y');
    await refused('ING6340', 'ContainerApp/api', '--version', '2');
    await refused('ING6340', 'Agent/support', '--input', 'x', '--revision', 'v2');
    await refused('ING6340', 'Agent/support', '--input', 'x', '--stream', '-o', 'json');
    expect(of.azure.requests().length).toBe(before);
    expect((await invoke('Agent/other', '--input', 'x')).err).toContain('There is no Agent/other in this environment');
    const header = await invoke('--header', 'x-b: c', '--header', 'x-a: b\r\nhost: evil', 'ContainerApp/api');
    expect([header.code, header.err]).toEqual([1, expect.stringContaining('Name: value')]);
  });

  it('is told when it was not applied', async () => {
    lab = await startEstate();
    lab.write({
      ...filesOf(),
      'environments/dev/more.yaml':
        'apiVersion: ingate/v1alpha1\nkind: Agent\nmetadata: { name: new }\nspec: { project: support, definition: { model: chat, instructions: x } }\n',
    });
    expect((await invoke('Agent/new', '--input', 'x')).err).toContain('Agent/new is not in Azure');
  });

  it('keeps the version of ingate where it was', async () => {
    await started();
    expect((await lab?.ingate('--version'))?.out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

/** A server that sends its answer in parts and waits for `next` between them. */
async function slowServer(parts: readonly string[], type: string, next: (seen: number) => Promise<void>) {
  const requests: IncomingMessage[] = [];
  server = createServer((request, response) => {
    requests.push(request);
    response.writeHead(200, { 'content-type': type, 'x-ms-request-id': 'r-1' });
    void (async () => {
      for (const [index, part] of parts.entries()) {
        await next(index);
        response.write(part);
      }
      response.end();
    })();
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

const credential = {
  getToken: () => Promise.resolve({ token: 'secret-token', expiresOnTimestamp: Date.now() + 3_600_000 }),
};

/** What the client of Foundry is made with; requests go where `reach` says. */
function clientOf() {
  return {
    endpoint: 'https://management.azure.com',
    credential,
    httpClient: undefined as never,
    retryOptions: { maxRetries: 0 as const },
    userAgentOptions: { userAgentPrefix: 'x' },
  };
}

/** The usual client, which may speak without TLS. */
async function plainClient(): Promise<HttpClient> {
  const { createDefaultHttpClient } = await import('@azure/core-rest-pipeline');
  const base = createDefaultHttpClient();
  return {
    sendRequest: (request) => base.sendRequest(Object.assign(request, { allowInsecureConnection: true })),
  };
}

describe('a stream', () => {
  it('of an agent is told as it arrives, and the token goes only where the cloud is', async () => {
    const event = (type: string, more: object): string =>
      `event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`;
    const done = {
      id: 'resp_1',
      status: 'completed',
      output: [{ content: [{ type: 'output_text', text: 'Hello you' }] }],
    };
    const seen: string[] = [];
    const { url, requests } = await slowServer(
      [
        event('response.output_text.delta', { delta: 'Hello ' }),
        event('response.output_text.delta', { delta: 'you' }),
        event('response.completed', { response: done }),
      ],
      'text/event-stream',
      async (index) => {
        await expect.poll(() => seen.length, { timeout: 300_000 }).toBe(Math.min(index, 2));
      },
    );
    const client = clientOf();
    const reach = (wanted: string) => (wanted.includes('foreign') ? undefined : { url: `${url}/p`, scope: 's' });
    const question = { agent: 'support', version: '3', input: 'Hi', timeout: 600_000 };
    const answer = await ask({ client, reach }, 'https://a.services.ai.azure.com/api/projects/p/', question, (piece) =>
      seen.push(piece),
    );
    expect(seen).toEqual(['Hello ', 'you']);
    expect(answer).toEqual({ id: 'resp_1', status: 'completed', text: 'Hello you', requestId: 'r-1' });
    expect(requests[0]?.headers).toMatchObject({
      'x-agent-version-override': '3',
      authorization: 'Bearer secret-token',
    });
    expect(requests[0]?.url).toBe('/p/responses?api-version=v1');
    await expect(ask({ client, reach }, 'https://foreign.example/p', question)).rejects.toThrow(
      'No token is sent to this host',
    );
    expect(requests).toHaveLength(1);
  });

  it('that stops without an end is waited for as long as it is told to', async () => {
    const never = (index: number): Promise<void> => (index > 0 ? new Promise(() => undefined) : Promise.resolve());
    const part = 'event: response.output_text.delta\ndata: {"type":"response.output_text.delta","delta":"Hel"}\n\n';
    const { url } = await slowServer([part, part], 'text/event-stream', never);
    const question = { agent: 'a', input: 'x', timeout: 1 };
    const endpoint = 'https://a.services.ai.azure.com/x';
    const asked = ask({ client: clientOf(), reach: () => ({ url, scope: 's' }) }, endpoint, question, () => undefined);
    await expect(asked).rejects.toThrow('No answer within 0.001 seconds');
    const request = { method: 'GET' as const, url, headers: {}, timeout: 1 };
    await expect(callAppWith({ httpClient: await plainClient() }, request, () => undefined)).rejects.toThrow(
      'No whole answer within 0.001 seconds',
    );
  });

  it('that ends before the answer does is a failure', async () => {
    const { url } = await slowServer(
      ['event: response.output_text.delta\ndata: {"type":"response.output_text.delta","delta":"Hel"}\n\n'],
      'text/event-stream',
      () => Promise.resolve(),
    );
    const client = clientOf();
    const asked = ask(
      { client, reach: () => ({ url, scope: 's' }) },
      'https://a.services.ai.azure.com/x',
      { agent: 'a', input: 'x', timeout: 600_000 },
      () => undefined,
    );
    await expect(asked).rejects.toThrow('The stream ended before the answer did');
  });

  it('of an app is told as it arrives, without any token', async () => {
    const httpClient = await plainClient();
    const seen: string[] = [];
    const { url, requests } = await slowServer(['one ', 'tw', 'o\n'], 'text/plain', async (index) => {
      await expect.poll(() => seen.length, { timeout: 300_000 }).toBe(index);
    });
    const reply = await callAppWith(
      { httpClient },
      { method: 'GET', url, headers: { 'x-a': 'b' }, timeout: 600_000 },
      (piece) => seen.push(piece),
    );
    expect(seen).toEqual(['one ', 'tw', 'o\n']);
    expect(reply).toMatchObject({ status: 200, text: 'one two\n', bytes: 8, requestId: 'r-1' });
    expect(requests[0]?.headers).not.toHaveProperty('authorization');
  });
});
