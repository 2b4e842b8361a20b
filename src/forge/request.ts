import { setTimeout as delay } from 'node:timers/promises';
import type { HttpClient } from '@azure/core-rest-pipeline';
import { backoff, retryAfter } from '../http/retry-after.ts';
import { member, type Json } from '../model/json.ts';

/** An answer of a forge, with its body as JSON. */
export interface ForgeReply {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json;
}

/** What a forge refused. `message` holds no token and no body of ours. */
export class ForgeError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'ForgeError';
    this.status = status;
  }
}

export interface ForgeRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Json;
}

const ATTEMPTS = 4;
const LONGEST_WAIT = 60_000;
const TIMEOUT = 60_000;

/**
 * Sends a request, again after a limit or a failure of the server, at most four times. Only a GET is sent again after a
 * lost answer, since anything else may have been done. Redirects are not followed. Rejects with a ForgeError for every refusal.
 */
export async function send(request: ForgeRequest): Promise<ForgeReply> {
  for (let attempt = 1; ; attempt++) {
    const reply = await once(request, attempt);
    if (!reply) continue;
    if (reply.status < 300) return reply;
    const wait = waitFor(reply, attempt);
    if (wait === undefined || attempt >= ATTEMPTS || wait > LONGEST_WAIT) throw refusal(request, reply);
    await delay(wait);
  }
}

async function once({ method, url, headers, body }: ForgeRequest, attempt: number): Promise<ForgeReply | undefined> {
  const { createHttpHeaders, createPipelineRequest } = await import('@azure/core-rest-pipeline');
  const request = createPipelineRequest({
    url,
    method: method as 'GET',
    headers: createHttpHeaders({ 'content-type': 'application/json', 'user-agent': 'ingate', ...headers }),
    timeout: TIMEOUT,
    allowInsecureConnection: url.startsWith('http:'),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const client = await clientOfProcess();
  try {
    const reply = await client.sendRequest(request);
    return { status: reply.status, headers: reply.headers.toJSON(), body: parsed(reply.bodyAsText ?? '') };
  } catch (error) {
    if (method !== 'GET' || attempt >= ATTEMPTS)
      throw new ForgeError(
        0,
        `${method} ${new URL(url).host}: ${error instanceof Error ? error.message : 'no answer'}`,
      );
    await delay(backoff(attempt));
    return undefined;
  }
}

/** Loaded when the first request is sent. */
async function clientOfProcess(): Promise<HttpClient> {
  const { createHttpClient } = await import('../http/client.ts');
  return createHttpClient();
}

function parsed(text: string): Json {
  try {
    return text === '' ? null : (JSON.parse(text) as Json);
  } catch {
    return null;
  }
}

/** Milliseconds until it makes sense to ask again; undefined where it does not. */
function waitFor({ status, headers }: ForgeReply, attempt: number): number | undefined {
  const asked = retryAfter(headers, Date.now());
  const isLimit =
    status === 429 || (status === 403 && (asked !== undefined || headers['x-ratelimit-remaining'] === '0'));
  if (isLimit && asked !== undefined) return asked;
  if (isLimit) {
    const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN);
    return Number.isNaN(reset) ? 1000 * attempt : Math.max(0, reset * 1000 - Date.now());
  }
  return status >= 500 ? 500 * attempt : undefined;
}

function refusal({ method, url }: ForgeRequest, { status, body }: ForgeReply): ForgeError {
  const message = member(body, 'message');
  const said = typeof message === 'string' ? message : 'no reason given';
  return new ForgeError(status, `${method} ${new URL(url).pathname} answered ${status}: ${said}`);
}
