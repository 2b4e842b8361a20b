import { textAt, withValueAt, type JsonObject } from '../../model/json.ts';
import { armKind } from '../shared/arm-kind.ts';
import schema from './schema.json' with { type: 'json' };
import type { WorkbookSpec } from './spec.ts';

/** Microsoft.Insights/workbooks@2023-06-01. Names are GUIDs; lists leave the content out unless they are asked for it. */
export const workbook = armKind<WorkbookSpec>({
  kind: 'Workbook',
  schema,
  type: 'Microsoft.Insights/workbooks',
  apiVersion: '2023-06-01',
  nameRule: { scope: 'group', pattern: /^[0-9a-f-]{36}$/, maxLength: 36, style: 'uuid' },
  fixed: { kind: 'shared' },
  readQuery: { canFetchContent: 'true' },
  listQuery: { category: 'workbook' },
  readOnly: ['/properties/timeModified', '/properties/userId', '/properties/revision'],
  targets: { content: ['/properties/serializedData'] },
  toArm: (body, { spec }) => withValueAt(body, '/properties/serializedData', spec.content ?? '') as JsonObject,
  fromArm: (spec, body) => ({ ...spec, content: textAt(body, '/properties/serializedData') }),
});
