import { readFileSync, existsSync, writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, request as httpRequest, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { createEmulator, type Emulator } from 'emulate';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isObject } from '../src/model/json.ts';
import { azureDevOpsDiscussion } from '../src/forge/azure-devops.ts';
import { githubDiscussion, githubIssues, type GithubAccess } from '../src/forge/github.ts';
import { postIssue, postSticky } from '../src/forge/sticky.ts';
import { createLab, type Lab } from './support/lab.ts';

/** GitHub's own description of the operations that are used, cut to them. */
const OPERATIONS = new URL('../../shared/github-openapi/github-operations.json', import.meta.url);

interface Seen {
  readonly method: string;
  readonly path: string;
  readonly sent: string;
  readonly status: number;
  readonly answer: string;
}

let github: Emulator;
let proxy: Server;
let api = '';
let seen: Seen[] = [];
/** Answers the next matching request instead of GitHub. */
let inject:
  | { readonly path: RegExp; status: number; headers?: Record<string, string>; body?: object; times: number }
  | undefined;

const LOGIN = 'ingate-bot';
const SEED = {
  tokens: {
    'token-of-the-bot': { login: LOGIN, scopes: ['repo'] },
    'token-of-another': { login: 'mallory', scopes: ['repo'] },
  },
  github: {
    users: [{ login: LOGIN }, { login: 'mallory' }],
    repos: [{ owner: LOGIN, name: 'estate', auto_init: true }],
  },
};

beforeAll(async () => {
  github = await createEmulator({ service: 'github', port: 0, seed: SEED });
  proxy = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const sent = Buffer.concat(chunks).toString();
      const { method = 'GET', url: path = '/', headers } = incoming;
      if (inject && inject.times > 0 && inject.path.test(`${method} ${path}`)) {
        inject.times--;
        outgoing.writeHead(inject.status, { 'content-type': 'application/json', ...inject.headers });
        outgoing.end(JSON.stringify(inject.body ?? { message: 'injected' }));
        return;
      }
      const target = new URL(path, github.url);
      const forwarded = httpRequest(target, { method, headers: { ...headers, host: target.host } }, (reply) => {
        const parts: Buffer[] = [];
        reply.on('data', (chunk: Buffer) => parts.push(chunk));
        reply.on('end', () => {
          const answer = Buffer.concat(parts).toString();
          seen.push({ method, path, sent, status: reply.statusCode ?? 0, answer });
          const link = String(reply.headers.link ?? '')
            .replaceAll(github.url, api)
            .replaceAll(/http:\/\/localhost:\d+/g, api);
          outgoing.writeHead(reply.statusCode ?? 500, {
            'content-type': 'application/json',
            ...(link ? { link } : {}),
          });
          outgoing.end(answer);
        });
      });
      forwarded.end(sent);
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const address = proxy.address();
  api = typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : '';
});
afterAll(async () => {
  proxy.close();
  await github.close();
});

let pull = 0;
const access = (token = 'token-of-the-bot'): GithubAccess => ({ api, repository: `${LOGIN}/estate`, token });

beforeEach(async () => {
  inject = undefined;
  github.reset();
  const made = await fetch(`${github.url}/repos/${LOGIN}/estate/issues`, {
    method: 'POST',
    headers: { authorization: 'Bearer token-of-the-bot', 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'a pull request' }),
  });
  pull = ((await made.json()) as { number: number }).number;
  seen = [];
});
afterEach(() => checkAgainstGithub());

/** Every request and answer fits what GitHub says of the operation. */
function checkAgainstGithub(): void {
  if (!existsSync(OPERATIONS)) {
    process.stderr.write('The description of GitHub’s operations is not here: requests are not checked against it.\n');
    return;
  }
  const description = JSON.parse(readFileSync(OPERATIONS, 'utf8')) as {
    paths: Record<string, Record<string, { requestBody?: Body; responses: Record<string, Body> }>>;
  };
  interface Body {
    readonly content?: Record<string, { readonly schema?: object }>;
  }
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema({ $id: 'github', ...rewritten(description) });
  const problems = seen
    .filter(({ path }) => path.startsWith('/repos/'))
    .flatMap(({ method, path, sent, status }) => {
      const plain = path.split('?')[0] ?? '';
      const found = Object.entries(description.paths).find(([template, methods]) => {
        const pattern = new RegExp(`^${template.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`);
        return pattern.test(plain) && methods[method.toLowerCase()] !== undefined;
      });
      const operation = found?.[1][method.toLowerCase()];
      if (!operation) return [`${method} ${plain} is no operation of GitHub`];
      const wrong = (body: string, schema: object | undefined, what: string): string[] => {
        if (!schema || body === '') return [];
        const check = ajv.compile(rewritten(schema));
        return check(JSON.parse(body)) ? [] : [`${method} ${plain} ${what}: ${ajv.errorsText(check.errors)}`];
      };
      return [
        ...(operation.responses[String(status)] === undefined && status < 400
          ? [`${method} ${plain} answered ${status}`]
          : []),
        ...wrong(sent, operation.requestBody?.content?.['application/json']?.schema, 'sends'),
      ];
    });
  expect(problems).toEqual([]);
}

