import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const SUBSCRIPTION = '00000000-0000-4000-a000-000000000001';
const GROUPS = `/subscriptions/${SUBSCRIPTION}/resourcegroups?api-version=2025-04-01`;

let folder: string;
let children: ChildProcess[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'command-'));
  children = [];
  writeFileSync(
    join(folder, 'seed.yaml'),
    `resources:
  - id: /subscriptions/{subscription}/resourceGroups/seeded
    type: Microsoft.Resources/resourceGroups@2025-04-01
    body: { location: westus }
`,
  );
  writeFileSync(join(folder, 'faults.yaml'), '- match: { path: /tenants }\n  respond: { status: 503 }\n');
});
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

function spawnLocal(command: string, ...args: readonly string[]): ChildProcess {
  const state = args.includes('--state') ? [] : ['--state', 'state'];
  const child = spawn(process.execPath, [main, 'local', command, '--cwd', folder, ...state, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  });
  children.push(child);
  return child;
}

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function run(command: string, ...args: readonly string[]): Promise<Ran> {
  const child = spawnLocal(command, ...args);
  let [out, err] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
}

interface Started {
  readonly url: string;
  readonly text: string;
  /** Stops it as Ctrl-C does; resolves to the exit code. */
  stop(): Promise<number | null>;
}

function start(...args: readonly string[]): Promise<Started> {
  const child = spawnLocal('start', '--port', '0', ...args);
  const exited = new Promise<number | null>((resolve) => child.on('close', resolve));
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const url = /Embedded Azure at (?<url>\S+),/u.exec(text)?.groups?.['url'];
      if (url !== undefined && text.includes('Ctrl-C')) {
        const stop = (): Promise<number | null> => {
          child.kill('SIGINT');
          return exited;
        };
        resolve({ url, text, stop });
      }
    });
    let complaint = '';
    child.stderr?.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    void exited.then((code) => reject(new Error(`It ended with ${code}: ${text}${complaint}`)));
  });
}

async function groups(url: string): Promise<string[]> {
  const answer = await fetch(url + GROUPS, { headers: { authorization: 'Bearer test' } });
  return ((await answer.json()) as { value: { name: string }[] }).value.map(({ name }) => name);
}

/** A minute passes, as the server sees it. */
async function pass(url: string): Promise<void> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"advanceMs":60000}' };
  expect((await fetch(`${url}/_local/clock`, init)).status).toBe(200);
}

