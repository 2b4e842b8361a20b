import { optionalBody } from '../arm/body.ts';
import type { Call, Provider } from '../arm/contract.ts';
import { sameText, textAt } from '../engine/json.ts';
import { json, type Reply } from '../http/reply.ts';
import { administrators, entraOnly } from './sql/administrators.ts';
import { databases } from './sql/databases.ts';
import { firewallRules } from './sql/firewall-rules.ts';
import { servers } from './sql/servers.ts';

/** Azure SQL: logical servers and their databases. */
export const sql: Provider = {
  namespace: 'Microsoft.Sql',
  types: [servers, databases, firewallRules, administrators, entraOnly],
  actions: { checkNameAvailability },
};

function checkNameAvailability(call: Call): Reply {
  const name = textAt(optionalBody(call), 'name') ?? '';
  if (!servers.names?.pattern.test(name)) {
    const message = `The name '${name}' is not valid.`;
    return json(200, { name, available: false, reason: 'Invalid', message });
  }
  const taken = call.engine.resources.list({ type: servers.type }).some((server) => sameText(server.name, name));
  const message = `Specified server name is already used. Resource name: '${name}'.`;
  return json(200, taken ? { name, available: false, reason: 'AlreadyExists', message } : { name, available: true });
}
