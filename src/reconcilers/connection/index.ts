import { withValueAt, type JsonObject } from '../../model/json.ts';
import { armKind } from '../shared/arm-kind.ts';
import schema from './schema.json' with { type: 'json' };
import type { ConnectionSpec } from './spec.ts';

/**
 * A connection of a project or an account; both types have the same body. Azure never returns credentials, so their drift
 * cannot be seen.
 */
export const connection = armKind<ConnectionSpec>({
  kind: 'Connection',
  schema,
  type: 'Microsoft.CognitiveServices/accounts/projects/connections',
  apiVersion: '2026-07-01',
  nameRule: { scope: 'parent', pattern: /^[a-zA-Z0-9][a-zA-Z0-9_-]{2,32}$/, maxLength: 33, style: 'as-is' },
  ownership: 'metadata',
  oneAtATime: 'accounts',
  readOnly: [
    '/properties/createdByWorkspaceArmId',
    '/properties/credentials',
    '/properties/error',
    '/properties/group',
    '/properties/isDefault',
    '/properties/peStatus',
    '/properties/sharedUserList',
  ],
  toArm(body, { spec: { credentials, authType } }) {
    if (!credentials) return body;
    const sent = authType === 'CustomKeys' ? { keys: credentials } : credentials;
    return withValueAt(body, '/properties/credentials', sent as unknown as JsonObject) as JsonObject;
  },
});
