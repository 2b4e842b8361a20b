import { describe, expect, it } from 'vitest';
import { AzureError } from '../src/model/azure.ts';
import { member, valueAt, type Json, type JsonObject, type Pointer } from '../src/model/json.ts';
import type { Reconciler, WriteContext } from '../src/model/kind.ts';
import type { FieldChange } from '../src/model/plan.ts';
import { inlineSchema } from '../src/model/schema.ts';
import { diffSpec } from '../src/planner/diff.ts';
import { registry } from '../src/reconcilers/registry.ts';
import { liveOf, recorder, siteOf, updated, type Sent } from './support/writing.ts';

/** What is live in Azure and no field of a kind stands for: each case says where it was seen. */

function kindOf(name: string): Reconciler {
  const found = registry.get(name);
  if (!found) throw new Error(`There is no kind ${name}`);
  return found;
}

interface Change {
  readonly kind: string;
  readonly spec: JsonObject;
  readonly live: JsonObject;
  /** What Git declared before: fields that are gone are removed. */
  readonly base?: JsonObject;
}

const MARK = (kind: string): JsonObject => ({ 'ingate-environment': 'dev', 'ingate-id': `${kind}/one` });

function planned({ kind: name, spec, live, base }: Change): readonly FieldChange[] {
  const kind = kindOf(name);
  const { spec: seen } = liveOf(kind, live, spec);
  return diffSpec({ schema: inlineSchema(kind.schema), desired: spec, live: seen, base }).fields;
}

/** Plans and makes a change; resolves to what was sent for the resource itself. */
async function made(
  change: Change,
  secret?: WriteContext['secret'],
): Promise<{ sent: Sent; all: readonly Sent[]; after: JsonObject }> {
  const kind = kindOf(change.kind);
  const live = {
    tags: MARK(change.kind),
    ...change.live,
    id: kind.locate(siteOf(kind, change.spec)).address?.path ?? '',
  };
  const { sent, outcome } = await updated(kind, change.spec, liveOf(kind, live, change.spec), planned(change), secret);
  const own = sent.findLast(({ method }) => method !== 'POST');
  if (!own) throw new Error('Nothing was sent');
  return { sent: own, all: sent, after: outcome };
}

function at(body: Json | undefined, path: Pointer): Json | undefined {
  return valueAt(body, path);
}

