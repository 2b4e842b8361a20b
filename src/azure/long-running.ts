import { AzureError, isAzureError, type Address, type Reply, type WriteOptions } from '../model/azure.ts';
import { member, valueAt, type Json } from '../model/json.ts';
import { errorBody, type Method } from './exchange.ts';
import { LONGEST_WAIT, retryAfter } from '../http/retry-after.ts';
import type { Session } from './session.ts';

/** One write whose end is waited for. `url` is the resource's own. */
export interface Operation {
  readonly method: Method;
  readonly address: Address;
  readonly url: string;
  readonly started: number;
  readonly options: WriteOptions;
}

const DEFAULT_DEADLINE = 30 * 60_000;
/** A status URL that fails this often in a row is given up for the resource itself. */
const STATUS_FAILURES = 3;

/**
 * Waits until Azure finished what a write began, in whatever way the provider says so: a status URL
 * (`Azure-AsyncOperation`), a result URL (`Location`), or the resource's own provisioningState. Rejects when the operation
 * failed, and after the deadline although Azure may still be at work.
 */
export async function waitForEnd(session: Session, operation: Operation, reply: Reply): Promise<void> {
  const status = pollUrl(reply, 'azure-asyncoperation', operation) ?? pollUrl(reply, 'operation-location', operation);
  const result = reply.status === 202 ? pollUrl(reply, 'location', operation) : undefined;
  const wait = createWait(session, operation, reply);
  const ended = status
    ? await followStatus(session, operation, status, wait)
    : result
      ? await followResult(session, operation, result, wait)
      : false;
  if (!ended || operation.method === 'DELETE') await followResource(session, operation, wait);
}

/** An absolute URL on the host that was written to; another host would be sent our token, so it is not followed. */
function pollUrl(reply: Reply, header: string, { url }: Operation): string | undefined {
  const text = reply.headers[header];
  if (text === undefined || text === '') return undefined;
  const resolved = URL.parse(text, url);
  return resolved && resolved.host === new URL(url).host ? resolved.href : undefined;
}

type Wait = (reply: Reply | undefined) => Promise<void>;

/** Pauses between polls: as long as Azure asks, else a tenth of the time waited so far, from 50 ms to 5 s. */
function createWait(session: Session, operation: Operation, first: Reply): Wait {
  const { clock } = session;
  const deadline = operation.started + (operation.options.deadlineMs ?? DEFAULT_DEADLINE);
  let asked = retryAfter(first.headers, clock.now());
  return async (reply) => {
    asked = reply ? retryAfter(reply.headers, clock.now()) : asked;
    const own = Math.min(5000, Math.max(50, (clock.now() - operation.started) / 10));
    const pause = Math.min(asked === undefined || asked === 0 ? own : asked, LONGEST_WAIT);
    if (clock.now() + pause > deadline)
      throw failure(
        operation,
        'Timeout',
        `Azure did not finish within ${minutes(deadline - operation.started)}`,
        reply,
        true,
      );
    await clock.sleep(pause, operation.options.signal);
  };
}

function minutes(milliseconds: number): string {
  return milliseconds < 120_000
    ? `${Math.round(milliseconds / 1000)} seconds`
    : `${Math.round(milliseconds / 60_000)} minutes`;
}

/** True when the status URL said that the operation ended well; false when it is of no use. */
async function followStatus(session: Session, operation: Operation, url: string, wait: Wait): Promise<boolean> {
  let failures = 0;
  let last: Reply | undefined;
  for (;;) {
    await wait(last);
    last = await pollOnce(session, url, operation);
    const status = member(last?.body, 'status');
    if (typeof status !== 'string') {
      if (++failures >= STATUS_FAILURES) return false;
      continue;
    }
    failures = 0;
    report(operation, status, last?.body);
    if (/^succeeded$/i.test(status)) return true;
    if (/^(failed|canceled|cancelled)$/i.test(status)) throw failed(operation, status, last);
  }
}

/** 202 and 404 mean that the operation still runs, any other success that it ended. */
async function followResult(session: Session, operation: Operation, url: string, wait: Wait): Promise<boolean> {
  let failures = 0;
  let last: Reply | undefined;
  for (;;) {
    await wait(last);
    last = await pollOnce(session, url, operation);
    if (last === undefined && ++failures >= STATUS_FAILURES) return false;
    if (last !== undefined && last.status !== 202) return true;
  }
}

/** Undefined when the poll itself failed: the operation may go on all the same. */
async function pollOnce(session: Session, url: string, { options }: Operation): Promise<Reply | undefined> {
  try {
    return await session.read(url, { signal: options.signal });
  } catch (error) {
    if (isAzureError(error) && error.details.status !== 401 && error.details.status !== 403) return undefined;
    throw error;
  }
}

async function followResource(session: Session, operation: Operation, wait: Wait): Promise<void> {
  const gone = operation.method === 'DELETE';
  let last: Reply | undefined;
  for (let first = true; ; first = false) {
    if (!first) await wait(last);
    last = await readResource(session, operation);
    if (last === undefined) {
      if (gone) return;
      continue;
    }
    const state = valueAt(last.body, '/properties/provisioningState');
    if (!gone && (typeof state !== 'string' || /^succeeded$/i.test(state))) return;
    if (typeof state === 'string') {
      report(operation, state, last.body);
      if (/^(failed|canceled|cancelled)$/i.test(state)) throw failed(operation, state, last);
    }
  }
}

async function readResource(session: Session, { url, options, address }: Operation): Promise<Reply | undefined> {
  try {
    return await session.read(url, { signal: options.signal, headers: address.headers });
  } catch (error) {
    if (isAzureError(error) && error.details.status === 404) return undefined;
    throw error;
  }
}

function report({ options }: Operation, status: string, body: Json | undefined): void {
  const percent = member(body, 'percentComplete');
  options.report?.(typeof percent === 'number' ? `${status} ${percent} %` : status);
}

function failed(operation: Operation, status: string, reply: Reply | undefined): AzureError {
  const found = errorBody(member(reply?.body, 'error')) ?? errorBody(valueAt(reply?.body, '/properties/error'));
  const { code, message } = found ?? {
    code: `Operation${status}`,
    message: `Azure ended the operation as ${status} without saying why`,
  };
  return failure(operation, code, message, reply, false);
}

function failure(
  operation: Operation,
  code: string,
  message: string,
  reply: Reply | undefined,
  maybeDone: boolean,
): AzureError {
  return new AzureError({
    code,
    message,
    method: operation.method,
    url: operation.url,
    status: reply?.status,
    requestId: reply?.requestId,
    maybeDone,
  });
}
