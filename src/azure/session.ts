import { randomUUID } from 'node:crypto';
import { AzureError, isAzureError, type Address, type Form, type Reply } from '../model/azure.ts';
import type { Json } from '../model/json.ts';
import type { Clock } from './clock.ts';
import { errorOf, parseReply, textReply, type Call, type Exchange, type Method } from './exchange.ts';
import { backoff, LONGEST_WAIT, retryAfter } from './retry-after.ts';
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
}

export interface SendOptions {
  readonly body?: Json | undefined;
  readonly form?: Form | undefined;
  /** The body of a good answer is taken as text, whatever it is. */
  readonly asText?: boolean | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly signal?: AbortSignal | undefined;
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
  /** Sends until an answer arrives that is not about throttling; any status of 400 and above rejects. */
  send(method: Method, url: string, options?: SendOptions): Promise<Reply>;
  /** Like `send` for reads: repeated over lost answers and passing faults as well. */
  read(url: string, options?: SendOptions, method?: 'GET' | 'HEAD'): Promise<Reply>;
}

const READ_ATTEMPTS = 5;
const THROTTLED_ATTEMPTS = 8;

export function createSession(options: SessionOptions): Session {
  const { transport, throttle, clock, correlationId } = options;
  let ahead = 0;

  async function once(
    method: Method,
    url: string,
    { body, form, asText, headers, signal }: SendOptions,
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
    try {
      const ids = { 'x-ms-correlation-request-id': correlationId, 'x-ms-client-request-id': randomUUID() };
      const raw = await transport.send({ ...call, headers: { ...ids, ...headers }, body, form, signal });
      const reply = asText && raw.status < 400 ? textReply(raw) : parseReply(call, raw);
      learnLimits(throttle, operation, reply.headers);
      ahead = difference(reply.headers['date'], clock.now()) ?? ahead;
      note(reply);
      return reply;
    } catch (error) {
      note(undefined);
      throw error;
    }
  }

  async function send(method: Method, url: string, request: SendOptions = {}): Promise<Reply> {
    const call: Call = { method, url, correlationId };
    let signedInAgain = false;
    for (let attempt = 1; ; attempt++) {
      const reply = await once(method, url, request);
      if (reply.status < 400) return reply;
      if (reply.status === 401 && !signedInAgain) {
        signedInAgain = true;
        transport.forgetTokens();
        continue;
      }
      if (reply.status !== 429 || attempt >= THROTTLED_ATTEMPTS) throw errorOf(call, reply);
      const wait = retryAfter(reply.headers, clock.now()) ?? backoff(attempt);
      if (wait > LONGEST_WAIT) throw throttledTooLong(call, reply, clock.now() + wait);
      throttle.pause(operationOf(method), wait);
      if (operationOf(method) === 'read') await clock.sleep(wait, request.signal);
      else await pause(wait, request.signal);
    }
  }

  async function read(url: string, request: SendOptions = {}, method: 'GET' | 'HEAD' = 'GET'): Promise<Reply> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await send(method, url, request);
      } catch (error) {
        if (attempt >= READ_ATTEMPTS || !isPassing(error) || request.signal?.aborted) throw error;
        await clock.sleep(backoff(attempt), request.signal);
      }
    }
  }

  const pause = (milliseconds: number, signal?: AbortSignal): Promise<void> => {
    const ends = [options.stop, signal].filter((one) => one !== undefined);
    return clock.sleep(milliseconds, ends.length === 0 ? undefined : AbortSignal.any(ends));
  };
  const now = (): number => clock.now() + ahead;
  return { clock, correlationId, now, pause, urlOf: (address) => urlOf(address, options.resourceManager), send, read };
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

function throttledTooLong(call: Call, reply: Reply, until: number): AzureError {
  const message = `Azure asks to wait until ${new Date(until).toISOString()}`;
  return new AzureError({ ...call, code: 'Throttled', message, status: reply.status, requestId: reply.requestId });
}
