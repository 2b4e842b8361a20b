import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SUBSCRIPTION } from './environment.ts';

/** What a process with an embedded Azure is told. */
export interface AzureOptions {
  /** Commands of this project find it. */
  readonly project: string;
  readonly latencyMs: number;
  readonly operationMs: number;
  readonly throttling: boolean;
}

/** How many requests there were. */
export interface Traffic {
  readonly requests: number;
  readonly writes: number;
  readonly throttled: number;
  /** Reads of single resources: neither lists nor polls of operations. */
  readonly single: number;
  /** Calls that the longest walk through one list took, one after the other. */
  readonly pages: number;
}

/** An embedded Azure in a process of its own, with the state file of the project. */
export interface AzureProcess {
  readonly url: string;
  /** Counts what came since the last call. */
  traffic(): Promise<Traffic>;
  stop(): Promise<void>;
}

const program: string = fileURLToPath(new URL('azure-process.ts', import.meta.url));

/** Starts one. Rejects when it does not start. */
export function startAzure(options: AzureOptions): Promise<AzureProcess> {
  const child = spawn(process.execPath, [program, JSON.stringify(options)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The embedded Azure ended with ${code}`)));
    child.stdout.once('data', (chunk: Buffer) => {
      const url = chunk.toString().trim();
      resolve({
        url,
        traffic: () => traffic(url),
        async stop() {
          child.stdin.end();
          await ended;
        },
      });
    });
  });
}

async function traffic(url: string): Promise<Traffic> {
  const answer = await fetch(`${url}/_local/requests`);
  const { value } = (await answer.json()) as { value: readonly Entry[] };
  await fetch(`${url}/_local/requests`, { method: 'DELETE' });
  return countTraffic(value);
}

export interface Entry {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly responseBody?: unknown;
}

/** Counts requests by what they are. */
export function countTraffic(entries: readonly Entry[]): Traffic {
  const reads = entries.filter(({ method }) => method === 'GET');
  const lists = reads.filter(({ responseBody }) => Array.isArray((responseBody as { value?: unknown })?.value));
  const below = `/subscriptions/${SUBSCRIPTION}/resourcegroups/`;
  const inGroup = (path: string): boolean => path.toLowerCase().startsWith(below) && path.split('/').length > 6;
  const pages = [...Map.groupBy(lists, ({ path }) => path).values()].map((calls) => calls.length);
  return {
    requests: entries.length,
    writes: entries.filter(({ method }) => method !== 'GET' && method !== 'HEAD').length,
    throttled: entries.filter(({ status }) => status === 429).length,
    single: reads.filter((read) => !lists.includes(read) && inGroup(read.path)).length,
    pages: Math.max(0, ...pages),
  };
}

/** Where the project keeps what commands find each other by. */
export function stateFolderOf(project: string): string {
  return join(project, '.ingate');
}