describe('what no field declares stays', () => {
  // Azure/azure-service-operator Test_KeyVault_*, Azure/azure-cli test_keyvault_mgmt: most vaults have access policies.
  it('access policies of a vault', async () => {
    const policies = [{ tenantId: 't', objectId: 'o', permissions: { secrets: ['get', 'list'] } }];
    const { sent } = await made({
      kind: 'KeyVault',
      spec: { sku: 'standard', enabledForDeployment: true, onSoftDeleted: 'fail' },
      live: {
        location: 'westeurope',
        properties: {
          sku: { family: 'A', name: 'standard' },
          tenantId: 't',
          accessPolicies: policies,
          enabledForDeployment: false,
        },
      },
    });
    expect(sent.method).toBe('PUT');
    expect(at(sent.body, '/properties')).toEqual({
      sku: { family: 'A', name: 'standard' },
      tenantId: 't',
      accessPolicies: policies,
      enabledForDeployment: true,
    });
  });

  // Azure/azure-cli test_role_assignment_create_update: conditions narrow what a role may do.
  it('the condition of a role assignment', async () => {
    const condition =
      "@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:Name] StringEquals 'manuals'";
    const principal = '33333333-3333-3333-3333-333333333333';
    const spec = {
      role: 'Reader',
      scope: '/subscriptions/11111111-1111-1111-1111-111111111111',
      principal: { id: principal, type: 'User' },
      description: 'Reads manuals',
    };
    const { sent } = await made({
      kind: 'RoleAssignment',
      spec,
      live: {
        properties: {
          roleDefinitionId:
            '/subscriptions/x/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7',
          principalId: principal,
          principalType: 'User',
          scope: spec.scope,
          condition,
          conditionVersion: '2.0',
          delegatedManagedIdentityResourceId: '/subscriptions/x/identity',
          createdOn: '2026-01-01T00:00:00Z',
        },
      },
    });
    expect(at(sent.body, '/properties')).toMatchObject({
      condition,
      conditionVersion: '2.0',
      delegatedManagedIdentityResourceId: '/subscriptions/x/identity',
      description: 'Reads manuals [ingate dev RoleAssignment/one]',
    });
    expect(at(sent.body, '/properties/createdOn')).toBeUndefined();
  });

  // Scale rules, volumes and probes of Microsoft.App/containerApps have members beyond those of the manifest.
  it('scalers, mount options and probe headers of an app whose image changes', async () => {
    const template = {
      containers: [
        {
          name: 'worker',
          image: 'contoso.azurecr.io/worker:1',
          resources: { cpu: 0.5, memory: '1Gi', ephemeralStorage: '2Gi' },
          probes: [
            {
              type: 'Liveness',
              failureThreshold: 5,
              httpGet: { path: '/live', port: 80, scheme: 'HTTPS', httpHeaders: [{ name: 'x', value: 'y' }] },
            },
          ],
          volumeMounts: [{ volumeName: 'share', mountPath: '/data', subPath: 'a' }],
        },
        {
          name: 'sidecar',
          image: 'contoso.azurecr.io/sidecar:1',
          imageType: 'ContainerImage',
          resources: { cpu: 0.25, memory: '0.5Gi' },
        },
      ],
      scale: { maxReplicas: 10, rules: [{ name: 'queue', azureQueue: { queueName: 'work', queueLength: 5 } }] },
      volumes: [{ name: 'share', storageType: 'AzureFile', storageName: 'files', mountOptions: 'uid=1000' }],
      revisionSuffix: 'blue',
    };
    const { sent, after } = await made({
      kind: 'ContainerApp',
      spec: {
        environment: 'ContainerEnvironment/apps',
        containers: [
          { name: 'sidecar', image: 'contoso.azurecr.io/sidecar:1', resources: { cpu: 0.25, memory: '0.5Gi' } },
          { name: 'worker', image: 'contoso.azurecr.io/worker:2', resources: { cpu: 0.5, memory: '1Gi' } },
        ],
      },
      live: {
        location: 'westeurope',
        properties: {
          environmentId: `${siteOf(kindOf('ContainerApp'), {}).pathOf('ContainerEnvironment/apps')}`,
          template,
        },
      },
    });
    expect(sent.method).toBe('PATCH');
    expect(Object.keys(sent.body ?? {})).toEqual(['properties']);
    // Azure refuses a second revision of the same name.
    expect(at(sent.body, '/properties/template/revisionSuffix')).toBeNull();
    expect(at(after, '/properties/template/scale')).toEqual(template.scale);
    expect(at(after, '/properties/template/volumes')).toEqual(template.volumes);
    const containers = at(after, '/properties/template/containers') as JsonObject[];
    const worker = containers.find(({ name }) => name === 'worker');
    expect(worker).toMatchObject({
      image: 'contoso.azurecr.io/worker:2',
      probes: template.containers[0]?.probes,
      volumeMounts: template.containers[0]?.volumeMounts,
    });
    expect(containers.find(({ name }) => name === 'sidecar')).toMatchObject({ imageType: 'ContainerImage' });
  });

  // Azure/azure-cli test_monitor_metric_alert: criteria start late, webhooks get properties of their own.
  it('ignoreDataBefore and webHookProperties of a metric alert', async () => {
    const scope =
      '/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg/providers/Microsoft.Web/sites/a';
    const criterion = {
      name: 'slow',
      metricNamespace: 'Microsoft.Web/sites',
      metricName: 'HttpResponseTime',
      operator: 'GreaterThan',
      timeAggregation: 'Average',
      threshold: 3,
      dimensions: [],
    };
    const { sent } = await made({
      kind: 'MetricAlert',
      spec: {
        severity: 2,
        scopes: [scope],
        evaluationFrequency: 'PT5M',
        windowSize: 'PT5M',
        criteria: [{ ...criterion, dynamic: { sensitivity: 'High' }, threshold: undefined as unknown as Json }].map(
          (one) => JSON.parse(JSON.stringify(one)) as JsonObject,
        ),
        actionGroups: ['/subscriptions/x/actionGroups/a', '/subscriptions/x/actionGroups/b'],
      },
      live: {
        location: 'global',
        properties: {
          severity: 2,
          enabled: true,
          scopes: [scope],
          evaluationFrequency: 'PT5M',
          windowSize: 'PT5M',
          criteria: {
            'odata.type': 'Microsoft.Azure.Monitor.MultipleResourceMultipleMetricCriteria',
            allOf: [
              {
                ...(JSON.parse(JSON.stringify({ ...criterion, threshold: undefined })) as JsonObject),
                criterionType: 'DynamicThresholdCriterion',
                alertSensitivity: 'Low',
                failingPeriods: { numberOfEvaluationPeriods: 4, minFailingPeriodsToAlert: 4 },
                ignoreDataBefore: '2026-01-01T00:00:00Z',
              },
            ],
          },
          actions: [{ actionGroupId: '/subscriptions/x/actiongroups/A', webHookProperties: { team: 'search' } }],
        },
      },
    });
    expect(at(sent.body, '/properties/criteria/allOf/0')).toMatchObject({
      alertSensitivity: 'High',
      ignoreDataBefore: '2026-01-01T00:00:00Z',
    });
    expect(at(sent.body, '/properties/actions')).toEqual([
      { actionGroupId: '/subscriptions/x/actionGroups/a', webHookProperties: { team: 'search' } },
      { actionGroupId: '/subscriptions/x/actionGroups/b' },
    ]);
  });

  // Azure/azure-cli-extensions test_cosmosdb_table_role_assignment; Azure refuses to take a capability away.
  it('capabilities of a Cosmos DB account', async () => {
    const { sent } = await made({
      kind: 'CosmosAccount',
      spec: { vectorSearch: true, ipRules: [] },
      live: {
        location: 'West US',
        kind: 'GlobalDocumentDB',
        properties: {
          databaseAccountOfferType: 'Standard',
          capabilities: [{ name: 'EnableTable' }],
          locations: [{ id: 'one-westus', locationName: 'West US', failoverPriority: 0, isZoneRedundant: false }],
        },
      },
    });
    expect(at(sent.body, '/properties/capabilities')).toEqual([
      { name: 'EnableTable' },
      { name: 'EnableNoSQLVectorSearch' },
    ]);
    expect(at(sent.body, '/properties/locations')).toEqual([
      { locationName: 'West US', failoverPriority: 0, isZoneRedundant: false },
    ]);
  });

  // Azure/bicep#5807: containers that were made without a version have version 1, and it cannot be changed.
  it('the version of a partition key', async () => {
    const partitionKey = { paths: ['/id'], kind: 'Hash' };
    const { sent } = await made({
      kind: 'CosmosContainer',
      spec: { database: 'agents', partitionKey: ['/id'], defaultTtl: 60 },
      live: {
        properties: {
          resource: {
            id: 'one',
            partitionKey,
            indexingPolicy: {
              indexingMode: 'consistent',
              includedPaths: [{ path: '/*' }],
              excludedPaths: [{ path: '/"_etag"/?' }],
              compositeIndexes: [[{ path: '/a', order: 'ascending' }]],
            },
          },
        },
      },
    });
    expect(at(sent.body, '/properties/resource')).toMatchObject({
      partitionKey,
      defaultTtl: 60,
      indexingPolicy: {
        excludedPaths: [{ path: '/"_etag"/?' }],
        compositeIndexes: [[{ path: '/a', order: 'ascending' }]],
      },
    });
    expect(at(sent.body, '/properties/resource/partitionKey/version')).toBeUndefined();
  });

  // Azure/azure-service-operator: action groups may be regional, and a region cannot change.
  it('the region of an action group', async () => {
    const { sent } = await made({
      kind: 'ActionGroup',
      spec: { shortName: 'oncall', enabled: false },
      live: {
        location: 'westus2',
        properties: {
          groupShortName: 'oncall',
          enabled: true,
          smsReceivers: [{ name: 'a', countryCode: '1', phoneNumber: '5' }],
        },
      },
    });
    expect(sent.body).toMatchObject({
      location: 'westus2',
      properties: { enabled: false, smsReceivers: [{ name: 'a', countryCode: '1', phoneNumber: '5' }] },
    });
  });

  it('members of rules that the manifest knows by one value', async () => {
    const subnet = '/subscriptions/x/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/s';
    const { sent } = await made({
      kind: 'FoundryAccount',
      spec: { network: { defaultAction: 'Deny', ipRules: ['203.0.113.7'], subnets: [subnet] }, onSoftDeleted: 'fail' },
      live: {
        kind: 'AIServices',
        properties: {
          networkAcls: {
            defaultAction: 'Deny',
            ipRules: [],
            virtualNetworkRules: [{ id: subnet.toLowerCase(), ignoreMissingVnetServiceEndpoint: true }],
          },
        },
      },
    });
    expect(at(sent.body, '/properties/networkAcls')).toEqual({
      defaultAction: 'Deny',
      ipRules: [{ value: '203.0.113.7' }],
      virtualNetworkRules: [{ id: subnet.toLowerCase(), ignoreMissingVnetServiceEndpoint: true }],
    });
  });
});

