import { ArmError } from '../../arm/arm-error.ts';
import { findDeleted, forgetDeleted, listDeleted, type DeletedResource } from '../../arm/removal.ts';
import type { Call, ResourceType } from '../../arm/contract.ts';
import { timestamp } from '../../engine/clock.ts';
import { textAt, type JsonObject } from '../../engine/json.ts';
import { normaliseLocation } from '../../arm/locations.ts';
import { empty, json, type Reply } from '../../http/reply.ts';
import { ACCOUNT_TYPE, COGNITIVE_VERSIONS } from './shared.ts';

/** `{subscription}/providers/Microsoft.CognitiveServices/deletedAccounts`: what can still be restored. */
export const deletedAccounts: ResourceType = {
  type: 'Microsoft.CognitiveServices/deletedAccounts',
  apiVersions: COGNITIVE_VERSIONS,
  placement: 'none',
  handlers: {
    LIST: ({ engine, target }) =>
      json(200, { value: listDeleted(engine, ACCOUNT_TYPE, target.subscription).map(describe) }),
  },
};

/** `…/locations/{l}/resourceGroups/{rg}/deletedAccounts/{name}`: one of them; DELETE purges it. */
export const deletedAccount: ResourceType = {
  type: 'Microsoft.CognitiveServices/locations/resourceGroups/deletedAccounts',
  apiVersions: COGNITIVE_VERSIONS,
  placement: 'none',
  handlers: {
    GET: (call) => json(200, describe(requireDeleted(call))),
    DELETE: purge,
  },
};

function idOf({ target }: Call): string {
  const [, group = '', name = ''] = target.names;
  return `/subscriptions/${target.subscription}/resourceGroups/${group}/providers/${ACCOUNT_TYPE}/${name}`;
}

function requireDeleted(call: Call): DeletedResource {
  const found = findDeleted(call.engine, idOf(call));
  if (found) return found;
  throw new ArmError(404, 'ResourceNotFound', `The deleted account '${call.target.names.at(-1) ?? ''}' was not found.`);
}

function purge(call: Call): Reply {
  if (!findDeleted(call.engine, idOf(call))) return empty(204);
  forgetDeleted(call.engine, idOf(call));
  return empty(200);
}

function describe({ resource, deleted, purged }: DeletedResource): JsonObject {
  const location = textAt(resource.writable, 'location') ?? '';
  const { subscription, resourceGroup, name } = resource;
  return {
    id: `/subscriptions/${subscription}/providers/Microsoft.CognitiveServices/locations/${normaliseLocation(location)}/resourceGroups/${resourceGroup}/deletedAccounts/${name}`,
    name,
    type: 'Microsoft.CognitiveServices/locations/resourceGroups/deletedAccounts',
    ...resource.writable,
    properties: {
      customSubDomainName: textAt(resource.writable, 'properties.customSubDomainName') ?? name,
      deletionDate: timestamp(deleted),
      scheduledPurgeDate: timestamp(purged),
      provisioningState: 'Deleted',
    },
  };
}
