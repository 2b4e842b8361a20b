import { optionalBody } from '../arm/body.ts';
import { listDeleted } from '../arm/removal.ts';
import type { Call, Provider } from '../arm/contract.ts';
import { sameText, textAt } from '../engine/json.ts';
import { json, type Reply } from '../http/reply.ts';
import { accessPolicies } from './key-vault/access-policies.ts';
import { armSecrets } from './key-vault/arm-secrets.ts';
import { deletedVault, deletedVaults } from './key-vault/deleted-vaults.ts';
import { managedHsms } from './key-vault/managed-hsms.ts';
import { findVault } from './key-vault/shared.ts';
import { vaults } from './key-vault/vaults.ts';

/** Key Vault, control plane. */
export const keyVault: Provider = {
  namespace: 'Microsoft.KeyVault',
  types: [vaults, armSecrets, accessPolicies, deletedVaults, deletedVault, ...managedHsms],
  actions: { checkNameAvailability },
};

function checkNameAvailability(call: Call): Reply {
  const name = textAt(optionalBody(call), 'name') ?? '';
  if (!vaults.names?.pattern.test(name)) {
    const message = vaults.names?.message.replace('{name}', name) ?? '';
    return json(200, { nameAvailable: false, reason: 'AccountNameInvalid', message });
  }
  const deleted = listDeleted(call.engine, vaults.type, call.target.subscription);
  const isTaken = findVault(call.engine, name) ?? deleted.find(({ resource }) => sameText(resource.name, name));
  if (!isTaken) return json(200, { nameAvailable: true });
  const message = `The vault name '${name}' is already in use.`;
  return json(200, { nameAvailable: false, reason: 'AlreadyExists', message });
}