describe('what Azure changes by itself', () => {
  // Microsoft.CognitiveServices moves a deployment to the new default version where that was allowed.
  it('a model version that was upgraded is not sent back', async () => {
    const kind = kindOf('ModelDeployment');
    const upgraded = 'OnceNewDefaultVersionAvailable';
    const spec = {
      account: 'ai',
      model: { name: 'gpt-4o', version: '2024-08-06', format: 'OpenAI' },
      sku: { name: 'Standard', capacity: 20 },
      versionUpgradeOption: upgraded,
    };
    const body = {
      id: '/x',
      tags: MARK('ModelDeployment'),
      sku: { name: 'Standard', capacity: 10 },
      properties: {
        model: { name: 'gpt-4o', version: '2024-11-20', format: 'OpenAI' },
        versionUpgradeOption: upgraded,
      },
    };
    const tolerated = kind.tolerate?.(spec, {}) ?? [];
    const fields = planned({ kind: 'ModelDeployment', spec, live: body }).filter(
      ({ field }) => !tolerated.includes(field),
    );
    expect(fields.map(({ field }) => field)).toEqual(['/sku/capacity']);
    const { sent } = await updated(kind, spec, liveOf(kind, body, spec), fields);
    expect(sent[0]?.body).toMatchObject({ sku: { capacity: 20 }, properties: { model: { version: '2024-11-20' } } });
  });
});

