import { isWithin, mergePatch, textAt, valueAt, type JsonObject } from '../../model/json.ts';
import type { Live, Reconciler, Site, WriteContext } from '../../model/kind.ts';
import { armKind } from '../shared/arm-kind.ts';
import schema from './schema.json' with { type: 'json' };
import type { SqlServerSpec } from './spec.ts';

const apiVersion = '2025-01-01';
const TYPE = 'Microsoft.Sql/servers';

/** Microsoft.Sql/servers/firewallRules@2025-01-01 */
const firewallRules = armKind({
  kind: 'SqlFirewallRule',
  schema: schema.properties.firewallRules.items,
  type: `${TYPE}/firewallRules`,
  apiVersion,
  nameRule: { scope: 'parent', pattern: /^[^<>*%&:\\/?]{1,128}$/, maxLength: 128, style: 'as-is' },
  ownership: 'none',
  oneAtATime: 'servers',
});

const server = armKind<SqlServerSpec>({
  kind: 'SqlServer',
  globalName: { action: 'Microsoft.Sql/checkNameAvailability', type: 'Microsoft.Sql/servers' },
  schema,
  type: TYPE,
  apiVersion,
  nameRule: {
    scope: 'global',
    pattern: /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
    maxLength: 63,
    style: 'lower-kebab',
  },
  createOnly: ['/properties/administrators'],
  keepsSecrets: true,
  readQuery: { $expand: 'administrators/activedirectory' },
  stateful: true,
  deadlineMinutes: 60,
  outputs: {
    location: ['/location', 'Region of the server and its databases.'],
    fullyQualifiedDomainName: ['/properties/fullyQualifiedDomainName', 'Host name that clients connect to.'],
    principalId: ['/identity/principalId', 'Object id of the system-assigned identity.'],
  },
  readOnly: [
    '/kind',
    '/properties/state',
    '/properties/fullyQualifiedDomainName',
    '/properties/workspaceFeature',
    '/properties/externalGovernanceStatus',
    '/properties/privateEndpointConnections',
  ],
  parts: { firewallRules },
  // Azure says what the administrator is only where that was said when the server was created, and nothing changes it.
  tolerate: (desired, live) => {
    const [wanted, known] = [textAt(desired, '/administrator/objectId'), textAt(live, '/administrator/objectId')];
    const same = wanted.toLowerCase() === known.toLowerCase();
    return same || textAt(live, '/administrator/principalType') === '' ? ['/administrator/principalType'] : [];
  },
  toArm(body, { spec, environment: { tenantId } }) {
    const administrators = { administratorType: 'ActiveDirectory', ...(tenantId === undefined ? {} : { tenantId }) };
    return mergePatch(body, {
      properties: { version: '12.0', ...(spec.administrator ? { administrators } : {}) },
    }) as JsonObject;
  },
});

/**
 * Microsoft.Sql/servers@2025-01-01. Administrators are part of the body when a server is created; afterwards they and the
 * refusal of SQL logins are resources of their own.
 */
export const sqlServer: Reconciler = {
  ...server,
  async write(context, site, live, fields) {
    const isPlanned = fields.some(({ field }) => isWithin(field, '/administrator') || field === '/entraOnly');
    if (live && isPlanned) await writeAdministrators(context, site, live);
    return server.write(context, site, live, fields);
  },
};

async function writeAdministrators({ azure, signal }: WriteContext, site: Site, live: Live): Promise<void> {
  const spec = site.spec as SqlServerSpec;
  if (!spec.administrator) return;
  const { login } = spec.administrator;
  const sid = textAt(site.spec as JsonObject, '/administrator/objectId');
  const known = (path: '/login' | '/sid'): string => textAt(live.body, `/properties/administrators${path}`);
  const only = valueAt(live.body, '/properties/administrators/azureADOnlyAuthentication') === true;
  const at = (below: string) => ({ path: `${live.address.path}/${below}`, apiVersion });
  if (only && spec.entraOnly === false)
    await azure.put(
      at('azureADOnlyAuthentications/Default'),
      { properties: { azureADOnlyAuthentication: false } },
      { signal },
    );
  if (known('/login') !== login || known('/sid').toLowerCase() !== sid.toLowerCase()) {
    const { tenantId } = site.environment;
    const properties = {
      administratorType: 'ActiveDirectory',
      login,
      sid,
      ...(tenantId === undefined ? {} : { tenantId }),
    };
    await azure.put(at('administrators/ActiveDirectory'), { properties }, { signal });
  }
  if (!only && spec.entraOnly !== false)
    await azure.put(
      at('azureADOnlyAuthentications/Default'),
      { properties: { azureADOnlyAuthentication: true } },
      { signal },
    );
}
