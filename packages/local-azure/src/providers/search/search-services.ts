import { ArmError } from '../../arm/arm-error.ts';
import { IDENTITY } from '../../arm/identity.ts';
import { etagOf } from '../../arm/render.ts';
import type { Completed, Engine, ResourceType, View, Write } from '../../arm/contract.ts';
import { objectAt, sameText, textAt, valueAt, type JsonObject } from '../../engine/json.ts';
import type { StoredResource } from '../../engine/resources.ts';
import { listAdminKeys, listQueryKeys } from './keys.ts';
import { SEARCH_TYPE, SEARCH_VERSIONS } from './shared.ts';

/** Microsoft.Search/searchServices. Long-running by `provisioningState` only, which is written in lower case. */
export const searchServices: ResourceType = {
  type: SEARCH_TYPE,
  apiVersions: SEARCH_VERSIONS,
  placement: 'resource-group',
  location: 'display',
  hasSystemData: false,
  body: {
    identity: IDENTITY,
    sku: { 'name!': 'free|basic|standard|standard2|standard3|storage_optimized_l1|storage_optimized_l2' },
    properties: {
      replicaCount: 'integer(1..12) = 1',
      partitionCount: 'integer(1..12) = 1',
      endpoint: 'readonly',
      hostingMode: 'Default|HighDensity = Default',
      computeType: 'Default|Confidential = Default',
      publicNetworkAccess: 'Enabled|Disabled|SecuredByPerimeter = Enabled',
      networkRuleSet: { ipRules: [{ value: 'string' }], bypass: 'None|AzureServices = None' },
      dataExfiltrationProtections: ['BlockAll|*'],
      encryptionWithCmk: {
        enforcement: 'Disabled|Enabled|Unspecified',
        encryptionComplianceStatus: 'readonly',
      },
      disableLocalAuth: 'boolean = false',
      authOptions: {
        apiKeyOnly: 'any',
        aadOrApiKey: { aadAuthFailureMode: 'http403|http401WithBearerChallenge' },
      },
      semanticSearch: 'disabled|free|standard = disabled',
      upgradeAvailable: 'readonly',
      status: 'readonly',
      statusDetails: 'readonly',
      provisioningState: 'readonly',
      privateEndpointConnections: 'readonly',
      sharedPrivateLinkResources: 'readonly',
      eTag: 'readonly',
      serviceUpgradedAt: 'readonly',
    },
  },
  immutable: ['properties.hostingMode', 'properties.computeType'],
  codes: { invalid: 'BadRequest', immutable: 'BadRequest', immutableStatus: 400 },
  names: {
    pattern: /^(?!.*--)[a-z0-9]{2}(?:[a-z0-9-]{0,57}[a-z0-9])?$/u,
    code: 'InvalidServiceName',
    message:
      "The search service name '{name}' is invalid: 2 to 60 lower-case letters, digits and single hyphens, the first two and the last a letter or digit.",
  },
  statuses: { create: 201, update: 200, patch: 200, delete: 200 },
  longRunning: { create: [], update: [], patch: [], statusPath: 'locations/{location}/operationStatuses/{id}' },
  check: (write) => {
    requireFreeName(write);
    requireSize(write);
    requireUpward(write);
    requireOneKindOfAuth(write);
  },
  complete,
  present,
  actions: { listAdminKeys, listQueryKeys },
};

/** Names are unique in all of Azure, because they are host names. */
export function isNameTaken(engine: Engine, name: string): boolean {
  return engine.resources.list({ type: SEARCH_TYPE }).some((service) => sameText(service.name, name));
}

function requireFreeName({ engine, existing, name }: Write): void {
  if (existing || !isNameTaken(engine, name)) return;
  const message = `Service name '${name}' is already used. Choose a different service name.`;
  throw new ArmError(409, 'ServiceNameUnavailable', message);
}

const PARTITIONS: ReadonlySet<number> = new Set([1, 2, 3, 4, 6, 12]);
const MOST_UNITS = 36;

