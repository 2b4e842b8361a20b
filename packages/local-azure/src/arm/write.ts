import { isObject, mergePatch, member, overlayObjects, type Json, type JsonObject } from '../engine/json.ts';
import type { Resource, StoredResource } from '../engine/resources.ts';
import type { Reply } from '../http/reply.ts';
import { canonicalNames, normalise } from '../shape/normalise.ts';
import { answerWrite } from './answer-write.ts';
import { parseBody } from './body.ts';
import { buildResource } from './build.ts';
import { requireConditions } from './conditions.ts';
import { notFound, requireIdle, requireParent } from './existence.ts';
import { placeOf } from './place.ts';
import { requireImmutable, requireName, requirePatchable, requireSameName, requireValid } from './refusals.ts';
import { shapeOf } from './registry.ts';
import { forgetDeleted } from './removal.ts';
import type { Call, ResourceType, Write } from './contract.ts';
import { findRevived } from './soft-delete.ts';
import { requireTags, settleLocation } from './tracked.ts';

/** PUT: creates the resource or replaces it. */
export function putResource(call: Call): Reply {
  const existing = call.engine.resources.get(call.target.id);
  requireConditions(call, existing);
  requireName(call);
  const sent = canonicalNames(shapeOf(call), parseBody(call));
  const body = isObject(sent) ? sent : {};
  requireSameName(call, body);
  const revived = existing ? undefined : findRevived(call, body);
  const draft = mergeInto(call.type, keptBody(call, existing, revived), body);
  return commit({ call, draft, existing, revived });
}

/** PATCH: an RFC 7386 merge patch, with tags and the like replaced as a whole. */
export function patchResource(call: Call): Reply {
  const existing = call.engine.resources.get(call.target.id);
  requireConditions(call, existing);
  if (!existing) throw notFound(call.target, call.type);
  const sent = canonicalNames(shapeOf(call), parseBody(call));
  const patch = isObject(sent) ? sent : {};
  requirePatchable(call.type, patch);
  return commit({ call, draft: mergeInto(call.type, wholeBody(existing), patch), existing, revived: undefined });
}

/** Starting point of a PUT: nothing, unless the type keeps omitted members or a deleted resource comes back as it was. */
function keptBody(
  { type }: Call,
  existing: StoredResource | undefined,
  revived: StoredResource | undefined,
): JsonObject {
  if (existing) return type.putKeepsOmitted ? wholeBody(existing) : {};
  return revived && type.softDelete?.recreate === 'refused-unless-restored' ? wholeBody(revived) : {};
}

function mergeInto({ replacedWhole = [] }: ResourceType, base: JsonObject, patch: JsonObject): JsonObject {
  const merged = Object.keys(base).length === 0 ? patch : mergePatch(base, patch);
  const whole = ['tags', ...replacedWhole].flatMap((key): [string, Json][] => {
    const value = member(patch, key);
    return isObject(value) ? [[key, value]] : [];
  });
  return { ...(isObject(merged) ? merged : {}), ...Object.fromEntries(whole) };
}

function wholeBody({ writable, secret }: Resource): JsonObject {
  return overlayObjects(writable, secret);
}

interface Draft {
  readonly call: Call;
  readonly draft: JsonObject;
  readonly existing: StoredResource | undefined;
  readonly revived: StoredResource | undefined;
}

/** Checks the body, stores the resource and answers. */
function commit({ call, draft, existing, revived }: Draft): Reply {
  const { engine, type } = call;
  const shape = shapeOf(call);
  const { value, problems } = normalise(shape, settleLocation(call, draft, existing));
  requireValid(type, problems);
  requireTags(value);
  const body = requireImmutable(type, value, existing && wholeBody(existing));
  const place = placeOf(call, existing);
  const parent = engine.resources.get(place.parent);
  const previous = existing ?? revived;
  const write: Write = {
    call,
    engine,
    id: place.id,
    name: place.name,
    body,
    existing,
    previous,
    parent,
    now: engine.clock.now(),
  };
  type.check?.(write);
  requireParent(call);
  requireIdle(call, place.id);
  const resource = buildResource(write, type, shape, place);
  engine.resources.put(resource);
  if (revived) forgetDeleted(engine, resource.id);
  type.afterWrite?.(write, resource);
  return answerWrite(call, resource, existing !== undefined);
}
