import { once } from 'node:events';
import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Commands of pipelines and line ends, as a value of Azure could hold them. */
const LINES =
  'x\n::add-mask::a\r\n##vso[task.setvariable variable=a]b\n##[error]c\r::set-output name=x::y\u2028::stop-commands::z\n';

/** Values that no contract allows, or that few expect. */
const VALUES: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  2 ** 53,
  '',
  LINES,
  LINES,
  'y'.repeat(100_000),
  '2026-99-99T99:99:99Z',
  'https://[',
  '\u0000\u001b[2J\u202e\ud800',
  '__proto__',
  '<img src=x onerror=alert(1)>',
  [],
  [null],
  [[[]]],
  ['x', 1, {}],
  {},
  { value: {} },
  { length: 3 },
];

/** Between a client and the real embedded Azure: forwards everything, and changes the JSON of answers by a seed. */
export interface MutatingAzure {
  readonly url: string;
  /** From now on answers are changed as this seed says; undefined: not at all. */
  seed(value: number | undefined): void;
  /** The changes since the seed was set, for messages: `GET /path /properties/x = null`. */
  changes(): readonly string[];
  close(): void;
}

export async function startMutatingAzure(target: string): Promise<MutatingAzure> {
  let random: (() => number) | undefined;
  let changed: string[] = [];
  const server = createServer((incoming, outgoing) => {
    void forward(incoming, outgoing, target, (text, what) => {
      if (!random) return text;
      const { mutated, path } = mutate(text, random);
      if (path !== undefined) changed.push(`${what} ${path}`);
      return mutated;
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seed(value) {
      random = value === undefined ? undefined : mulberry32(value);
      changed = [];
    },
    changes: () => changed,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

type Change = (text: string, what: string) => string;

async function forward(incoming: IncomingMessage, outgoing: ServerResponse, target: string, change: Change) {
  const { method, url: path = '/', headers } = incoming;
  const upstream = send(`${target}${path}`, { method, headers });
  incoming.pipe(upstream);
  const [answer] = (await once(upstream, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const isJson = (answer.headers['content-type'] ?? '').includes('json') && body.length > 0;
  const sent = isJson ? Buffer.from(change(body.toString(), `${method} ${path.split('?', 1)[0]}`)) : body;
  const { 'content-length': _length, 'transfer-encoding': _encoding, ...kept } = answer.headers;
  outgoing.writeHead(answer.statusCode ?? 500, kept).end(sent);
}

/** About two of three answers stay as they are. In the others one value is replaced, or a member is dropped or renamed. */
function mutate(text: string, random: () => number): { readonly mutated: string; readonly path?: string } {
  if (random() < 0.65) return { mutated: text };
  const holder = { root: JSON.parse(text) as unknown };
  const places = placesIn(holder, '');
  const place = places[Math.floor(random() * places.length)];
  if (!place) return { mutated: text };
  const value = VALUES[Math.floor(random() * VALUES.length)];
  const shown = JSON.stringify(value).slice(0, 40);
  if (random() < 0.1 && place.path !== '/root') {
    Reflect.deleteProperty(place.of, place.key);
    return { mutated: JSON.stringify(holder.root) ?? 'null', path: `${place.path} dropped` };
  }
  Object.assign(place.of, { [place.key]: value });
  return { mutated: JSON.stringify(holder.root) ?? 'null', path: `${place.path} = ${shown}` };
}

interface Place {
  readonly of: object;
  readonly key: string;
  readonly path: string;
}

function placesIn(of: object, path: string): Place[] {
  return Object.entries(of).flatMap(([key, value]: [string, unknown]) => {
    const here = { of, key, path: `${path}/${key}` };
    return typeof value === 'object' && value !== null ? [here, ...placesIn(value, here.path)] : [here];
  });
}

/** A small generator of random numbers that is the same everywhere (Tommy Ettinger, public domain). */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
