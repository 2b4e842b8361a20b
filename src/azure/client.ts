import {
  AzureError,
  isAzureError,
  type AzureErrorDetails,
  type Address,
  type Azure,
  type AzureReader,
  type Reply,
  type WriteOptions,
} from '../model/azure.ts';
import { isArray, isObject, member, type Json, type JsonObject } from '../model/json.ts';
import type { Method } from './exchange.ts';
import { waitForEnd } from './long-running.ts';
import { readPages } from './paging.ts';
import { backoff } from '../http/retry-after.ts';
import { isPassing, type Session } from './session.ts';

/** Answers that say "not now": another operation runs on the resource or its parent, or a new identity is not known yet. */
const BUSY_CODES = new Set([
  'RequestConflict',
  'OperationInProgress',
  'OperationNotAllowedOnResourceInTransientState',
  'AnotherOperationInProgress',
  'ContainerAppOperationInProgress',
  'ContainerAppLockConflict',
  'ManagedEnvironmentNotProvisioned',
  'ManagedEnvironmentNotReadyForAppCreation',
  'IfMatchPreconditionFailed',
  'PrincipalNotFound',
]);
/**
 * Providers that wrap the answer of another service: an identity that was made just now, and the rights of a rule on the
 * workspace that it queries (3 recordings of scheduledQueryRules after a role assignment).
 */
function isBusy({ code, message }: AzureErrorDetails): boolean {
  if (BUSY_CODES.has(code)) return true;
  if (code === 'FailedIdentityOperation') return /was not found/i.test(message);
  return code === 'BadRequest' && /credentials have insufficient access/i.test(message);
}

const BUSY_PATIENCE = 5 * 60_000;
const LOST_ANSWERS = 4;
/** How long a resource may stay invisible after Azure said that it was created. */
const VISIBLE_WITHIN = 120_000;
/** A subscription has nothing of a provider that it is not registered for. */
const NOT_REGISTERED = 'MissingSubscriptionRegistration';
const NOT_ABSENT = new Set(['SubscriptionNotFound', 'InvalidResourceType', 'NoRegisteredProviderFound']);

/** Everything that can be done with Azure, writes included. Only apply gets it. */
export function createAzure(session: Session, upload: Azure['upload']): Azure {
  return {
    ...createReader(session),
    sleep: (milliseconds, signal) => session.clock.sleep(milliseconds, signal),
    put: (address, body, options = {}) => writeResource(session, 'PUT', address, body, options),
    patch: (address, body, options = {}) => writeResource(session, 'PATCH', address, body, options),
    post(address, body, options = {}) {
      const url = session.urlOf(address);
      const sent = { body, headers: address.headers, signal: options.signal };
      return options.repeatable ? session.repeat('POST', url, sent) : session.send('POST', url, sent);
    },
    postForm: (address, form, options = {}) =>
      session.send('POST', session.urlOf(address), { form, headers: address.headers, signal: options.signal }),
    upload,
    async delete(address, options = {}) {
      const url = session.urlOf(address);
      const operation = { method: 'DELETE' as const, address, url, started: session.clock.now(), options };
      const reply = await sendUntilTaken(session, 'DELETE', address, undefined, options);
      if (reply && (reply.status === 202 || hasStatusUrl(reply))) await waitForEnd(session, operation, reply);
    },
  };
}

/** The half that reads. It is all that planning is ever given, and has nothing else. */
export function createReader(session: Session): AzureReader {
  return {
    now: () => session.now(),
    async get(address) {
      const url = session.urlOf(address);
      const reply = await orAbsent(() => session.read(url, { headers: address.headers }));
      return reply && objectIn(reply, session, url);
    },
    async head(address) {
      const options = { headers: address.headers };
      return (await orAbsent(() => session.read(session.urlOf(address), options, 'HEAD')))?.headers;
    },
    async text(address) {
      const reply = await orAbsent(() =>
        session.read(session.urlOf(address), { headers: address.headers, asText: true }),
      );
      return reply && (typeof reply.body === 'string' ? reply.body : '');
    },
    list: (collection) => orAbsent(() => readPages(session, session.urlOf(collection), collection.headers)),
  };
}

/** An answer without an object does not say that there is nothing. */
function objectIn({ body, status, requestId }: Reply, { correlationId }: Session, url: string): JsonObject {
  if (isObject(body)) return body;
  const message = 'The answer is not a JSON object';
  throw new AzureError({ code: 'BadResponse', message, method: 'GET', url, status, requestId, correlationId });
}

