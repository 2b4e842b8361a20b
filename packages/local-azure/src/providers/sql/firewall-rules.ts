import { isIPv4 } from 'node:net';
import { ArmError } from '../../arm/arm-error.ts';
import type { ResourceType, Write } from '../../arm/contract.ts';
import { sameText, textAt } from '../../engine/json.ts';
import { invalidParameter, OBJECT_NAME, SQL_VERSIONS } from './shared.ts';

/** Microsoft.Sql/servers/firewallRules: address ranges; 0.0.0.0 to 0.0.0.0 lets all Azure services in. */
export const firewallRules: ResourceType = {
  type: 'Microsoft.Sql/servers/firewallRules',
  apiVersions: SQL_VERSIONS,
  placement: 'child',
  hasSystemData: false,
  body: { properties: { startIpAddress: 'string', endIpAddress: 'string' } },
  names: {
    pattern: OBJECT_NAME,
    code: 'InvalidFirewallRuleName',
    message: "Invalid firewall rule name '{name}'.",
  },
  statuses: { create: 201, update: 200, delete: 200 },
  check: (write) => {
    requireRange(write);
    requirePublicAccess(write);
  },
};

function requireRange({ body }: Write): void {
  const [start, end] = ['startIpAddress', 'endIpAddress'].map((name) => {
    const address = textAt(body, `properties.${name}`) ?? '';
    if (!isIPv4(address)) throw invalidParameter(name);
    return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  });
  if ((start ?? 0) > (end ?? 0)) throw invalidParameter('endIpAddress');
}

function requirePublicAccess({ parent }: Write): void {
  if (!sameText(textAt(parent?.writable, 'properties.publicNetworkAccess') ?? '', 'Disabled')) return;
  const message =
    'Unable to create or modify firewall rules when public network interface for the server is disabled. To manage server or database level firewall rules, please enable the public network interface.';
  throw new ArmError(400, 'DenyPublicEndpointEnabled', message);
}
