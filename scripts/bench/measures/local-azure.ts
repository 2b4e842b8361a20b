import { spawn } from 'node:child_process';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { fillState, largeId, LARGE_GROUP, LARGE_LIST } from '../../../packages/local-azure/test/server/large-state.ts';
import { startLocalAzure, type LocalAzure } from '@ingate/local-azure';
import type { Context, Measurement } from '../context.ts';
import { inform, median, time } from '../result.ts';

const PARALLEL = 16;

interface Answer {
  readonly status: number;
  readonly text: string;
}

type Send = (method: string, url: string, body?: object) => Promise<Answer>;

function sender(agent: Agent): Send {
  const headers = { authorization: 'Bearer bench', 'content-type': 'application/json' };
  return (method, url, body) =>
    new Promise((resolve, reject) => {
      const sent = request(url, { method, agent, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      });
      sent.on('error', reject).end(body ? JSON.stringify(body) : undefined);
    });
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
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
function startCommand({ entry, folder }: Context): Promise<number> {
  const before = performance.now();
  const child = spawn(process.execPath, [entry, 'local', 'start', '--port', '0', '--state', join(folder, 'command')]);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.stdout.once('data', () => {
      const taken = performance.now() - before;
      child.once('close', () => resolve(taken));
      child.kill();
    });
    child.stderr.once('data', (chunk: Buffer) => reject(new Error(chunk.toString())));
  });
}

async function walkList(azure: LocalAzure, send: Send): Promise<void> {
  for (let next: string | undefined = `${azure.url}${LARGE_LIST}?api-version=2024-11-30`; next !== undefined;) {
    next = (JSON.parse((await send('GET', next)).text) as { nextLink?: string }).nextLink;
  }
}

function perSecond(count: number, taken: number): string {
  return `${((count * 1000) / taken).toFixed(0)} per second`;
}

/** What the embedded Azure itself takes, so that nobody mistakes it for ingate. Without latency, and in this process. */
export const localAzure: Measurement = {
  name: 'local-azure',
  async run(context) {
    const held = context.large * 2;
    const requests = context.quick ? 50 : 5000;
    const starts: number[] = [];
    for (let round = 0; round < Math.min(context.repeat, 5); round++) starts.push(await startCommand(context));
    const stateFile = join(context.folder, 'large.sqlite');
    fillState(stateFile, held);
    const agent = new Agent({ keepAlive: true, maxSockets: PARALLEL });
    const send = sender(agent);
    const opened = performance.now();
    const azure = await startLocalAzure({ stateFile, logSize: 100, timing: { operationMs: 0 } });
    const open = performance.now() - opened;
    try {
      await send('PUT', `${azure.url}${LARGE_GROUP}?api-version=2025-04-01`, { location: 'westus' });
      const url = (index: number): string => `${azure.url}${largeId((index * 7) % held)}?api-version=2024-11-30`;
      await inParallel(requests / 10, (index) => send('GET', url(index)));
      const reads = await milliseconds(() => inParallel(requests, (index) => send('GET', url(index))));
      const body = { location: 'westus' };
      const writes = await milliseconds(() => inParallel(requests, (index) => send('PUT', url(index), body)));
      const list = await milliseconds(() => walkList(azure, send));
      return [
        inform('ingate local start until it listens', time(median(starts))),
        inform(`the embedded Azure opens ${held} resources`, time(open)),
        inform(`the embedded Azure, GET of one of ${held}`, perSecond(requests, reads)),
        inform('the embedded Azure, PUT of an existing one', perSecond(requests, writes)),
        inform(`the embedded Azure, list of ${held}`, time(list)),
      ];
    } finally {
      await azure.close();
      agent.destroy();
    }
  },
};
