import type { Provider } from '../arm/contract.ts';
import { optionalBody } from '../arm/body.ts';
import { sameText, textAt } from '../engine/json.ts';
import { json } from '../http/reply.ts';
import { blobServices } from './storage/blob-services.ts';
import { containers } from './storage/containers.ts';
import { managementPolicies } from './storage/management-policies.ts';
import { storageAccounts } from './storage/storage-accounts.ts';

export const storage: Provider = {
  namespace: 'Microsoft.Storage',
  types: [storageAccounts, blobServices, containers, managementPolicies],
  actions: {
    checkNameAvailability: (call) => {
      const name = textAt(optionalBody(call), 'name') ?? '';
      const taken = call.engine.resources
        .list({ type: storageAccounts.type })
        .some((account) => sameText(account.name, name));
      const message = `The storage account named ${name} is already taken.`;
      return json(200, taken ? { nameAvailable: false, reason: 'AlreadyExists', message } : { nameAvailable: true });
    },
  },
};
