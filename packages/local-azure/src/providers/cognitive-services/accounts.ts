import { ArmError } from '../../arm/arm-error.ts';
import { createChild } from '../../arm/build.ts';
import { IDENTITY } from '../../arm/identity.ts';
import { requireResource } from '../../arm/read.ts';
import { listDeleted } from '../../arm/removal.ts';
import type { Call, Completed, ResourceType, View, Write } from '../../arm/contract.ts';
import { timestamp } from '../../engine/clock.ts';
import { defined, overlayObjects, sameText, textAt, valueAt, type JsonObject } from '../../engine/json.ts';
import type { Resource, StoredResource } from '../../engine/resources.ts';
import { json, type Reply } from '../../http/reply.ts';
import { raiPolicies, SYSTEM_POLICIES } from './rai-policies.ts';
import { ACCOUNT_TYPE, COGNITIVE_VERSIONS, OPERATION_PATHS, SKU } from './shared.ts';

const DAY = 24 * 3600 * 1000;
const PROJECT_TYPE = 'Microsoft.CognitiveServices/accounts/projects';

/** Microsoft.CognitiveServices/accounts. A deleted one keeps its name for 48 hours, to be restored or purged. */
export const accounts: ResourceType = {
  type: ACCOUNT_TYPE,
  apiVersions: COGNITIVE_VERSIONS,
  placement: 'resource-group',
  location: 'echoed',
  etag: 'body-and-header',
  conditional: true,
  body: {
    'kind!': 'string',
    'sku!': SKU,
    identity: IDENTITY,
    properties: {
      allowedFqdnList: ['string'],
      allowProjectManagement: 'boolean',
      amlWorkspace: { resourceId: 'string', identityClientId: 'string' },
      apiProperties: {
        aadClientId: 'string',
        aadTenantId: 'string',
        eventHubConnectionString: 'secret',
        qnaAzureSearchEndpointId: 'string',
        qnaAzureSearchEndpointKey: 'secret',
        qnaRuntimeEndpoint: 'string',
        statisticsEnabled: 'boolean',
        storageAccountConnectionString: 'secret',
        superUser: 'string',
        websiteName: 'string',
      },
      associatedProjects: ['string'],
      customSubDomainName: 'string',
      defaultProject: 'string',
      disableLocalAuth: 'boolean = false',
      dynamicThrottlingEnabled: 'boolean',
      encryption: {
        keySource: 'Microsoft.CognitiveServices|Microsoft.KeyVault',
        keyVaultProperties: {
          keyName: 'string',
          keyVersion: 'string',
          keyVaultUri: 'string',
          identityClientId: 'string',
        },
      },
      locations: {
        routingMethod: 'Priority|Weighted|Performance',
        regions: [{ name: 'string', value: 'integer', customsubdomain: 'string' }],
      },
      migrationToken: 'string',
      networkAcls: {
        defaultAction: 'Allow|Deny',
        bypass: 'None|AzureServices',
        ipRules: [{ 'value!': 'string' }],
        virtualNetworkRules: [{ 'id!': 'string', state: 'string', ignoreMissingVnetServiceEndpoint: 'boolean' }],
      },
      networkInjections: [{ scenario: 'none|agent', subnetArmId: 'string', useMicrosoftManagedNetwork: 'boolean' }],
      publicNetworkAccess: 'Enabled|Disabled = Enabled',
      raiMonitorConfig: { adxStorageResourceId: 'string', identityClientId: 'string' },
      restore: 'transient',
      restrictOutboundNetworkAccess: 'boolean',
      storedCompletionsDisabled: 'boolean',
      userOwnedStorage: [{ resourceId: 'string', identityClientId: 'string' }],
      abusePenalty: 'readonly',
      callRateLimit: 'readonly',
      capabilities: 'readonly',
      commitmentPlanAssociations: 'readonly',
      dateCreated: 'readonly',
      deletionDate: 'readonly',
      endpoint: 'readonly',
      endpoints: 'readonly',
      internalId: 'readonly',
      isMigrated: 'readonly',
      privateEndpointConnections: 'readonly',
      provisioningState: 'readonly',
      quotaLimit: 'readonly',
      scheduledPurgeDate: 'readonly',
      skuChangeInfo: 'readonly',
    },
  },
  immutable: ['kind'],
  names: {
    pattern: /^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,63}$/u,
    code: 'AccountNameInvalid',
    message:
      "The account name '{name}' is invalid: 2 to 64 letters, digits, '_', '.' and '-', the first a letter or digit.",
  },
  statuses: { create: 201, update: 200, patch: 200, delete: 202 },
  longRunning: {
    create: ['azure-async-operation'],
    update: ['azure-async-operation'],
    delete: ['azure-async-operation', 'location'],
    states: { update: 'Accepted' },
    ...OPERATION_PATHS,
  },
  serialisedUnder: ACCOUNT_TYPE,
  softDelete: { retention: 2 * DAY, recreate: 'refused-unless-restored' },
  check: requireFreeDomain,
  complete,
  afterWrite: (write, account) => {
    if (!write.existing)
      for (const name of SYSTEM_POLICIES)
        createChild(write.call, account, raiPolicies, name, { properties: { mode: 'Blocking' } });
  },
  present,
  beforeDelete: requireNoProjects,
  actions: {
    listKeys: (call) => keysReply(call),
    regenerateKey: (call) => keysReply(call),
  },
};

