import type { ResourceQuery, StoredResource } from '../engine/resources.ts';
import { empty, json, type Reply } from '../http/reply.ts';
import { notFound, requireParent } from './existence.ts';
import { retryAfterWhileBusy } from './operations.ts';
import { pageReply, pageRequest } from './paging.ts';
import { etagHeaders, render } from './render.ts';
import type { Call, View } from './contract.ts';

export function viewOf({ engine, request, apiVersion }: Call): View {
  return { engine, origin: request.origin, apiVersion };
}

export function getResource(call: Call): Reply {
  const found = requireResource(call);
  const headers = { ...etagHeaders(call.type, found), ...retryAfterWhileBusy(call.engine, found.id) };
  return json(200, render(found, viewOf(call)), headers);
}

/** 204 when it exists, else 404 without a body. */
export function headResource({ reader, target }: Call): Reply {
  return empty(reader.get(target.id) ? 204 : 404);
}

/** The resource that the call is about. 404 when it, or its parent, does not exist. */
export function requireResource(call: Call): StoredResource {
  const found = call.reader.get(call.target.id);
  if (found) return found;
  throw notFound(call.target, call.type);
}

/** All resources of a type in a subscription, a resource group or below a parent, page by page. */
export function listResources(call: Call): Reply {
  requireParent(call);
  const { after, size } = pageRequest(call);
  const found = call.reader.list(queryOf(call), { after, limit: size + 1 });
  return pageReply(call, found, (resource) => render(resource, viewOf(call)));
}

function queryOf({ target, type }: Call): ResourceQuery {
  const { subscription, resourceGroup, parent } = target;
  if (type.placement === 'child' || type.placement === 'extension') return { type: type.type, parent };
  return { type: type.type, subscription, ...(resourceGroup === '' ? {} : { resourceGroup }) };
}
