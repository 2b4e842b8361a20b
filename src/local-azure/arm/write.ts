import { isObject, mergePatch, member, overlayObjects, type JsonObject } from '../engine/json.ts';
import type { Resource, StoredResource } from '../engine/resources.ts';
import { empty, json, type Reply } from '../server/reply.ts';
import { canonicalNames, normalise } from '../shape/normalise.ts';
import type { ObjectNode } from '../shape/notation.ts';
import { parseBody } from './body.ts';
import { buildResource } from './build.ts';
import { requireConditions } from './conditions.ts';
import { notFound, requireParent, requireIdle } from './existence.ts';
import { beginOperation, pollHeaders, type Operation } from './operations.ts';
import { requireValid, requireImmutable, requireName } from './refusals.ts';
import { etagHeaders, render } from './render.ts';
import { locationOf, placeOf } from './place.ts';
import { requireNoDeleted } from './soft-delete.ts';
import { inState } from './state.ts';
import { requireTags, settleLocation } from './tracked.ts';
import type { Call, PollHeader, Write } from './resource-type.ts';

/** PUT: creates the resource or replaces it. */
export function putResource(call: Call): Reply {
  const existing = call.engine.resources.get(call.target.id);
  requireConditions(call, existing);
  requireName(call);
  const sent = parseBody(call);
  const kept = existing && call.type.putKeepsOmitted ? wholeBody(existing) : {};
  const draft = overlayNames(call, kept, sent);
  return writeResource(call, settleLocation(call, draft, existing), existing);
}

/** PATCH: an RFC 7386 merge patch, with tags replaced as a whole. */
export function patchResource(call: Call): Reply {
  const existing = call.engine.resources.get(call.target.id);
  requireConditions(call, existing);
  if (!existing) throw notFound(call.target, call.type);
  const patch = canonicalNames(shapeOf(call), parseBody(call));
  const merged = mergePatch(wholeBody(existing), patch);
  const tags = member(patch, 'tags');
  const draft = isObject(merged) ? { ...merged, ...(isObject(tags) ? { tags } : {}) } : {};
  return writeResource(call, settleLocation(call, draft, existing), existing);
}

/** PUT that keeps what is not sent merges like a patch; a plain PUT starts from nothing. */
function overlayNames(call: Call, kept: JsonObject, sent: JsonObject): JsonObject {
  const named = canonicalNames(shapeOf(call), sent);
  const merged = Object.keys(kept).length === 0 ? named : mergePatch(kept, named);
  return isObject(merged) ? merged : {};
}

function wholeBody({ writable, secret }: Resource): JsonObject {
  return overlayObjects(writable, secret);
}

function shapeOf({ engine, target }: Call): ObjectNode {
  return engine.registry.type(target.type)?.shape ?? { kind: 'members', members: new Map() };
}

function writeResource(call: Call, draft: JsonObject, existing: StoredResource | undefined): Reply {
  const { engine, type } = call;
  const shape = shapeOf(call);
  const { value, problems } = normalise(shape, draft);
  requireValid(type, problems);
  requireTags(value);
  const body = requireImmutable(type, value, existing && wholeBody(existing));
  const now = engine.clock.now();
  const place = placeOf(call, existing);
  const parent = engine.resources.get(place.parent);
  const write: Write = { call, engine, id: place.id, name: place.name, body, existing, parent, now };
  requireNoDeleted(write);
  type.check?.(write);
  requireParent(call);
  requireIdle(call, place.id);
  const resource = buildResource(write, type, shape, place);
  engine.resources.put(resource);
  type.afterWrite?.(write, resource);
  return answer(call, resource, existing);
}

/** Starts the operation, if this kind of write has one, and answers in the type's own form. */
function answer(call: Call, resource: Resource, existing: StoredResource | undefined): Reply {
  const { engine, type } = call;
  const patching = call.request.method === 'PATCH';
  const wanted = patching ? type.longRunning?.patch : existing ? type.longRunning?.update : type.longRunning?.create;
  const status = statusOf(call, existing !== undefined);
  if (!wanted) {
    finish(call, resource);
    return resourceReply(call, resource.id, status, {});
  }
  const kind = existing ? 'update' : 'create';
  engine.resources.put(inState(resource, shapeOf(call), type.longRunning?.states?.[kind] ?? DEFAULT_STATES[kind]));
  const operation = beginOperation(call, { resource: { ...resource, location: locationOf(engine, resource) }, kind });
  return operationReply(call, operation, wanted, status);
}

const DEFAULT_STATES = { create: 'Creating', update: 'Updating' } as const;

function statusOf({ type, request }: Call, exists: boolean): number {
  const { statuses = {} } = type;
  if (request.method === 'PATCH') return statuses.patch ?? 200;
  return exists ? (statuses.update ?? 200) : (statuses.create ?? 201);
}

function operationReply(call: Call, operation: Operation, wanted: readonly PollHeader[], status: number): Reply {
  const ended = operation.ended !== undefined;
  if (ended && call.request.method === 'PUT')
    return resourceReply(call, operation.resourceId, status === 202 ? 200 : status, {});
  const headers = pollHeaders(call, operation, wanted);
  return status === 202 ? empty(202, headers) : resourceReply(call, operation.resourceId, status, headers);
}

function finish({ engine, type }: Call, resource: Resource): void {
  const stored = engine.resources.get(resource.id);
  if (stored) type.afterOperation?.(engine, stored, engine.clock.now());
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
