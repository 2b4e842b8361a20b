// Measures the embedded Azure: time to start, requests per second, pages of a long list. Run by hand:
//   node scripts/run.mjs scripts/bench/local-azure.ts
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startLocalAzure, type LocalAzure } from '../../src/local-azure/index.ts';
import { fillState, largeId, LARGE_GROUP, LARGE_LIST } from '../../test/local-azure/large-state.ts';

const HELD = 20_000;
const REQUESTS = 5000;
const PARALLEL = 16;

const folder = mkdtempSync(join(tmpdir(), 'bench-'));
const agent = new Agent({ keepAlive: true, maxSockets: PARALLEL });

interface Answer {
  readonly status: number;
  readonly text: string;
}

function send(method: string, url: string, body?: object): Promise<Answer> {
  const headers = { authorization: 'Bearer bench', 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.on('error', reject).end(body ? JSON.stringify(body) : undefined);
  });
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await work();
  return (performance.now() - before) / 1000;
}

async function inParallel(count: number, work: (index: number) => Promise<Answer>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      const { status, text } = await work(next++);
      if (status < 200 || status > 299) throw new Error(`${status}: ${text}`);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
}

/** From the start of the process until `ingate local start` says that it listens. */
function startCommand(): Promise<number> {
  const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
  const state = join(folder, 'command');
  const before = performance.now();
  const child = spawn(process.execPath, [main, 'local', 'start', '--port', '0', '--state', state]);
  return new Promise((resolve, reject) => {
    child.stdout.once('data', () => {
      resolve(performance.now() - before);
      child.kill();
    });
    child.stderr.once('data', (chunk: Buffer) => reject(new Error(chunk.toString())));
  });
}

async function walkList(azure: LocalAzure): Promise<number> {
  let count = 0;
  for (let next: string | undefined = `${azure.url}${LARGE_LIST}?api-version=2024-11-30`; next !== undefined;) {
    const page = JSON.parse((await send('GET', next)).text) as { value: unknown[]; nextLink?: string };
    count += page.value.length;
    next = page.nextLink;
  }
  return count;
}

function print(what: string, value: string): void {
  console.log(`${what.padEnd(46)} ${value}`);
}

const starts: number[] = [];
for (let round = 0; round < 5; round += 1) starts.push(await startCommand());
print('ingate local start, best of 5', `${Math.min(...starts).toFixed(0)} ms`);

const stateFile = join(folder, 'large.sqlite');
fillState(stateFile, HELD);
const opened = performance.now();
const azure = await startLocalAzure({ stateFile, logSize: 100, timing: { operationMs: 0 } });
print(`in-process start with ${HELD} resources`, `${(performance.now() - opened).toFixed(0)} ms`);
await send('PUT', `${azure.url}${LARGE_GROUP}?api-version=2025-04-01`, { location: 'westus' });
const url = (index: number): string => `${azure.url}${largeId(index)}?api-version=2024-11-30`;
await inParallel(500, (index) => send('GET', url(index)));
const reads = await seconds(() => inParallel(REQUESTS, (index) => send('GET', url((index * 7) % HELD))));
print(`GET of one of ${HELD}`, `${(REQUESTS / reads).toFixed(0)} per second`);
const writes = await seconds(() => inParallel(REQUESTS, (index) => send('PUT', url(index), { location: 'westus' })));
print('PUT of an existing one', `${(REQUESTS / writes).toFixed(0)} per second`);
let listed = 0;
const list = await seconds(async () => (listed = await walkList(azure)));
print(`list of ${listed}, page by page`, `${list.toFixed(2)} s`);
print('memory of this process', `${(process.memoryUsage().rss / 1024 / 1024).toFixed(0)} MB`);
await azure.close();
agent.destroy();
rmSync(folder, { recursive: true });
