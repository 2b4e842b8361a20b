import { isObject, type Json } from '../engine/json.ts';
import type { Reply } from './reply.ts';
import type { LocalRequest } from './request.ts';

/** One exchange with a client. Bodies are parsed JSON, or text where they are something else. */
export interface LogEntry {
  /** Counts from 1. */
  readonly number: number;
  /** Milliseconds of the clock. */
  readonly time: number;
  readonly method: string;
  /** Path and query as sent. */
  readonly url: string;
  /** Decoded path without repeated or trailing slashes. */
  readonly path: string;
  readonly apiVersion: string | undefined;
  /** Without the value of Authorization, and without cookies, keys and the like. */
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody: Json | undefined;
  /** 0 when a fault dropped the connection. */
  readonly status: number;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly responseBody: Json | undefined;
  /** Whether a fault had a part in it, so that the answer may be none of Azure's. */
  readonly struck: boolean;
}

/** One exchange to be kept. */
export interface Exchange {
  readonly request: LocalRequest;
  /** Undefined when a fault dropped the connection. */
  readonly reply: Reply | undefined;
  /** Milliseconds of the clock. */
  readonly time: number;
  readonly confidential: boolean;
  readonly struck: boolean;
}

export interface RequestLog {
  /** Bodies of confidential requests and of their answers are left out. */
  add(exchange: Exchange): void;
  entries(): readonly LogEntry[];
  /** Resolves as soon as the entries meet the condition, which is asked at once and after every exchange. */
  until(condition: (entries: readonly LogEntry[]) => boolean): Promise<void>;
  clear(): void;
}

/** Keeps the newest `size` entries. */
export function createRequestLog(size: number): RequestLog {
  let entries: LogEntry[] = [];
  let count = 0;
  let waiting: readonly Waiting[] = [];
  const kept = (): readonly LogEntry[] => entries.slice(-size);
  return {
    add: (exchange) => {
      count += 1;
      const entry = toEntry(count, exchange);
      entries.push(exchange.confidential ? { ...entry, requestBody: undefined, responseBody: undefined } : entry);
      if (entries.length > size * 1.1) entries = entries.slice(-size);
      waiting = waiting.filter((each) => !endsWait(each, kept));
    },
    entries: kept,
    until: (condition) =>
      new Promise((resolve, reject) => {
        const each = { condition, resolve, reject };
        if (!endsWait(each, kept)) waiting = [...waiting, each];
      }),
    clear: () => {
      entries = [];
    },
  };
}

interface Waiting {
  readonly condition: (entries: readonly LogEntry[]) => boolean;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** True when the wait is over, by the condition or by an error that it throws. */
function endsWait({ condition, resolve, reject }: Waiting, entries: () => readonly LogEntry[]): boolean {
  try {
    if (!condition(entries())) return false;
    resolve();
  } catch (error) {
    reject(error);
  }
  return true;
}

function toEntry(number: number, { request, reply, time, struck }: Exchange): LogEntry {
  return {
    number,
    time,
    method: request.method,
    url: request.url,
    path: `/${request.segments.join('/')}`,
    apiVersion: request.query.get('api-version'),
    requestHeaders: withoutSecrets(request.headers),
    requestBody: parsed(request.body),
    status: reply?.status ?? 0,
    responseHeaders: reply?.headers ?? {},
    responseBody: reply?.json ?? (reply?.bytes ? parsed(reply.bytes) : undefined),
    struck,
  };
}

/** Names of headers whose values clients keep to themselves. */
const SECRET_HEADER = /authorization|cookie|key|secret|password|token|^x-identity-header$/iu;

function withoutSecrets(headers: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]): [string, string][] => {
    if (name === 'authorization') return [[name, 'Bearer ***']];
    return SECRET_HEADER.test(name) ? [] : [[name, value]];
  });
  return Object.fromEntries(entries);
}

const LONGEST_TEXT = 100_000;

function parsed(bytes: Buffer): Json | undefined {
  if (bytes.length === 0) return undefined;
  const text = bytes.toString('utf8', 0, LONGEST_TEXT * 10);
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) || Array.isArray(value) ? (value as Json) : text;
  } catch {
    return text.slice(0, LONGEST_TEXT);
  }
}
