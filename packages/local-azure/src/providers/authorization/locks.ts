import { pageReply } from '../../arm/paging.ts';
import { viewOf } from '../../arm/read.ts';
import { render } from '../../arm/render.ts';
import type { Call, ResourceType } from '../../arm/contract.ts';
import type { Reply } from '../../http/reply.ts';

/** Microsoft.Authorization/locks, on any scope; they hold for everything below. */
export const locks: ResourceType = {
  type: 'Microsoft.Authorization/locks',
  apiVersions: ['2015-01-01', '2016-09-01', '2017-04-01', '2020-05-01'],
  placement: 'extension',
  body: {
    'properties!': {
      'level!': 'NotSpecified|CanNotDelete|ReadOnly',
      notes: 'string(0..512)',
      owners: [{ applicationId: 'string' }],
    },
  },
  names: { pattern: /^[^<>%&:\\?/]{1,260}$/u, message: "The lock name '{name}' is invalid." },
  statuses: { create: 201, update: 200, delete: 200 },
  handlers: { LIST: listLocks },
};

/** The locks at a scope and at everything below it. */
function listLocks(call: Call): Reply {
  const scope = call.target.parent.toLowerCase();
  const found = call.reader.list({ type: locks.type }).filter(({ parent }) => {
    const at = parent.toLowerCase();
    return at === scope || at.startsWith(`${scope}/`);
  });
  return pageReply(call, found, (lock) => render(lock, viewOf(call)));
}
