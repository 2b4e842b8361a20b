import { checkTraffic } from './type-check.ts';
import { startLocalAzure, type LocalAzure, type LocalAzureOptions } from '../../src/index.ts';

/** An answer as it came over the wire. `body` is undefined when there was none. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests read members of any depth
  readonly body: any;
}

export interface SendOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent instead of JSON. */
  readonly text?: string;
  /** False sends no token. */
  readonly token?: boolean;
}

/** A server under test and hands to send requests with. Paths start at `/`; `{s}` is the subscription. */
export interface Bench {
  readonly azure: LocalAzure;
  send(method: string, path: string, body?: unknown, options?: SendOptions): Promise<Answer>;
  get(path: string): Promise<Answer>;
  put(path: string, body: unknown): Promise<Answer>;
  /** A resource group and the path that resources in it start with. */
  group(name?: string): Promise<string>;
  /** Rejects when an answer does not fit Azure's own types. */
  close(): Promise<void>;
}

/** Starts a server whose operations end at once, unless `timing` says otherwise. */
export async function startBench(options: LocalAzureOptions = {}): Promise<Bench> {
  const azure = await startLocalAzure({ timing: { operationMs: 0 }, ...options });
  const send = (method: string, path: string, body?: unknown, extra: SendOptions = {}): Promise<Answer> =>
    exchange(azure.url + path.replace('{s}', azure.subscriptionId), method, body, extra);
  return {
    azure,
    send,
    get: (path) => send('GET', path),
    put: (path, body) => send('PUT', path, body),
    group: async (name = 'rg') => {
      const path = `/subscriptions/${azure.subscriptionId}/resourceGroups/${name}`;
      await send('PUT', `${path}?api-version=2025-04-01`, { location: 'swedencentral' });
      return `${path}/providers`;
    },
    close: async () => {
      const log = azure.requests();
      await azure.close();
      checkTraffic(log, 'responses');
    },
  };
}

async function exchange(url: string, method: string, body: unknown, options: SendOptions): Promise<Answer> {
  const content = options.text ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(url, {
    method,
    headers: {
      ...(options.token === false ? {} : { authorization: 'Bearer test' }),
      'content-type': 'application/json',
      ...options.headers,
    },
    ...(content === undefined ? {} : { body: content }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: parsed(text) };
}

function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
