import { randomUUID } from 'node:crypto';
import { AzureError, isAzureError, type Address, type Form, type Reply } from '../model/azure.ts';
import type { Json } from '../model/json.ts';
import type { Clock } from './clock.ts';
import { errorOf, parseReply, textReply, type Call, type Exchange, type Method } from './exchange.ts';
import { backoff, LONGEST_WAIT, retryAfter } from '../http/retry-after.ts';
import type { Operation, Throttle } from './token-bucket.ts';
import type { Transport } from './transport.ts';

export interface SessionOptions {
  readonly transport: Transport;
  readonly throttle: Throttle;
  readonly clock: Clock;
  /** Base URL of the control plane. */
  readonly resourceManager: string;
  /** Names this run in every request, and in Azure's activity log. */
  readonly correlationId: string;
  /** Told of every exchange, retries included. */
  readonly observe?: (exchange: Exchange) => void;
  /** See `Session.pause`. */
  readonly stop?: AbortSignal;
  /** Told what is waited for, when it takes longer than people expect. */
  readonly notify?: (waiting: string) => void;
  /** Milliseconds without an answer after which that is told, and a read is given up. */
  readonly patience?: { readonly notice: number; readonly read: number };
}

const PATIENCE = { notice: 10_000, read: 60_000 };

export interface SendOptions {
  readonly body?: Json | undefined;
  readonly form?: Form | undefined;
  /** The body of a good answer is taken as text, whatever it is. */
  readonly asText?: boolean | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds until an attempt counts as unanswered. */
  readonly timeout?: number | undefined;
}