describe('ingate local', () => {
  it('start serves until it is interrupted, keeps its state, and fills only an empty one from the seed', async () => {
    const first = await start('--seed', 'seed.yaml');
    expect(await groups(first.url)).toEqual(['seeded']);
    const short = await fetch(
      `${first.url}/subscriptions/${SUBSCRIPTION}/resourceGroups/seeded?api-version=2025-04-01`,
      {
        method: 'DELETE',
        headers: { authorization: 'Bearer test' },
      },
    );
    expect([short.headers.get('retry-after'), short.headers.get('x-ms-retry-after-ms')]).toEqual(['1', '100']);
    await pass(first.url);
    expect(await groups(first.url)).toEqual([]);
    const group = `${first.url}/subscriptions/${SUBSCRIPTION}/resourceGroups/mine?api-version=2025-04-01`;
    await fetch(group, {
      method: 'PUT',
      headers: { authorization: 'Bearer test', 'content-type': 'application/json' },
      body: '{"location":"westus"}',
    });
    expect(await first.stop()).toBe(130);
    const second = await start('--seed', 'seed.yaml');
    expect(await groups(second.url)).toEqual(['mine']);
    await second.stop();
    expect(existsSync(join(folder, 'state', 'local-azure.json'))).toBe(false);
  });

  it('status and reset work while it runs and afterwards', async () => {
    const server = await start('--seed', 'seed.yaml');
    expect((await run('start', '--port', '0')).err).toContain(`It runs already at ${server.url}`);
    const running = await run('status');
    expect(running.out).toContain(`Running at ${server.url}`);
    expect(running.out).toMatch(/It holds 1 resource:\n\s+1 Microsoft\.Resources\/resourceGroups/u);
    await fetch(`${server.url}/subscriptions/${SUBSCRIPTION}/resourceGroups/seeded?api-version=2025-04-01`, {
      method: 'DELETE',
      headers: { authorization: 'Bearer test' },
    });
    await pass(server.url);
    expect(await groups(server.url)).toEqual([]);
    expect(await run('reset')).toMatchObject({ code: 0, err: '' });
    expect(await groups(server.url)).toEqual(['seeded']);
    await server.stop();
    expect((await run('status')).out).toMatch(/^Not running.*\nState: .*local-azure\.sqlite\nIt holds 1 resource:/u);
    expect((await run('reset')).code).toBe(0);
    expect((await run('status')).out).toContain('It holds nothing.');
  });

  it('start --tls --faults --throttle --virtual-clock does what it says', async () => {
    const server = await start('--tls', '--faults', 'faults.yaml', '--throttle', '--virtual-clock');
    const file = join(folder, 'state', 'local-azure-ca.pem');
    expect(server.text).toContain(`TLS at ${server.url.replace('http', 'https')}, certificate to trust: ${file}`);
    const status = await new Promise((resolve, reject) => {
      const options = { ca: readFileSync(file), headers: { authorization: 'Bearer test' } };
      request(server.url.replace('http', 'https') + GROUPS, options, (found) => resolve(found.statusCode))
        .on('error', reject)
        .end();
    });
    expect(status).toBe(200);
    expect((await fetch(`${server.url}/tenants?api-version=2022-12-01`)).status).toBe(503);
    const clock = (await (await fetch(`${server.url}/_local/clock`)).json()) as { kind: string };
    expect(clock.kind).toBe('virtual');
    const remaining = async (): Promise<number> => {
      const answer = await fetch(server.url + GROUPS, { headers: { authorization: 'Bearer test' } });
      return Number(answer.headers.get('x-ms-ratelimit-remaining-subscription-reads'));
    };
    expect([await remaining(), await remaining()]).toEqual([248, 247]);
    await server.stop();
  });

  it('start knows the subscriptions of the environments that name it', async () => {
    const subscription = '11111111-2222-4333-8444-555555555555';
    const environment = (cloud: string, id: string): string =>
      `apiVersion: ingate/v1alpha1\nkind: Environment\nmetadata: { name: x }\nspec: { cloud: ${cloud}, subscriptionId: ${id}, resourceGroup: rg, location: westus }\n`;
    for (const [name, cloud, id] of [
      ['dev', 'local', subscription],
      ['prod', 'public', '99999999-2222-4333-8444-555555555555'],
    ] as const) {
      mkdirSync(join(folder, 'environments', name), { recursive: true });
      writeFileSync(join(folder, 'environments', name, 'environment.yaml'), environment(cloud, id));
    }
    const server = await start();
    expect(server.text).toContain(`Subscription ${subscription}`);
    const answer = await fetch(`${server.url}/subscriptions?api-version=2022-12-01`, {
      headers: { authorization: 'Bearer test' },
    });
    const { value } = (await answer.json()) as { value: { subscriptionId: string }[] };
    expect(value.map(({ subscriptionId }) => subscriptionId)).toEqual([subscription, SUBSCRIPTION]);
    await server.stop();
  });

  it('start says why it cannot', async () => {
    writeFileSync(join(folder, 'wrong.yaml'), 'resources:\n  - id: x\n');
    const wrong = await run('start', '--port', '0', '--seed', 'wrong.yaml');
    expect(wrong).toMatchObject({ code: 1, out: '' });
    expect(wrong.err).toContain('It does not start: wrong.yaml:2: `type` is missing');
    const server = await start();
    const port = new URL(server.url).port;
    const taken = await run('start', '--port', port, '--state', 'other');
    expect([taken.code, taken.err]).toEqual([
      1,
      `It does not start: port ${port} is taken; choose another with --port\n`,
    ]);
    expect((await run('start', '--port', '65536')).code).toBe(64);
    await server.stop();
  });
});
