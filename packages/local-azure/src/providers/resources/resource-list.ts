import { pageReply } from '../../arm/paging.ts';
import { viewOf } from '../../arm/read.ts';
import { isTracked } from '../../arm/registry.ts';
import { render } from '../../arm/render.ts';
import type { Call, ResourceType } from '../../arm/contract.ts';
import { timestamp } from '../../engine/clock.ts';
import { textAt, type JsonObject } from '../../engine/json.ts';
import type { StoredResource } from '../../engine/resources.ts';
import type { Reply } from '../../http/reply.ts';
import { RESOURCES_VERSIONS } from './api-versions.ts';
import { parseFilter, resourceFilter } from './filter.ts';

/** `/subscriptions/{s}/resources` and `{resource group}/resources`: every tracked resource, without its properties. */
export const resourceList: ResourceType = {
  type: 'Microsoft.Resources/resources',
  apiVersions: RESOURCES_VERSIONS,
  placement: 'none',
  pageSize: 1000,
  handlers: { LIST: listAll },
};

function listAll(call: Call): Reply {
  const { reader, target, engine, request } = call;
  const matches = resourceFilter(parseFilter(request.query.get('$filter')));
  const expand = (request.query.get('$expand') ?? '').toLowerCase().split(',');
  const all = reader.list({
    subscription: target.subscription,
    ...(target.resourceGroup === '' ? {} : { resourceGroup: target.resourceGroup }),
  });
  const listed = all.filter((resource) => {
    const type = engine.registry.type(resource.type)?.definition;
    return type && type.placement !== 'subscription' && isTracked(type) && matches(resource);
  });
  return pageReply(call, listed, (resource) => summarise(call, resource, expand));
}

const MEMBERS: ReadonlySet<string> = new Set([
  'id',
  'name',
  'type',
  'kind',
  'sku',
  'location',
  'identity',
  'tags',
  'managedBy',
  'plan',
  'zones',
  'systemData',
]);

function summarise(call: Call, resource: StoredResource, expand: readonly string[]): JsonObject {
  const body = Object.entries(render(resource, viewOf(call))).filter(([key]) => MEMBERS.has(key));
  return { ...Object.fromEntries(body), ...expansions(resource, expand) };
}

function expansions({ created, modified, readOnly }: StoredResource, expand: readonly string[]): JsonObject {
  return {
    ...(expand.includes('createdtime') ? { createdTime: timestamp(created.at) } : {}),
    ...(expand.includes('changedtime') ? { changedTime: timestamp(modified.at) } : {}),
    ...(expand.includes('provisioningstate')
      ? { provisioningState: textAt(readOnly, 'properties.provisioningState') ?? 'Succeeded' }
      : {}),
  };
}