function requireSize({ body }: Write): void {
  const replicas = Number(valueAt(body, 'properties.replicaCount') ?? 1);
  const partitions = Number(valueAt(body, 'properties.partitionCount') ?? 1);
  const sku = textAt(body, 'sku.name') ?? 'standard';
  if (!PARTITIONS.has(partitions)) throw invalid('The partition count must be 1, 2, 3, 4, 6 or 12.', 'partitionCount');
  if (replicas * partitions > MOST_UNITS)
    throw invalid(`A service has at most ${MOST_UNITS} search units.`, 'replicaCount');
  if (sku === 'free' && replicas * partitions > 1)
    throw invalid('A free service has one replica and one partition.', 'replicaCount');
  if (sku === 'basic' && (replicas > 3 || partitions > 3))
    throw invalid('A basic service has at most three replicas and three partitions.', 'replicaCount');
}

const LADDER = ['basic', 'standard', 'standard2', 'standard3'];

/** A service moves from one paid tier to a higher one, never down, from free or between kinds of storage. */
function requireUpward({ body, existing }: Write): void {
  const before = textAt(existing?.writable, 'sku.name');
  const wanted = textAt(body, 'sku.name') ?? 'standard';
  if (before === undefined || before === wanted) return;
  const [from, to] = [LADDER.indexOf(before), LADDER.indexOf(wanted)];
  if (from < 0 || to < from) throw invalid(`The sku cannot be changed from '${before}' to '${wanted}'.`, 'sku');
}

function requireOneKindOfAuth({ body }: Write): void {
  const isKeyless = valueAt(body, 'properties.disableLocalAuth') === true;
  const options = Object.keys(objectAt(body, 'properties.authOptions'));
  if (isKeyless && options.length > 0)
    throw invalid('authOptions must be left out when disableLocalAuth is true.', 'authOptions');
  if (options.length > 1) throw invalid('authOptions holds either apiKeyOnly or aadOrApiKey.', 'authOptions');
}

function invalid(message: string, target: string): ArmError {
  return new ArmError(400, 'BadRequest', message, { target });
}

function complete({ body }: Write): Completed {
  const isKeyless = valueAt(body, 'properties.disableLocalAuth') === true;
  const hasOptions = valueAt(body, 'properties.authOptions') !== undefined;
  return {
    defaults: {
      sku: { name: 'standard' },
      properties: {
        networkRuleSet: { ipRules: [], bypass: 'None' },
        encryptionWithCmk: { enforcement: 'Unspecified' },
        dataExfiltrationProtections: [],
        ...(isKeyless || hasOptions ? {} : { authOptions: { apiKeyOnly: {} } }),
      },
    },
    readOnly: {
      properties: {
        encryptionWithCmk: { encryptionComplianceStatus: 'Compliant' },
        upgradeAvailable: 'notAvailable',
        statusDetails: '',
        privateEndpointConnections: [],
        sharedPrivateLinkResources: [],
      },
    },
  };
}

const STATES: Readonly<Record<string, string>> = { Succeeded: 'succeeded', Failed: 'failed' };

/** States in lower case; older versions write the hosting mode in lower case as well. */
function present(body: JsonObject, service: StoredResource, { apiVersion }: View): JsonObject {
  const properties = objectAt(body, 'properties');
  const state = STATES[textAt(properties, 'provisioningState') ?? 'Succeeded'] ?? 'provisioning';
  const mode = textAt(properties, 'hostingMode') ?? 'Default';
  return {
    ...body,
    properties: {
      ...properties,
      provisioningState: state,
      status: state === 'provisioning' ? 'provisioning' : 'running',
      hostingMode: apiVersion < '2025' ? mode.charAt(0).toLowerCase() + mode.slice(1) : mode,
      endpoint: `https://${service.name}.search.windows.net`,
      eTag: etagOf(service),
    },
  };
}
