import { ArmError } from '../../arm/arm-error.ts';
import { beginOperation, pollHeaders } from '../../arm/operations.ts';
import { forgetDeleted, listDeleted, type DeletedResource } from '../../arm/removal.ts';
import { normaliseLocation } from '../../arm/locations.ts';
import type { Call, ResourceType } from '../../arm/contract.ts';
import { sameText, objectAt, textAt, type JsonObject } from '../../engine/json.ts';
import { empty, json, type Reply } from '../../http/reply.ts';
import { forgetVault } from './objects.ts';
import { isPurgeProtected, KEY_VAULT_VERSIONS, VAULT_TYPE } from './shared.ts';

/** `{subscription}/providers/Microsoft.KeyVault/deletedVaults`: what can still be recovered. */
export const deletedVaults: ResourceType = {
  type: 'Microsoft.KeyVault/deletedVaults',
  apiVersions: KEY_VAULT_VERSIONS,
  placement: 'none',
  handlers: {
    LIST: ({ engine, target }) =>
      json(200, { value: listDeleted(engine, VAULT_TYPE, target.subscription).map(describe) }),
  },
};

/** `…/locations/{l}/deletedVaults/{name}`: one of them; POST `purge` forgets it, unless it is protected. */
export const deletedVault: ResourceType = {
  type: 'Microsoft.KeyVault/locations/deletedVaults',
  apiVersions: KEY_VAULT_VERSIONS,
  placement: 'none',
  longRunning: { statusPath: 'locations/{location}/operationResults/{id}' },
  handlers: { GET: (call) => json(200, describe(requireDeleted(call))) },
  actions: { purge },
};

function requireDeleted({ engine, target }: Call): DeletedResource {
  const [location = '', name = ''] = target.names;
  const found = listDeleted(engine, VAULT_TYPE, target.subscription).find(
    ({ resource }) =>
      sameText(resource.name, name) && textAt(resource.writable, 'location') === normaliseLocation(location),
  );
  if (found) return found;
  throw new ArmError(404, 'DeletedVaultNotFound', `The specified deleted vault '${name}' does not exist.`);
}

function purge(call: Call): Reply {
  const { engine } = call;
  const { resource } = requireDeleted(call);
  if (isPurgeProtected(resource))
    throw new ArmError(405, 'MethodNotAllowed', "Operation 'DeletedVaultPurge' is not allowed.");
  forgetDeleted(engine, resource.id);
  forgetVault(engine, resource.id);
  const location = textAt(resource.writable, 'location') ?? '';
  const operation = beginOperation(call, { resource: { ...resource, location }, kind: 'action' });
  return empty(202, pollHeaders(call, operation, ['location']));
}

function describe({ resource, deleted, purged }: DeletedResource): JsonObject {
  const location = textAt(resource.writable, 'location') ?? '';
  return {
    id: `/subscriptions/${resource.subscription}/providers/Microsoft.KeyVault/locations/${location}/deletedVaults/${resource.name}`,
    name: resource.name,
    type: 'Microsoft.KeyVault/deletedVaults',
    properties: {
      vaultId: resource.id,
      location,
      deletionDate: seconds(deleted),
      scheduledPurgeDate: seconds(purged),
      tags: objectAt(resource.writable, 'tags'),
      purgeProtectionEnabled: isPurgeProtected(resource),
    },
  };
}

function seconds(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/u, 'Z');
}
