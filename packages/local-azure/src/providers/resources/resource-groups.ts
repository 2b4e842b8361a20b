import { deleteResource } from '../../arm/delete.ts';
import { groupNotFound } from '../../arm/checks.ts';
import { parseFilter, tagFilter } from './filter.ts';
import { pageReply } from '../../arm/paging.ts';
import { getResource, viewOf } from '../../arm/read.ts';
import { render } from '../../arm/render.ts';
import { patchResource } from '../../arm/write.ts';
import type { Call, Handler, ResourceType } from '../../arm/contract.ts';
import type { Reply } from '../../http/reply.ts';
import { RESOURCES_VERSIONS } from './api-versions.ts';
import { removeGroup } from './group-removal.ts';

/** Microsoft.Resources/resourceGroups: synchronous but for DELETE, which takes everything in the group with it. */
export const resourceGroups: ResourceType = {
  type: 'Microsoft.Resources/resourceGroups',
  apiVersions: RESOURCES_VERSIONS,
  placement: 'subscription',
  tracked: true,
  hasSystemData: false,
  body: { managedBy: 'string', properties: { provisioningState: 'readonly' } },
  names: {
    pattern: /^[\p{L}\p{N}_().-]{0,89}[\p{L}\p{N}_()-]$/u,
    code: 'InvalidResourceGroup',
    message:
      "The provided resource group name '{name}' has these invalid characters or ends with a period. The name can be 1 to 90 letters, digits, '_', '-', '.', '(' and ')'.",
  },
  statuses: { create: 201, update: 200, patch: 200, delete: 202 },
  longRunning: { delete: ['location'], statusPath: '/operationresults/{id}' },
  remove: removeGroup,
  handlers: {
    GET: orGroupNotFound(getResource),
    PATCH: orGroupNotFound(patchResource),
    DELETE: orGroupNotFound(deleteResource),
    LIST: listGroups,
  },
};

function orGroupNotFound(handler: Handler): Handler {
  return (call) => {
    if (!call.reader.get(call.target.id)) throw groupNotFound(call.target.names.at(-1) ?? '');
    return handler(call);
  };
}

/** `$filter` knows `tagName eq 'k'` and `tagValue eq 'v'` only. */
function listGroups(call: Call): Reply {
  const filter = tagFilter(parseFilter(call.request.query.get('$filter')));
  const groups = call.reader.list({ type: resourceGroups.type, subscription: call.target.subscription });
  return pageReply(call, groups.filter(filter), (group) => render(group, viewOf(call)));
}
