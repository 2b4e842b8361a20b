import { isObject, pointer, textAt, valueAt, withValueAt, type JsonObject, type Pointer } from '../../model/json.ts';
import { armKind } from '../shared/arm-kind.ts';
import schema from './schema.json' with { type: 'json' };
import type { ConnectionSpec } from './spec.ts';

/** Members of `credentials` by authType. Source: Microsoft.CognitiveServices/accounts/connections@2026-07-01. */
const CREDENTIALS: Readonly<Record<string, readonly string[]>> = {
  accesskey: ['accessKeyId', 'secretAccessKey'],
  accountkey: ['key'],
  apikey: ['key'],
  oauth2: ['clientId', 'clientSecret'],
  pat: ['pat'],
  sas: ['sas'],
  serviceprincipal: ['clientId', 'clientSecret', 'tenantId'],
  usernamepassword: ['username', 'password'],
};

/** What the connection signs in with. Custom keys are told by name where Azure tells the names. */
function credentialFields(body: JsonObject): Pointer[] {
  const authType = textAt(body, '/properties/authType').toLowerCase();
  const keys = valueAt(body, '/properties/credentials/keys');
  const custom = isObject(keys) && Object.keys(keys).length > 0 ? Object.keys(keys) : ['*'];
  const names = authType === 'customkeys' ? custom : (CREDENTIALS[authType] ?? []);
  return names.map((name) => pointer('/credentials', name));
}

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
  ],
  targets: { credentials: ['/properties/credentials'] },
  writeOnly: ['/properties/credentials'],
  secretsOf: (_, body) => credentialFields(body),
  toArm(body, { spec: { credentials, authType } }) {
    if (!credentials) return body;
    const sent = authType === 'CustomKeys' ? { keys: credentials } : credentials;
    return withValueAt(body, '/properties/credentials', sent as unknown as JsonObject) as JsonObject;
  },
});