/** References within the description, from the schema that it was added as. */
function rewritten(schema: object): object {
  // OpenAPI 3.0 says `nullable` beside references too, where JSON Schema has no such word.
  const text = JSON.stringify(schema, (_, value: unknown) =>
    isObject(value) && 'nullable' in value && !('type' in value) ? { ...value, nullable: undefined } : value,
  );
  return JSON.parse(text.replaceAll('"#/', '"github#/')) as object;
}

async function comments(): Promise<{ body: string; user: { login: string } }[]> {
  const reply = await fetch(`${github.url}/repos/${LOGIN}/estate/issues/${pull}/comments?per_page=100`, {
    headers: { authorization: 'Bearer token-of-the-bot' },
  });
  return (await reply.json()) as { body: string; user: { login: string } }[];
}

async function say(body: string, token: string): Promise<void> {
  await fetch(`${github.url}/repos/${LOGIN}/estate/issues/${pull}/comments`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ body }),
  });
}

const marker = (run: number) => ({ key: 'plan', run, head: 'abc123' });

describe('the comment of a pull request', () => {
  it('is made once, then updated, and not by an older run', async () => {
    const discussion = githubDiscussion(access(), pull);
    expect(await postSticky(discussion, marker(1), 'first')).toMatchObject({ outcome: 'created' });
    expect(await postSticky(discussion, marker(3), 'third')).toMatchObject({ outcome: 'updated' });
    expect(await postSticky(discussion, marker(2), 'second')).toEqual({ outcome: 'older' });
    expect((await comments()).map(({ body }) => body)).toEqual(['<!-- ingate:plan run=3 head=abc123 -->\nthird']);
  });

  it('leaves alone what somebody else wrote with our marker, and removes duplicates of ours', async () => {
    await say('<!-- ingate:plan run=9 head=aaa -->\nforged', 'token-of-another');
    await say('<!-- ingate:plan run=1 head=aaa -->\nours', 'token-of-the-bot');
    await say('<!-- ingate:plan run=2 head=aaa -->\nours as well', 'token-of-the-bot');
    await postSticky(githubDiscussion(access(), pull), marker(3), 'now');
    expect((await comments()).map(({ user, body }) => [user.login, body.split('\n')[1]])).toEqual([
      ['mallory', 'forged'],
      [LOGIN, 'now'],
    ]);
  });

  it('is found behind more than a hundred others', async () => {
    await say('<!-- ingate:plan run=1 head=aaa -->\nours', 'token-of-the-bot');
    for (let index = 0; index < 120; index++) await say(`comment ${index}`, 'token-of-another');
    await say('<!-- ingate:plan run=2 head=aaa -->\nlast', 'token-of-the-bot');
    const own = await githubDiscussion(access(), pull).ownComments();
    expect(own).toHaveLength(2);
    expect(seen.filter(({ path }) => path.includes('/comments')).length).toBeGreaterThan(1);
  });

  it('waits for a limit, and gives up on a refusal', async () => {
    inject = { path: /^POST .*\/comments/, status: 403, headers: { 'retry-after': '0' }, times: 2 };
    expect(await postSticky(githubDiscussion(access(), pull), marker(1), 'x')).toMatchObject({ outcome: 'created' });
    inject = { path: /^PATCH /, status: 403, body: { message: 'Resource not accessible by integration' }, times: 9 };
    await expect(postSticky(githubDiscussion(access(), pull), marker(2), 'x')).rejects.toMatchObject({
      status: 403,
      message: expect.stringContaining('Resource not accessible by integration'),
    });
  });
});

describe('the issue about drift', () => {
  it('is opened, updated, left alone, closed and opened anew', async () => {
    const issues = githubIssues(access(), 'ingate-drift');
    const post = (body: string | undefined) => postIssue(issues, 'drift-dev', 'Drift in dev', body);
    expect(await post(undefined)).toBe('none');
    expect(await post('one')).toBe('created');
    expect(await post('two')).toBe('updated');
    expect((await issues.open()).map(({ title, body }) => [title, body.split('\n')[1]])).toEqual([
      ['Drift in dev', 'two'],
    ]);
    expect(await post(undefined)).toBe('closed');
    expect(await issues.open()).toEqual([]);
    expect(await post('three')).toBe('created');
  });
});

