import { ArmError } from '../../arm/arm-error.ts';
import { IDENTITY } from '../../arm/identity.ts';
import { pageReply } from '../../arm/paging.ts';
import { viewOf } from '../../arm/read.ts';
import { render } from '../../arm/render.ts';
import type { Call, ResourceType } from '../../arm/contract.ts';
import { sameText, textAt, withValue } from '../../engine/json.ts';
import type { Reply } from '../../http/reply.ts';

/** Microsoft.Insights/workbooks. Named by GUIDs; lists need a category and leave the content out unless asked for it. */
export const workbooks: ResourceType = {
  type: 'Microsoft.Insights/workbooks',
  apiVersions: ['2021-03-08', '2021-08-01', '2022-04-01', '2023-06-01'],
  placement: 'resource-group',
  etag: 'body',
  body: {
    kind: 'shared = shared',
    identity: IDENTITY,
    'properties!': {
      'displayName!': 'string',
      'serializedData!': 'string',
      version: 'string = Notebook/1.0',
      'category!': 'string',
      tags: ['string'],
      sourceId: 'string',
      storageUri: 'string',
      description: 'string',
      timeModified: 'readonly',
      userId: 'readonly',
      revision: 'readonly',
    },
  },
  names: {
    pattern: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu,
    code: 'BadRequest',
    message: "The name '{name}' of a workbook must be a GUID.",
  },
  statuses: { create: 201, update: 200, patch: 200, delete: 200 },
  complete: ({ engine, id }) => ({
    readOnly: {
      properties: {
        timeModified: new Date(engine.clock.now()).toISOString(),
        userId: engine.ids.guidOf('workbook-author'),
        revision: engine.ids.guidOf(`${id}/${engine.clock.now()}`).replaceAll('-', ''),
      },
    },
  }),
  handlers: { LIST: listWorkbooks },
};

function listWorkbooks(call: Call): Reply {
  const { query } = call.request;
  const category = query.get('category');
  if (category === undefined) throw new ArmError(400, 'BadRequest', "The query parameter 'category' is required.");
  const whole = query.get('canFetchContent') === 'true';
  const scope = call.target.parent.toLowerCase();
  const found = call.reader.list({ type: workbooks.type }).filter((one) => {
    const fits = sameText(textAt(one.writable, 'properties.category') ?? '', category);
    return fits && one.id.toLowerCase().startsWith(`${scope}/`);
  });
  return pageReply(call, found, (one) => {
    const body = render(one, viewOf(call));
    return whole ? body : withValue(body, 'properties.serializedData', undefined);
  });
}
