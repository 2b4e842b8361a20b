import type { Resource } from '../engine/resources.ts';
import { empty, json, type Reply } from '../http/reply.ts';
import { acceptedReply, beginOperation, pollHeaders } from './operations.ts';
import { locationOf } from './place.ts';
import { etagHeaders, render } from './render.ts';
import type { Call } from './contract.ts';
import type { PollHeader } from './type-rules.ts';
import { setState } from './state.ts';

/** Starts the operation, if this kind of write has one, and answers in the type's own form. */
export function answerWrite(call: Call, resource: Resource, existed: boolean): Reply {
  const wanted = pollHeadersFor(call, existed);
  return wanted ? answerRunning(call, resource, existed, wanted) : answerDone(call, resource, existed);
}

function pollHeadersFor({ type, request }: Call, existed: boolean): readonly PollHeader[] | undefined {
  if (request.method === 'PATCH') return type.longRunning?.patch;
  return existed ? type.longRunning?.update : type.longRunning?.create;
}

function statusOf({ type, request }: Call, existed: boolean): number {
  const { statuses = {} } = type;
  if (request.method === 'PATCH') return statuses.patch ?? 200;
  return existed ? (statuses.update ?? 200) : (statuses.create ?? 201);
}

function answerDone(call: Call, resource: Resource, existed: boolean): Reply {
  const { engine, type } = call;
  const stored = engine.resources.get(resource.id);
  if (stored) type.afterOperation?.(engine, stored, engine.clock.now());
  return resourceReply(call, resource.id, statusOf(call, existed), {});
}

const DEFAULT_STATES = { create: 'Creating', update: 'Updating' } as const;

/** An operation that has ended already is not mentioned in the answer to a PUT. */
function answerRunning(call: Call, resource: Resource, existed: boolean, wanted: readonly PollHeader[]): Reply {
  const { engine, type, request } = call;
  const kind = existed ? 'update' : 'create';
  const stored = engine.resources.get(resource.id) ?? resource;
  setState(engine, stored, type.longRunning?.states?.[kind] ?? DEFAULT_STATES[kind]);
  const operation = beginOperation(call, { resource: { ...resource, location: locationOf(engine, resource) }, kind });
  const status = statusOf(call, existed);
  if (operation.ended !== undefined && request.method === 'PUT')
    return resourceReply(call, resource.id, status === 202 ? 200 : status, {});
  const headers = pollHeaders(call, operation, wanted);
  return status === 202 ? acceptedReply(call, operation, headers) : resourceReply(call, resource.id, status, headers);
}

function resourceReply(call: Call, id: string, status: number, headers: Readonly<Record<string, string>>): Reply {
  const { engine, request, apiVersion, type } = call;
  const stored = engine.resources.get(id);
  if (!stored) return empty(status, headers);
  return json(status, render(stored, { engine, origin: request.origin, apiVersion }), {
    ...headers,
    ...etagHeaders(type, stored),
  });
}
