import { ArmError } from '../../arm/arm-error.ts';
import type { ResourceType, Write } from '../../arm/contract.ts';
import type { Shape } from '../../shape/notation.ts';
import { arrayAt, equal, objectAt } from '../../engine/json.ts';
import { ACCOUNT_TYPE, COGNITIVE_VERSIONS, OPERATION_PATHS } from './shared.ts';

/** Capability hosts of an account or a project: one per scope, and no change in place. */
function capabilityHostType(type: string, properties: Readonly<Record<string, Shape>>): ResourceType {
  return {
    type,
    apiVersions: COGNITIVE_VERSIONS,
    placement: 'child',
    body: {
      'properties!': {
        ...properties,
        aiServicesConnections: ['string'],
        storageConnections: ['string'],
        threadStorageConnections: ['string'],
        vectorStoreConnections: ['string'],
        provisioningState: 'readonly',
      },
    },
    statuses: { create: 201, update: 200, delete: 202 },
    longRunning: {
      create: ['azure-async-operation'],
      delete: ['azure-async-operation', 'location'],
      ...OPERATION_PATHS,
    },
    serialisedUnder: ACCOUNT_TYPE,
    check: (write) => {
      requireUnchanged(write);
      requireAlone(write, type);
      requireConnections(write);
    },
  };
}

export const accountCapabilityHosts: ResourceType = capabilityHostType(
  'Microsoft.CognitiveServices/accounts/capabilityHosts',
  {
    capabilityHostKind: 'Agents = Agents',
    customerSubnet: 'string',
    description: 'string',
    enablePublicHostingEnvironment: 'boolean',
    tags: { '*': 'string' },
  },
);
export const projectCapabilityHosts: ResourceType = capabilityHostType(
  'Microsoft.CognitiveServices/accounts/projects/capabilityHosts',
  {},
);

function requireUnchanged({ existing, body }: Write): void {
  if (!existing || equal(objectAt(existing.writable, 'properties'), objectAt(body, 'properties'))) return;
  throw new ArmError(400, 'BadRequest', 'Updating a capability host is not supported. Delete it and create it again.');
}

function requireAlone({ engine, existing, parent }: Write, type: string): void {
  const others = existing || !parent ? [] : engine.resources.list({ type, parent: parent.id });
  const [other] = others;
  if (other)
    throw new ArmError(
      409,
      'Conflict',
      `The scope already has the capability host '${other.name}'; there can be only one.`,
    );
}

/** Connections are named, and exist at the project or its account. */
function requireConnections({ engine, parent, body }: Write): void {
  const fields = ['aiServicesConnections', 'storageConnections', 'threadStorageConnections', 'vectorStoreConnections'];
  const names = fields
    .flatMap((field) => arrayAt(body, `properties.${field}`))
    .filter((name) => typeof name === 'string');
  for (const name of names) {
    const places = [parent?.id, parent?.parent].map((scope) => `${scope ?? ''}/connections/${name}`);
    if (!places.some((id) => engine.resources.get(id))) {
      throw new ArmError(400, 'BadRequest', `The connection '${name}' does not exist.`);
    }
  }
}
