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
}

export interface RequestLog {
  /** Bodies of confidential requests and of their answers are left out. */
  add(request: LocalRequest, reply: Reply | undefined, time: number, confidential?: boolean): void;
  entries(): readonly LogEntry[];
  clear(): void;
}

/** Keeps the newest `size` entries. */
export function createRequestLog(size: number): RequestLog {
  let entries: LogEntry[] = [];
  let count = 0;
  return {
    add: (request, reply, time, confidential = false) => {
      count += 1;
      const entry = toEntry(count, request, reply, time);
      entries.push(confidential ? { ...entry, requestBody: undefined, responseBody: undefined } : entry);
      if (entries.length > size * 1.1) entries = entries.slice(-size);
    },
    entries: () => entries.slice(-size),
    clear: () => {
      entries = [];
    },
  };
}

function toEntry(number: number, request: LocalRequest, reply: Reply | undefined, time: number): LogEntry {
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