/** Calls of one run. */
export interface Session {
  readonly clock: Clock;
  readonly correlationId: string;
  /** Waits before something is sent (again) while nothing of it is under way: ends at once, too, when the run is stopped. */
  pause(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** Azure's clock in milliseconds, as far as answers have told it. */
  now(): number;
  urlOf(address: Address): string;
  /** Sends until an answer arrives that is not about throttling; any status of 300 and above rejects: redirects are not followed. */
  send(method: Method, url: string, options?: SendOptions): Promise<Reply>;
  /** Like `send` for what may be done twice: repeated over lost answers and passing faults, until a minute has gone unanswered. */
  repeat(method: Method, url: string, options?: SendOptions): Promise<Reply>;
  /** `repeat` for reads. */
  read(url: string, options?: SendOptions, method?: 'GET' | 'HEAD'): Promise<Reply>;
}

const READ_ATTEMPTS = 5;
const THROTTLED_ATTEMPTS = 8;
/** Milliseconds that throttling may hold up one call altogether. */
const THROTTLED_PATIENCE = 2 * LONGEST_WAIT;

export function createSession(options: SessionOptions): Session {
  const { transport, throttle, clock, correlationId, notify, patience = PATIENCE } = options;
  let ahead = 0;

  async function once(
    method: Method,
    url: string,
    { body, form, asText, headers, signal, timeout }: SendOptions,
  ): Promise<Reply> {
    const call: Call = { method, url, correlationId };
    const operation = operationOf(method);
    await throttle.acquire(operation, signal);
    const started = clock.now();
    const note = (reply: Reply | undefined): void => {
      options.observe?.({
        method,
        url,
        requestBody: body,
        status: reply?.status,
        responseBody: reply?.body,
        requestId: reply?.requestId,
        milliseconds: clock.now() - started,
      });
    };
    const slow = setTimeout(
      () => notify?.(`waiting for ${method} ${withoutQuery(url)}, no answer for ${patience.notice / 1000} seconds`),
      patience.notice,
    ).unref();
    try {
      const ids = { 'x-ms-correlation-request-id': correlationId, 'x-ms-client-request-id': randomUUID() };
      const raw = await transport.send({ ...call, headers: { ...ids, ...headers }, body, form, signal, timeout });
      const reply = asText && raw.status < 300 ? textReply(raw) : parseReply(call, raw);
      learnLimits(throttle, operation, reply.headers);
      ahead = difference(reply.headers['date'], clock.now()) ?? ahead;
      note(reply);
      return reply;
    } catch (error) {
      note(undefined);
      throw error;
    } finally {
      clearTimeout(slow);
    }
  }

  async function send(method: Method, url: string, request: SendOptions = {}): Promise<Reply> {
    const call: Call = { method, url, correlationId };
    let signedInAgain = false;
    let waited = 0;
    for (let attempt = 1; ; attempt++) {
      const reply = await once(method, url, request);
      if (reply.status < 300) return reply;
      if (reply.status < 400) throw redirected(call, reply);
      if (reply.status === 401 && !signedInAgain) {
        signedInAgain = true;
        transport.forgetTokens();
        continue;
      }
      if (reply.status !== 429 || attempt >= THROTTLED_ATTEMPTS) throw errorOf(call, reply);
      const wait = retryAfter(reply.headers, clock.now()) ?? backoff(attempt);
      waited += wait;
      if (wait > LONGEST_WAIT || waited > THROTTLED_PATIENCE) throw throttledTooLong(call, reply, clock.now() + wait);
      throttle.pause(operationOf(method), wait);
      if (wait > patience.notice) notify?.(`Azure asks to wait ${Math.round(wait / 1000)} seconds`);
      if (operationOf(method) === 'read') await clock.sleep(wait, request.signal);
      else await pause(wait, request.signal);
    }
  }

  async function repeat(method: Method, url: string, request: SendOptions = {}): Promise<Reply> {
    let unanswered = 0;
    for (let attempt = 1; ; attempt++) {
      const started = clock.now();
      try {
        return await send(method, url, { ...request, timeout: Math.max(1, patience.read - unanswered) });
      } catch (error) {
        if (isAzureError(error, 'Network')) unanswered += clock.now() - started;
        const givenUp = attempt >= READ_ATTEMPTS || unanswered >= patience.read * 0.9 || request.signal?.aborted;
        if (givenUp || !isPassing(error)) throw error;
        await clock.sleep(backoff(attempt), request.signal);
      }
    }
  }

  const pause = (milliseconds: number, signal?: AbortSignal): Promise<void> => {
    const ends = [options.stop, signal].filter((one) => one !== undefined);
    return clock.sleep(milliseconds, ends.length === 0 ? undefined : AbortSignal.any(ends));
  };
  const now = (): number => clock.now() + ahead;
  return {
    clock,
    correlationId,
    now,
    pause,
    urlOf: (address) => urlOf(address, options.resourceManager),
    send,
    repeat,
    read: (url, request, method = 'GET') => repeat(method, url, request),
  };
}

function operationOf(method: Method): Operation {
  if (method === 'GET' || method === 'HEAD') return 'read';
  return method === 'DELETE' ? 'delete' : 'write';
}

function urlOf({ path, apiVersion, query = {} }: Address, resourceManager: string): string {
  const base = path.startsWith('/') ? resourceManager + path : path;
  const parameters = new URLSearchParams({ ...(apiVersion === '' ? {} : { 'api-version': apiVersion }), ...query });
  return parameters.size === 0 ? base : `${base}?${parameters.toString()}`;
}

/** A fault that another try may not meet: no answer, an unreadable one, or a server error. */
export function isPassing(error: unknown): error is AzureError {
  if (!isAzureError(error)) return false;
  const { code, status } = error.details;
  return (
    code === 'Network' ||
    code === 'BadResponse' ||
    status === 408 ||
    (status !== undefined && status >= 500 && status !== 501)
  );
}

/** A Date header has whole seconds, so less than two of them say nothing. */
const SAME_TIME = 2_000;

function difference(date: string | undefined, now: number): number | undefined {
  const there = Date.parse(date ?? '');
  if (Number.isNaN(there)) return undefined;
  return Math.abs(there - now) < SAME_TIME ? 0 : there - now;
}

function learnLimits(throttle: Throttle, operation: Operation, headers: Readonly<Record<string, string>>): void {
  const remaining = Number(headers[`x-ms-ratelimit-remaining-subscription-${operation}s`] ?? Number.NaN);
  if (Number.isFinite(remaining)) throttle.learn(operation, remaining);
}

function redirected(call: Call, reply: Reply): AzureError {
  const message = `Azure answered ${reply.status}, a redirect, which is not followed`;
  return new AzureError({ ...call, code: 'Redirected', message, status: reply.status, requestId: reply.requestId });
}

function withoutQuery(url: string): string {
  return url.split('?', 1)[0] ?? '';
}

function throttledTooLong(call: Call, reply: Reply, until: number): AzureError {
  const message = `Azure asks to wait until ${new Date(until).toISOString()}`;
  return new AzureError({ ...call, code: 'Throttled', message, status: reply.status, requestId: reply.requestId });
}
