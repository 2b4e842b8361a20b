import { isObject, overlayObjects, without } from '../engine/json.ts';
import type { Resource } from '../engine/resources.ts';
import { normalise, splitSecrets } from '../shape/normalise.ts';
import type { ObjectNode } from '../shape/notation.ts';
import { identityPrincipals } from './identity.ts';
import { carryReadOnly } from './read-only-layer.ts';
import type { Place } from './place.ts';
import { inState } from './state.ts';
import type { Call, ResourceType, Write } from './contract.ts';
import type { JsonObject } from '../engine/json.ts';

/** The resource that a write leads to, completed by its type. Nothing is stored. */
export function buildResource(write: Write, type: ResourceType, shape: ObjectNode, place: Place): Resource {
  const { call, existing, previous, now } = write;
  const completed = type.complete?.(write) ?? {};
  const body = overlayObjects(overlayObjects(completed.defaults ?? {}, write.body), completed.body ?? {});
  const { shown, secret } = splitSecrets(shape, body);
  const writable = isObject(shown) ? shown : {};
  const kept = without(previous?.readOnly ?? {}, 'identity');
  const stamp = { at: now, by: call.caller.name, byType: call.caller.kind };
  const resource: Resource = {
    ...place,
    type: type.type,
    writable,
    readOnly: {
      ...carryReadOnly(shape, kept, completed.readOnly ?? {}, writable),
      ...identityPrincipals(write, writable),
    },
    secret: isObject(secret) ? secret : {},
    created: existing?.created ?? stamp,
    modified: stamp,
  };
  return inState(resource, shape, 'Succeeded');
}

/** Creates a child that comes with its parent, in the course of a write on the parent. */
export function createChild(
  call: Call,
  parent: Resource,
  type: ResourceType,
  name: string,
  sent: JsonObject,
): Resource {
  const { engine } = call;
  const shape = engine.registry.type(type.type)?.shape ?? { kind: 'members', members: new Map() };
  const id = `${parent.id}/${type.type.split('/').at(-1) ?? ''}/${name}`;
  const { value: body } = normalise(shape, sent);
  const stored = engine.resources.get(parent.id);
  const write: Write = {
    call,
    engine,
    id,
    name,
    body,
    existing: engine.resources.get(id),
    previous: engine.resources.get(id),
    parent: stored,
    now: engine.clock.now(),
  };
  const { subscription, resourceGroup } = parent;
  const child = buildResource(write, type, shape, { id, name, parent: parent.id, subscription, resourceGroup });
  engine.resources.put(child);
  return child;
}