describe('defaults that live does not have are not sent', () => {
  // Azure/azure-rest-api-specs#18441: `isHnsEnabled: false` is refused for accounts that were made without it.
  it.each<[string, JsonObject, JsonObject, readonly Pointer[]]>([
    [
      'StorageAccount',
      { sku: 'Standard_LRS', hierarchicalNamespace: false, accessTier: 'Cool' },
      { kind: 'StorageV2', sku: { name: 'Standard_LRS' }, properties: { accessTier: 'Hot' } },
      ['/properties/isHnsEnabled'],
    ],
    [
      'CosmosAccount',
      { freeTier: false, disableLocalAuth: true, ipRules: [] },
      { kind: 'GlobalDocumentDB', properties: { databaseAccountOfferType: 'Standard' } },
      ['/properties/enableFreeTier'],
    ],
    [
      'ContainerRegistry',
      { sku: 'Premium', zoneRedundancy: 'Disabled', adminUserEnabled: true },
      { sku: { name: 'Premium' }, properties: {} },
      ['/properties/zoneRedundancy'],
    ],
    [
      'MachineLearningWorkspace',
      { storageAccount: '/s', keyVault: '/k', highBusinessImpact: false, publicNetworkAccess: 'Disabled' },
      { kind: 'Default', properties: { storageAccount: '/s', keyVault: '/k' } },
      ['/properties/hbiWorkspace', '/sku'],
    ],
    [
      'SqlDatabase',
      { server: 'sql', isLedgerOn: false, maxSizeBytes: 2 },
      { properties: { maxSizeBytes: 1 } },
      ['/properties/isLedgerOn'],
    ],
    [
      'KeyVault',
      { softDeleteRetentionInDays: 90, enabledForDeployment: true, onSoftDeleted: 'fail' },
      { properties: { sku: { family: 'A', name: 'standard' }, tenantId: 't' } },
      ['/properties/softDeleteRetentionInDays', '/properties/accessPolicies'],
    ],
    [
      'SearchService',
      { sku: 'standard', hostingMode: 'Default', disableLocalAuth: true, ipRules: [] },
      { sku: { name: 'standard' }, properties: {} },
      ['/properties/hostingMode', '/properties/networkRuleSet'],
    ],
  ])('%s', async (kind, spec, live, absent) => {
    const { sent } = await made({ kind, spec, live });
    expect(sent.method).toBe('PUT');
    for (const path of absent) expect(at(sent.body, path), path).toBeUndefined();
  });
});

