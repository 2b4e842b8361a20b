import { ArmError } from '../../arm/arm-error.ts';
import { parseBody } from '../../arm/body.ts';
import { requireTags } from '../../arm/tracked.ts';
import type { Call, ResourceType } from '../../arm/contract.ts';
import { objectAt, sameText, textAt, type JsonObject } from '../../engine/json.ts';
import type { StoredResource } from '../../engine/resources.ts';
import { empty, json, type Reply } from '../../http/reply.ts';
import { RESOURCES_VERSIONS } from './api-versions.ts';

/** Microsoft.Resources/tags/default: the tags of any resource, without the rest of it. */
export const tags: ResourceType = {
  type: 'Microsoft.Resources/tags',
  apiVersions: RESOURCES_VERSIONS,
  placement: 'none',
  handlers: {
    GET: (call) => tagsReply(call, requireSubject(call)),
    PUT: (call) => replaceTags(call, sentTags(call)),
    PATCH: patchTags,
    DELETE: (call) => {
      replaceTags(call, {});
      return empty(200);
    },
  },
};

function requireSubject({ engine, target }: Call): StoredResource {
  const found = engine.resources.get(target.parent);
  if (found) return found;
  throw new ArmError(404, 'ResourceNotFound', `The Resource '${target.parent}' was not found.`, { gateway: true });
}

function tagsReply({ target }: Call, subject: StoredResource): Reply {
  const id = `${subject.id}/providers/Microsoft.Resources/tags/${target.names.at(-1) ?? 'default'}`;
  return json(200, {
    id,
    name: 'default',
    type: 'Microsoft.Resources/tags',
    properties: { tags: objectAt(subject.writable, 'tags') },
  });
}

function sentTags(call: Call): JsonObject {
  return objectAt(parseBody(call), 'properties.tags');
}

function replaceTags(call: Call, replacement: JsonObject): Reply {
  const subject = requireSubject(call);
  requireTags({ tags: replacement });
  const changed = { ...subject, writable: { ...subject.writable, tags: replacement } };
  call.engine.resources.put(changed);
  return tagsReply(call, changed);
}

/** `Merge` adds and replaces, `Replace` replaces all, `Delete` removes those whose name and value are both given. */
function patchTags(call: Call): Reply {
  const before = objectAt(requireSubject(call).writable, 'tags');
  const sent = sentTags(call);
  const operation = textAt(parseBody(call), 'operation') ?? 'Merge';
  if (sameText(operation, 'Replace')) return replaceTags(call, sent);
  const others = Object.entries(before).filter(
    ([key, value]) => !isNamed(sent, key, sameText(operation, 'Delete') ? value : undefined),
  );
  const added = sameText(operation, 'Merge') ? Object.entries(sent) : [];
  return replaceTags(call, Object.fromEntries([...others, ...added]));
}

function isNamed(tags: JsonObject, key: string, value: unknown): boolean {
  return Object.entries(tags).some(
    ([name, content]) => sameText(name, key) && (value === undefined || value === content),
  );
}