async function orAbsent<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!isAzureError(error)) throw error;
    const { status, code } = error.details;
    if (code === NOT_REGISTERED || (status === 404 && !NOT_ABSENT.has(code))) return undefined;
    throw error;
  }
}

async function writeResource(
  session: Session,
  method: 'PUT' | 'PATCH',
  address: Address,
  body: JsonObject,
  options: WriteOptions,
): Promise<JsonObject> {
  const url = session.urlOf(address);
  const started = session.clock.now();
  const reply = await sendUntilTaken(session, method, address, body, options);
  const finished =
    reply?.status === 200 || reply?.status === 201 ? isSettled(reply.body) && !hasStatusUrl(reply) : false;
  if (reply && finished && isObject(reply.body)) return reply.body;
  await waitForEnd(
    session,
    { method, address, url, started, options },
    reply ?? { status: 202, headers: {}, body: undefined, requestId: undefined },
  );
  return readBack(session, address, options);
}

function hasStatusUrl({ headers }: Reply): boolean {
  return headers['azure-asyncoperation'] !== undefined || headers['operation-location'] !== undefined;
}

function isSettled(body: Json | undefined): boolean {
  const state = member(member(body, 'properties'), 'provisioningState');
  return isObject(body) && (typeof state !== 'string' || /^succeeded$/i.test(state));
}

async function readBack(session: Session, address: Address, options: WriteOptions): Promise<JsonObject> {
  const url = session.urlOf(address);
  const until = session.clock.now() + VISIBLE_WITHIN;
  for (let attempt = 1; ; attempt++) {
    try {
      const { body } = await session.read(url, { headers: address.headers, signal: options.signal });
      return isObject(body) ? body : {};
    } catch (error) {
      const invisible = isAzureError(error) && error.details.status === 404;
      if (!invisible || session.clock.now() > until) throw error;
      await session.clock.sleep(backoff(attempt), options.signal);
    }
  }
}

/**
 * Sends a write until Azure takes it. Busy answers are waited out. After a lost answer the resource is read: when it
 * already is as intended nothing is sent again (undefined), else the write is repeated.
 */
async function sendUntilTaken(
  session: Session,
  method: Exclude<Method, 'GET' | 'POST'>,
  address: Address,
  body: JsonObject | undefined,
  options: WriteOptions,
): Promise<Reply | undefined> {
  const url = session.urlOf(address);
  const patience = session.clock.now() + Math.min(options.deadlineMs ?? BUSY_PATIENCE, BUSY_PATIENCE);
  let lost = 0;
  for (let attempt = 1; ; attempt++) {
    try {
      return await session.send(method, url, { body, headers: address.headers, signal: options.signal });
    } catch (error) {
      if (!isAzureError(error)) throw error;
      if (method === 'DELETE' && error.details.status === 404) return undefined;
      const busy = isBusy(error.details) && session.clock.now() < patience;
      const repeat = busy || (isPassing(error) && ++lost <= LOST_ANSWERS);
      if (!repeat || options.signal?.aborted) throw error;
      options.report?.(busy ? `waiting: ${error.details.code}` : `trying again after ${error.details.code}`);
      // After a lost answer the write may be under way.
      if (busy) await session.pause(backoff(attempt), options.signal);
      else await session.clock.sleep(backoff(attempt), options.signal);
      if (!busy && (await alreadyDone(session, method, address, body))) return undefined;
    }
  }
}

async function alreadyDone(
  session: Session,
  method: Method,
  address: Address,
  body: JsonObject | undefined,
): Promise<boolean> {
  const live = await createReader(session).get(address);
  if (method === 'DELETE') return live === undefined;
  return live !== undefined && body !== undefined && covers(live, body);
}

/** True when `live` holds everything that `intended` says; case of text is Azure's own business. */
function covers(live: Json | undefined, intended: Json): boolean {
  if (intended === null) return live === undefined || live === null;
  if (isArray(intended))
    return (
      isArray(live) && live.length === intended.length && intended.every((item, index) => covers(live[index], item))
    );
  if (isObject(intended))
    return isObject(live) && Object.entries(intended).every(([key, value]) => covers(member(live, key), value));
  return typeof intended === 'string' && typeof live === 'string'
    ? live.toLowerCase() === intended.toLowerCase()
    : live === intended;
}