describe('identities', () => {
  const ids = (...names: string[]): JsonObject =>
    Object.fromEntries(
      names.map((name) => [
        `/subscriptions/s/resourcegroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`,
        { principalId: 'p', clientId: 'c' },
      ]),
    );
  const declared = (name: string): string =>
    `/subscriptions/s/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;
  const change = (kind: string, userAssigned: string[], live: JsonObject, rest: JsonObject = {}): Change => ({
    kind,
    spec: { ...rest, identity: { systemAssigned: false, userAssigned } },
    live: {
      identity: { type: 'UserAssigned', userAssignedIdentities: live },
      properties: {},
      ...(kind === 'ContainerRegistry' ? { sku: { name: 'Premium' } } : {}),
    },
  });

  // Azure writes `/resourcegroups/` in these keys; recorded for environments, registries and SQL servers.
  it('are sent once, in the spelling of Azure', async () => {
    const { sent } = await made(
      change('ContainerRegistry', [declared('a'), declared('b')], ids('a'), { sku: 'Premium' }),
    );
    expect(Object.keys(at(sent.body, '/identity/userAssignedIdentities') as JsonObject)).toEqual([
      ...Object.keys(ids('a')),
      declared('b'),
    ]);
  });

  it('that the manifest drops are left out of a PUT', async () => {
    const { sent } = await made(change('ContainerRegistry', [declared('a')], ids('a', 'b'), { sku: 'Premium' }));
    expect(at(sent.body, '/identity')).toEqual({
      type: 'UserAssigned',
      userAssignedIdentities: { [Object.keys(ids('a'))[0] ?? '']: {} },
    });
  });

  it('that the manifest drops are null in a PATCH', async () => {
    const { sent } = await made(
      change('ContainerJob', [declared('a')], ids('a', 'b'), { environment: 'ContainerEnvironment/apps' }),
    );
    expect(sent.method).toBe('PATCH');
    expect(at(sent.body, '/identity')).toEqual({ userAssignedIdentities: { [Object.keys(ids('b'))[0] ?? '']: null } });
  });
});

describe('secrets', () => {
  const none: WriteContext['secret'] = () => Promise.reject(new Error('The secret is not available'));
  const app = (secrets: Json, scale: JsonObject): Change => ({
    kind: 'ContainerApp',
    spec: { environment: 'ContainerEnvironment/apps', containers: [{ name: 'a', image: 'i' }], scale, secrets },
    live: {
      properties: {
        environmentId: siteOf(kindOf('ContainerApp'), {}).pathOf('ContainerEnvironment/apps') ?? '',
        configuration: { secrets: [{ name: 'kept' }] },
        template: { containers: [{ name: 'a', image: 'i' }], scale: { maxReplicas: 10 } },
      },
    },
  });
  const kept = { name: 'kept', value: { secret: { env: 'KEPT' } } };

  it('are not needed for a change of something else', async () => {
    const { sent } = await made(app([kept], { maxReplicas: 4 }), none);
    expect(sent.body).toEqual({ properties: { template: { scale: { maxReplicas: 4 } } } });
  });

  // Microsoft.App: a list of secrets is replaced as a whole; `listSecrets` tells the values.
  it('that stay keep their value when another one comes', async () => {
    const fresh = { name: 'fresh', value: { secret: { env: 'FRESH' } } };
    const { sent, all } = await made(app([kept, fresh], { maxReplicas: 10 }));
    expect(all.map(({ method }) => method)).toEqual(['POST', 'PATCH']);
    expect(at(sent.body, '/properties/configuration/secrets')).toEqual([
      { name: 'kept', value: 'from-azure' },
      { name: 'fresh', value: 'from-git' },
    ]);
  });

  // Azure never returns credentials, and a PUT of a connection without them has none.
  it('of a connection go with every PUT of it', async () => {
    const { sent } = await made({
      kind: 'Connection',
      spec: {
        parent: 'FoundryProject/p',
        category: 'ApiKey',
        authType: 'ApiKey',
        target: 'https://b.contoso.example',
        credentials: { key: { secret: { env: 'KEY' } } },
      },
      live: {
        properties: {
          category: 'ApiKey',
          authType: 'ApiKey',
          target: 'https://a.contoso.example',
          sharedUserList: ['u'],
          metadata: {},
        },
      },
    });
    expect(at(sent.body, '/properties')).toMatchObject({ credentials: { key: 'from-git' }, sharedUserList: ['u'] });
  });
});

describe('tags', () => {
  const live = (tags: JsonObject): JsonObject => ({
    location: 'westeurope',
    properties: {},
    tags: { ...MARK('ManagedIdentity'), ...tags },
  });
  const tagged = (tags: JsonObject, before: JsonObject): Change => ({
    kind: 'ManagedIdentity',
    spec: { tags },
    live: live(before),
    base: { tags: before },
  });

  // Microsoft.Resources/tags 2025-04-01: Merge adds and replaces, Replace replaces all.
  it('that come or change are merged', async () => {
    const { sent } = await made(tagged({ team: 'b', cost: '1' }, { team: 'a' }));
    expect(sent.path).toMatch(/\/providers\/Microsoft\.Resources\/tags\/default$/);
    expect(sent.body).toEqual({ operation: 'Merge', properties: { tags: { team: 'b', cost: '1' } } });
  });

  it('that go are left out of what replaces them', async () => {
    const { sent } = await made(tagged({ team: 'a' }, { team: 'a', cost: '1' }));
    expect(sent.body).toEqual({
      operation: 'Replace',
      properties: { tags: { ...MARK('ManagedIdentity'), team: 'a' } },
    });
  });

  it('of a type without the tags API are changed with the resource', async () => {
    const kind = kindOf('ManagedIdentity');
    const spec = { tags: { team: 'a' } };
    const body = { ...live({}), id: '/x' };
    const { context, sent } = recorder(body);
    const details = { code: 'NotFound', message: 'no', method: 'PATCH', url: '', status: 404 };
    const azure = { ...context.azure, patch: () => Promise.reject(new AzureError(details)) };
    await kind.write(
      { ...context, azure },
      siteOf(kind, spec),
      liveOf(kind, body, spec),
      planned({ kind: 'ManagedIdentity', spec, live: body }),
    );
    expect(sent.map(({ method }) => method)).toEqual(['PUT']);
    expect(member(sent[0]?.body, 'tags')).toEqual({ ...MARK('ManagedIdentity'), team: 'a' });
  });
});

describe('regions of children', () => {
  // Azure refuses a project or a database in another region than that of its parent.
  it.each([
    ['FoundryProject', { account: 'ai' }],
    ['SqlDatabase', { server: 'sql' }],
  ])('%s takes that of its parent', async (name, spec) => {
    const kind = kindOf(name);
    const { context, sent } = recorder();
    await kind.write(
      context,
      { ...siteOf(kind, spec), outputOf: (_, output) => (output === 'location' ? 'westus3' : undefined) },
      undefined,
      [],
    );
    expect(member(sent[0]?.body, 'location')).toBe('westus3');
  });
});