/** A custom domain is taken once in all of Azure, deleted accounts included, and stays once it is set. */
function requireFreeDomain({ engine, existing, body, id, call }: Write): void {
  const wanted = textAt(body, 'properties.customSubDomainName');
  const before = textAt(existing?.writable, 'properties.customSubDomainName');
  if (before !== undefined && wanted !== undefined && !sameText(before, wanted)) {
    throw new ArmError(
      400,
      'CustomDomainNameCannotBeChanged',
      `The custom subdomain name '${before}' cannot be changed.`,
    );
  }
  if (wanted === undefined) return;
  const live: Resource[] = engine.resources.list({ type: ACCOUNT_TYPE });
  const deleted = listDeleted(engine, ACCOUNT_TYPE, call.target.subscription).map(({ resource }) => resource);
  const holder = [...live, ...deleted].find(({ writable }) =>
    sameText(textAt(writable, 'properties.customSubDomainName') ?? '', wanted),
  );
  if (!holder || sameText(holder.id, id)) return;
  const message = `The subdomain name '${wanted}' is already used. Please pick a different name.`;
  throw new ArmError(409, 'CustomDomainInUse', message);
}

function complete({ engine, existing, previous, now }: Write): Completed {
  const domain = textAt(existing?.writable, 'properties.customSubDomainName');
  return {
    defaults: {
      properties: {
        networkAcls: { defaultAction: 'Allow', virtualNetworkRules: [], ipRules: [] },
        ...(domain === undefined ? {} : { customSubDomainName: domain }),
      },
    },
    readOnly: {
      properties: {
        internalId: textAt(previous?.readOnly, 'properties.internalId') ?? engine.ids.hex(32),
        dateCreated: timestamp(previous?.created.at ?? now),
        isMigrated: false,
        privateEndpointConnections: [],
        capabilities: ['VirtualNetworks', 'CustomerManagedKey', 'TrustedServices'].map((name) => ({ name })),
        callRateLimit: { rules: [{ key: 'openai.batches.post', renewalPeriod: 60, count: 30 }] },
      },
    },
  };
}

/** The part of a data plane URL that identifies the account. */
export function accountDomain({ name, writable }: Resource): string {
  return (textAt(writable, 'properties.customSubDomainName') ?? name).toLowerCase();
}

/** Endpoints point at this server; projects are listed in the order of creation, the first is the default. */
function present(body: JsonObject, account: StoredResource, { engine, origin }: View): JsonObject {
  const base = `${origin}/foundry/${accountDomain(account)}/`;
  const projects = engine.resources.list({ type: PROJECT_TYPE, parent: account.id }).map(({ name }) => name);
  const properties = defined({
    endpoint: base,
    endpoints: { 'AI Foundry API': base, 'OpenAI Language Model Instance API': base },
    defaultProject: textAt(body, 'properties.defaultProject') ?? projects[0],
    associatedProjects: projects.length === 0 ? undefined : projects,
  });
  return overlayObjects(body, { properties });
}

function requireNoProjects({ engine }: Pick<Call, 'engine'>, account: StoredResource): void {
  const projects = engine.resources.list({ type: PROJECT_TYPE, parent: account.id });
  if (projects.length === 0) return;
  const ids = projects.map(({ id }) => `'${id}'`).join(', ');
  const message = `Cannot delete resource while nested resources exist. Some existing nested resource IDs include: ${ids}. Please delete all nested resources before deleting this resource.`;
  throw new ArmError(409, 'CannotDeleteResource', message, { gateway: true });
}

function keysReply(call: Call): Reply {
  const account = requireResource(call);
  if (valueAt(account.writable, 'properties.disableLocalAuth') === true) {
    throw new ArmError(400, 'BadRequest', 'Failed to list key. disableLocalAuth is set to be true');
  }
  const key = (name: string): string => call.engine.ids.guidOf(`${account.id}/${name}`).replaceAll('-', '');
  return json(200, { key1: key('key1'), key2: key('key2') });
}
