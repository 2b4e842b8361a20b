import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Json } from '../engine/json.ts';

/** A request as the planes see it: the path decoded and tidied, the body in memory. */
export interface LocalRequest {
  readonly method: string;
  /** Decoded path segments; repeated and trailing slashes are gone. */
  readonly segments: readonly string[];
  readonly query: Query;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Scheme and host that the client used, for absolute links: `https://127.0.0.1:8443`. Honours X-Forwarded-Proto and -Host. */
  readonly origin: string;
  /** Path and query as sent. */
  readonly url: string;
}

/** Query parameters; names compare case-insensitively, as on Azure. */
export interface Query {
  get(name: string): string | undefined;
  entries(): readonly (readonly [string, string])[];
}

/** 250 MB: the largest upload that the Foundry API takes. */
const MOST_BYTES = 250 * 1024 * 1024;

export async function readRequest(message: IncomingMessage): Promise<LocalRequest> {
  const headers = flatHeaders(message);
  const url = message.url ?? '/';
  const [path, search] = splitOnce(url, '?');
  return {
    method: message.method ?? 'GET',
    segments: segmentsOf(path),
    query: createQuery(search),
    headers,
    body: await readBody(message),
    origin: originOf(headers, message.socket),
    url,
  };
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

export function segmentsOf(path: string): string[] {
  return path
    .split('/')
    .filter((segment) => segment !== '')
    .map(decode);
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

export function createQuery(search: string): Query {
  const entries = [...new URLSearchParams(search)];
  return {
    get: (name) => entries.find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1],
    entries: () => entries,
  };
}

function flatHeaders(message: IncomingMessage): Record<string, string> {
  const entries = Object.entries(message.headers);
  return Object.fromEntries(
    entries.map(([key, value]) => [key, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
}

function originOf(headers: Readonly<Record<string, string>>, socket: Socket): string {
  const used = 'encrypted' in socket ? 'https' : 'http';
  const scheme = headers['x-forwarded-proto']?.split(',')[0]?.trim() ?? used;
  const host =
    headers['x-forwarded-host']?.split(',')[0]?.trim() ?? headers['host'] ?? `127.0.0.1:${socket.localPort ?? 0}`;
  return `${scheme}://${host}`;
}

async function readBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new RangeError('Request body too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The body as JSON; undefined when there is none. Throws a SyntaxError when it is not JSON. */
export function jsonBody(request: LocalRequest): Json | undefined {
  const text = request.body.toString('utf8');
  return text.trim() === '' ? undefined : (JSON.parse(text) as Json);
}
