import { createHash } from 'node:crypto';
import { timestamp } from '../engine/clock.ts';
import { overlayObjects, textAt, withValue, type JsonObject } from '../engine/json.ts';
import type { StoredResource } from '../engine/resources.ts';
import { displayLocation } from './locations.ts';
import type { ResourceType, View } from './contract.ts';

/** The body of a resource as a client sees it. */
export function render(resource: StoredResource, view: View): JsonObject {
  const type = view.engine.registry.type(resource.type)?.definition;
  const content = overlayObjects(resource.writable, resource.readOnly);
  const envelope: JsonObject = {
    id: resource.id,
    name: resource.name,
    type: resource.type,
    ...(type?.location === 'display' ? withDisplayLocation(content) : content),
    ...(type?.etag?.startsWith('body') ? { etag: etagOf(resource) } : {}),
    ...(type?.hasSystemData === false ? {} : { systemData: systemData(resource) }),
  };
  return type?.present?.(envelope, resource, view) ?? envelope;
}

export function etagOf({ id, version, created }: StoredResource): string {
  const digest = createHash('sha256').update(`${id.toLowerCase()}|${created.at}|${version}`).digest('hex');
  return `"${digest.slice(0, 8)}-${digest.slice(8, 12)}-4${digest.slice(13, 16)}-a${digest.slice(17, 20)}-${digest.slice(20, 32)}"`;
}

export function etagHeaders(type: ResourceType, resource: StoredResource): Record<string, string> {
  return type.etag === 'header' || type.etag === 'body-and-header' ? { etag: etagOf(resource) } : {};
}

function systemData({ created, modified }: StoredResource): JsonObject {
  return {
    createdBy: created.by,
    createdByType: created.byType,
    createdAt: timestamp(created.at),
    lastModifiedBy: modified.by,
    lastModifiedByType: modified.byType,
    lastModifiedAt: timestamp(modified.at),
  };
}

function withDisplayLocation(body: JsonObject): JsonObject {
  const location = textAt(body, 'location');
  return location === undefined ? body : withValue(body, 'location', displayLocation(location));
}
