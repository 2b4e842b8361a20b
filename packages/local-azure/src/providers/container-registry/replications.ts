import { ArmError } from '../../arm/arm-error.ts';
import { normaliseLocation } from '../../arm/locations.ts';
import type { ResourceType, Write } from '../../arm/contract.ts';
import { timestamp } from '../../engine/clock.ts';
import { sameText, textAt } from '../../engine/json.ts';
import { NAME, REGISTRY_VERSIONS } from './shared.ts';

/** Microsoft.ContainerRegistry/registries/replications: further regions of a Premium registry. */
export const replications: ResourceType = {
  type: 'Microsoft.ContainerRegistry/registries/replications',
  apiVersions: REGISTRY_VERSIONS,
  placement: 'child',
  tracked: true,
  body: {
    properties: {
      regionEndpointEnabled: 'boolean = true',
      zoneRedundancy: 'Enabled|Disabled = Disabled',
      provisioningState: 'readonly',
      status: 'readonly',
    },
  },
  immutable: ['properties.zoneRedundancy'],
  codes: { immutable: 'PropertyChangeNotAllowed', immutableStatus: 400 },
  names: {
    pattern: NAME,
    code: 'InvalidResourceName',
    message: "The replication name '{name}' is invalid: 5 to 50 letters and digits.",
  },
  statuses: { create: 201, update: 200, patch: 200, delete: 202 },
  longRunning: {
    create: [],
    update: [],
    patch: [],
    delete: ['location'],
    statusPath: 'locations/{location}/operationResults/replications-{id}',
  },
  check: (write) => {
    requirePremium(write);
    requireFreeRegion(write);
  },
  complete: ({ now }) => ({
    readOnly: { properties: { status: { displayStatus: 'Ready', timestamp: timestamp(now) } } },
  }),
  beforeDelete: ({ engine }, replication) => {
    const registry = engine.resources.get(replication.parent);
    if (textAt(registry?.writable, 'location') !== textAt(replication.writable, 'location')) return;
    const message = `The replication '${replication.name}' is in the home region of the registry and cannot be deleted.`;
    throw new ArmError(409, 'CannotDeleteHomeReplication', message);
  },
};

function requirePremium({ parent }: Write): void {
  if (!parent || textAt(parent.writable, 'sku.name') === 'Premium') return;
  throw new ArmError(400, 'SkuNotSupported', 'Replications need a registry of the Premium sku.');
}

function requireFreeRegion({ engine, parent, body, name }: Write): void {
  const location = normaliseLocation(textAt(body, 'location') ?? '');
  const other = engine.resources
    .list({ type: replications.type, parent: parent?.id ?? '' })
    .find((each) => textAt(each.writable, 'location') === location && !sameText(each.name, name));
  if (!other) return;
  throw new ArmError(409, 'AlreadyReplicated', `The registry is replicated to '${location}' by '${other.name}'.`);
}
