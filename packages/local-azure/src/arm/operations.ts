import { timestamp } from '../engine/clock.ts';
import { collectionOf } from '../engine/documents.ts';
import type { Call, Engine, TaskHandler } from './contract.ts';
import type { OperationError, PollHeader } from './type-rules.ts';
import type { OperationFault } from '../engine/faults.ts';
import { defined, sameText, textAt, type Json, type JsonObject } from '../engine/json.ts';
import type { StoredResource } from '../engine/resources.ts';
import { empty, json, type Reply } from '../http/reply.ts';
import type { LocalRequest } from '../http/request.ts';
import { normaliseLocation } from './locations.ts';
import { render } from './render.ts';
import { remove } from './removal.ts';
import { setState } from './state.ts';

/** A long-running operation. It ends when its time has come, whether or not anybody asks. */
export interface Operation {
  readonly id: string;
  readonly resourceId: string;
  readonly kind: 'create' | 'update' | 'delete' | 'action';
  readonly apiVersion: string;
  /** Paths that answer polls: the status URL describes the operation, the result URL returns its outcome. */
  readonly statusPath: string;
  readonly resultPath: string;
  readonly status: string;
  readonly started: number;
  readonly ended?: number;
  readonly error?: OperationError;
  /** Outcome of an action. */
  readonly result?: Json;
}

const operations = collectionOf<Operation>('operations');
const runningOperations = collectionOf<Pick<Operation, 'id' | 'resourceId'>>('running-operations');

export interface Start {
  readonly resource: { readonly id: string; readonly location: string; readonly subscription: string };
  readonly kind: Operation['kind'];
  readonly result?: Json;
}

/** Starts an operation on a resource; with a duration of 0 it has ended when this returns. */
export function beginOperation(call: Call, { resource, kind, result }: Start): Operation {
  const { engine, type, apiVersion, directives } = call;
  const id = engine.ids.guid();
  const statusPath = type.longRunning?.statusPath ?? 'operationresults/{id}';
  const namespace = type.type.split('/')[0] ?? '';
  const pathOf = (template: string): string => operationPath(template, namespace, { ...resource, id });
  const operation: Operation = {
    id,
    resourceId: resource.id,
    kind,
    apiVersion,
    statusPath: pathOf(statusPath),
    resultPath: pathOf(type.longRunning?.resultPath ?? statusPath),
    status: type.longRunning?.runningStatus ?? 'InProgress',
    started: engine.clock.now(),
    ...(result === undefined ? {} : { result }),
  };
  operations.put(engine.documents, id, operation);
  runningOperations.put(engine.documents, id, { id, resourceId: operation.resourceId });
  scheduleEnd(engine, operation, directives.operation ?? {});
  return findOperation(engine, id) ?? operation;
}

/** A template that starts with `/` is a path below the subscription; others are below the provider. */
function operationPath(
  template: string,
  namespace: string,
  names: { id: string; location: string; subscription: string },
): string {
  const below = template.startsWith('/') ? template : `/providers/${namespace}/${template}`;
  const filled = below
    .replaceAll('{id}', names.id)
    .replaceAll('{location}', normaliseLocation(names.location))
    .replaceAll('{LOCATION}', normaliseLocation(names.location).toUpperCase());
  return `/subscriptions/${names.subscription}${filled}`;
}

function scheduleEnd(engine: Engine, operation: Operation, fault: OperationFault): void {
  const payload = defined({ id: operation.id, error: fault.error });
  const duration = fault.durationMs ?? engine.timing.operationMs;
  if (fault.stuck) return;
  if (duration <= 0) endOperation(engine, payload, operation.started);
  else engine.tasks.schedule('end-operation', operation.started + duration, payload);
}

function findOperation(engine: Engine, id: string): Operation | undefined {
  return operations.get(engine.documents, id);
}

/** The operation in progress at a resource, or anywhere below it with `below`. */
export function runningOperation(engine: Engine, resourceId: string, below = false): Operation | undefined {
  const prefix = `${resourceId.toLowerCase()}/`;
  const found = runningOperations
    .list(engine.documents)
    .find(
      (each) => sameText(each.resourceId, resourceId) || (below && each.resourceId.toLowerCase().startsWith(prefix)),
    );
  return found ? findOperation(engine, found.id) : undefined;
}

