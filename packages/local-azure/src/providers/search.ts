import { optionalBody } from '../arm/body.ts';
import type { Call, Provider } from '../arm/contract.ts';
import { textAt } from '../engine/json.ts';
import { json, type Reply } from '../http/reply.ts';
import { deleteQueryKey, regenerateAdminKey, createQueryKey } from './search/keys.ts';
import { isNameTaken, searchServices } from './search/search-services.ts';

/** Azure AI Search, control plane only. */
export const search: Provider = {
  namespace: 'Microsoft.Search',
  types: [searchServices, regenerateAdminKey, createQueryKey, deleteQueryKey],
  actions: { checkNameAvailability },
};

function checkNameAvailability(call: Call): Reply {
  const name = textAt(optionalBody(call), 'name') ?? '';
  if (!searchServices.names?.pattern.test(name)) {
    const message = searchServices.names?.message.replace('{name}', name) ?? '';
    return json(200, { nameAvailable: false, reason: 'Invalid', message });
  }
  if (!isNameTaken(call.engine, name)) return json(200, { nameAvailable: true, reason: '', message: '' });
  const message = `The service name '${name}' is already taken.`;
  return json(200, { nameAvailable: false, reason: 'AlreadyExists', message });
}