describe('ingate comment', () => {
  let lab: Lab;
  let folder: string;
  beforeEach(async () => {
    lab = await createLab({
      files: {
        'environments/dev/id.yaml': 'apiVersion: ingate/v1alpha1\nkind: ManagedIdentity\nmetadata: { name: api }\n',
      },
    });
    folder = mkdtempSync(join(tmpdir(), 'ingate-comment-'));
    await lab.ingate('plan', '-e', 'dev', '--out', join(folder, 'dev.plan'));
    writeFileSync(
      join(folder, 'event.json'),
      JSON.stringify({ pull_request: { number: pull, head: { sha: 'abc123' } } }),
    );
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true, force: true });
    await lab.close();
  });

  const environment = (): Record<string, string> => ({
    GITHUB_TOKEN: 'token-of-the-bot',
    GITHUB_REPOSITORY: `${LOGIN}/estate`,
    GITHUB_API_URL: api,
    GITHUB_EVENT_PATH: join(folder, 'event.json'),
    GITHUB_RUN_NUMBER: '7',
    GITHUB_OUTPUT: join(folder, 'output'),
    GITHUB_STEP_SUMMARY: join(folder, 'summary'),
  });

  it('writes plans and failures, the summary and the outputs', async () => {
    const { runInProcess } = await import('./support/lab.ts');
    const ran = await runInProcess(['comment', join(folder, 'dev.plan'), '--failed', 'prod'], environment());
    expect(ran.code, ran.err).toBe(0);
    const [only] = await comments();
    expect(only?.body).toContain('<!-- ingate:plan run=701 head=abc123 -->');
    expect(only?.body).toContain('| `dev` | 2 | 0 | 0 | 0 | 0 | changes |');
    expect(only?.body).toContain('| `prod` | | | | | | **failed** |');
    expect(readFileSync(join(folder, 'summary'), 'utf8')).toContain('ManagedIdentity/api');
    expect(readFileSync(join(folder, 'output'), 'utf8')).toContain('comment-url<<');
    expect(JSON.stringify(ran)).not.toContain('token-of-the-bot');
  });

  it('says what is missing, and ends with 15 where it may not write', async () => {
    const { runInProcess } = await import('./support/lab.ts');
    const none = await runInProcess(['comment', join(folder, 'dev.plan')], { ...environment(), GITHUB_TOKEN: '' });
    expect([none.code, none.err]).toEqual([1, expect.stringContaining('ING6200')]);
    inject = { path: /^POST /, status: 403, body: { message: 'Resource not accessible by integration' }, times: 9 };
    const denied = await runInProcess(['comment', join(folder, 'dev.plan')], environment());
    expect([denied.code, denied.err]).toEqual([15, expect.stringContaining('ING6203')]);
  });
});

/** Threads of Azure Repos as the client takes them to be; nothing here was seen on the real service. */
function azureRepos(): { server: Server; threads: () => readonly Thread[] } {
  interface Known extends Thread {
    readonly id: number;
  }
  const all: Known[] = [
    {
      id: 1,
      status: 'active',
      comments: [{ id: 1, content: '<!-- ingate:plan run=9 head=a -->\nforged', author: { id: 'mallory' } }],
    },
  ];
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const url = incoming.url ?? '';
      const body =
        chunks.length === 0
          ? {}
          : (JSON.parse(Buffer.concat(chunks).toString()) as { content?: string; comments?: { content: string }[] });
      const answer = (value: object): void => {
        outgoing.writeHead(200, { 'content-type': 'application/json' });
        outgoing.end(JSON.stringify(value));
      };
      if (incoming.headers.authorization !== 'Bearer token-of-the-build') return void outgoing.writeHead(401).end();
      if (url.includes('/_apis/connectionData')) return answer({ authenticatedUser: { id: 'build' } });
      const one = /\/threads\/(\d+)\/comments\/(\d+)/.exec(url);
      const found = all.find(({ id }) => id === Number(one?.[1]));
      if (incoming.method === 'PATCH' && found) {
        (found.comments[0] as { content: string }).content = body.content ?? '';
        return answer(found.comments[0] ?? {});
      }
      if (incoming.method === 'POST') {
        const made = {
          id: all.length + 1,
          status: 'active',
          comments: [{ id: 1, content: body.comments?.[0]?.content ?? '', author: { id: 'build' } }],
        };
        all.push(made);
        return answer(made);
      }
      answer({ value: all });
    });
  });
  return { server, threads: () => all };
}

interface Thread {
  readonly status: string;
  readonly comments: readonly {
    readonly id: number;
    readonly content: string;
    readonly author: { readonly id: string };
  }[];
}

describe('the comment in Azure Repos', () => {
  it('is made once, then updated, and nobody else’s is touched', async () => {
    const { server, threads } = azureRepos();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const discussion = azureDevOpsDiscussion(
      {
        collection: `http://127.0.0.1:${port}/org/`,
        project: 'an estate',
        repositoryId: 'r',
        token: 'token-of-the-build',
      },
      5,
    );
    expect(await postSticky(discussion, marker(1), 'first')).toMatchObject({ outcome: 'created' });
    expect(await postSticky(discussion, marker(2), 'second')).toMatchObject({ outcome: 'updated' });
    expect(threads().map(({ comments: list }) => list[0]?.content.split('\n')[1])).toEqual(['forged', 'second']);
    server.close();
  });
});