/** Ends an operation: the resource gets its final state or goes away. */
export const endOperation: TaskHandler = (engine, payload, due) => {
  const operation = findOperation(engine, textAt(payload, 'id') ?? '');
  if (!operation) return;
  runningOperations.delete(engine.documents, operation.id);
  const fault = payload['error'] as OperationError | undefined;
  const resource = operation.kind === 'action' ? undefined : engine.resources.get(operation.resourceId);
  const error = fault ?? (resource ? conclude(engine, operation, resource, due) : undefined);
  if (fault && resource) setState(engine, resource, 'Failed');
  const ended = { ...operation, status: error ? 'Failed' : 'Succeeded', ended: due, ...(error ? { error } : {}) };
  operations.put(engine.documents, operation.id, ended);
};

/** Outcome of the operation; the error, when it is refused at the end. */
function conclude(
  engine: Engine,
  { kind }: Operation,
  resource: StoredResource,
  at: number,
): OperationError | undefined {
  const type = engine.registry.type(resource.type)?.definition;
  const refusal = kind === 'delete' ? remove(engine, resource, at) : undefined;
  if (kind === 'delete' && !refusal) return undefined;
  setState(engine, resource, 'Succeeded');
  const current = engine.resources.get(resource.id);
  if (current && !refusal) type?.afterOperation?.(engine, current, at);
  return refusal;
}

/** The headers that give a client the polling URL, absolute and on the host that it used. */
export function pollHeaders(call: Call, operation: Operation, wanted: readonly PollHeader[]): Record<string, string> {
  const { engine, request } = call;
  const version = `api-version=${operation.apiVersion}`;
  const status = `${request.origin}${operation.statusPath}?${version}&azureAsyncOperation=true`;
  const result = `${request.origin}${operation.resultPath}?${version}`;
  return {
    ...(wanted.includes('azure-async-operation') ? { 'azure-asyncoperation': status } : {}),
    ...(wanted.includes('location') ? { location: result } : {}),
    ...retryAfter(engine),
  };
}

/** A 202 without a body, or with the name of the operation where the provider returns it. */
export function acceptedReply({ type }: Call, operation: Operation, headers: Readonly<Record<string, string>>): Reply {
  const { kind, started } = operation;
  const name = kind === 'action' ? undefined : type.longRunning?.operationNames?.[kind];
  return name === undefined
    ? empty(202, headers)
    : json(202, { operation: name, startTime: new Date(started).toISOString() }, headers);
}

function retryAfter({ timing }: Engine): Record<string, string> {
  const { retryAfterSeconds, retryAfterMs } = timing;
  return {
    ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
    ...(retryAfterMs === undefined ? {} : { 'x-ms-retry-after-ms': String(retryAfterMs) }),
  };
}

/**
 * When to poll again, for a resource with an operation in progress: clients without another URL poll the resource
 * itself.
 */
export function retryAfterWhileBusy(engine: Engine, resourceId: string): Record<string, string> {
  if (engine.timing.retryAfterSeconds === undefined) return {};
  return runningOperation(engine, resourceId) ? retryAfter(engine) : {};
}

/** Answers a poll; undefined when the path is not that of an operation. */
export function answerPoll(engine: Engine, request: LocalRequest): Reply | undefined {
  const operation = findOperation(engine, request.segments.at(-1) ?? '');
  if (!operation || request.method !== 'GET') return undefined;
  const path = `/${request.segments.join('/')}`;
  const forStatus = request.query.get('azureAsyncOperation') !== undefined || !sameText(path, operation.resultPath);
  if (forStatus) return sameText(path, operation.statusPath) ? statusReply(engine, operation) : undefined;
  return resultReply(engine, request, operation);
}

function statusReply(engine: Engine, operation: Operation): Reply {
  const { statusPath, id, status, started, ended, error } = operation;
  const body = defined({
    id: statusPath,
    name: id,
    status,
    startTime: timestamp(started),
    endTime: ended === undefined ? undefined : timestamp(ended),
    error: error && errorBody(error),
  });
  return json(200, body, ended === undefined ? retryAfter(engine) : {});
}

function resultReply(engine: Engine, request: LocalRequest, operation: Operation): Reply {
  const { resultPath, apiVersion, ended, error, kind, result, resourceId } = operation;
  if (ended === undefined)
    return empty(202, { location: `${request.origin}${resultPath}?api-version=${apiVersion}`, ...retryAfter(engine) });
  if (error) return json(409, { error: errorBody(error) });
  if (kind === 'action') return result === undefined ? empty(204) : json(200, result);
  const resource = kind === 'delete' ? undefined : engine.resources.get(resourceId);
  return resource ? json(200, render(resource, { engine, origin: request.origin, apiVersion })) : empty(200);
}

function errorBody({ code, message, details }: OperationError): JsonObject {
  return defined({ code, message, details: details?.map((detail) => ({ ...detail })) });
}
