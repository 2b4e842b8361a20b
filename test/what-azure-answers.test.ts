import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../src/model/json.ts';
import { azureThatSays, fieldsOf, GROUP, manifest, planAgainst, SUBSCRIPTION } from './support/said-azure.ts';

/** A declaration and the answer that Azure gives for it, which mean the same. */
interface Same {
  readonly fact: string;
  readonly kind: string;
  readonly spec: JsonObject;
  readonly type: string;
  readonly live: JsonObject;
  /** Documents and bodies that it refers to. */
  readonly beside?: readonly { readonly kind: string; readonly name: string; readonly spec: JsonObject }[];
}

const SAME: readonly Same[] = [
  {
    fact: 'a vault whose rules are the default answers none (12 of 12 recordings of 2019-09-01 and 2023-02-01)',
    kind: 'KeyVault',
    spec: { network: { defaultAction: 'Allow' } },
    type: 'Microsoft.KeyVault/vaults',
    live: {
      location: 'westus2',
      properties: { sku: { name: 'standard' }, enableRbacAuthorization: true, accessPolicies: [] },
    },
  },
  {
    fact: 'a storage account whose rules name nobody lets the services of Azure through',
    kind: 'StorageAccount',
    spec: { network: { defaultAction: 'Deny', ipRules: ['203.0.113.7'] } },
    type: 'Microsoft.Storage/storageAccounts',
    live: {
      location: 'West US 2',
      kind: 'StorageV2',
      sku: { name: 'Standard_ZRS' },
      properties: {
        minimumTlsVersion: 'TLS1_2',
        allowBlobPublicAccess: false,
        allowSharedKeyAccess: false,
        networkAcls: { defaultAction: 'Deny', ipRules: [{ value: '203.0.113.7' }] },
      },
    },
  },
  {
    fact: 'every environment has a profile Consumption, declared or not (2 of 2 recordings of 2025-01-01)',
    kind: 'ContainerEnvironment',
    spec: {
      logs: { destination: 'none' },
      workloadProfiles: [{ name: 'big', type: 'D4', minimumCount: 1, maximumCount: 2 }],
    },
    type: 'Microsoft.App/managedEnvironments',
    live: {
      location: 'West US 2',
      properties: {
        workloadProfiles: [
          { name: 'big', workloadProfileType: 'D4', minimumCount: 1, maximumCount: 2 },
          { name: 'Consumption', workloadProfileType: 'Consumption' },
        ],
      },
    },
  },
  {
    fact: 'display names of regions may have parentheses (recorded in the stage region)',
    kind: 'ContainerEnvironment',
    spec: { location: 'northcentralusstage', logs: { destination: 'none' } },
    type: 'Microsoft.App/managedEnvironments',
    live: {
      location: 'North Central US (Stage)',
      properties: { workloadProfiles: [{ name: 'Consumption', workloadProfileType: 'Consumption' }] },
    },
  },
  {
    fact: 'what the administrator of a server is stays empty where it was set by hand (azure-cli issue 19228)',
    kind: 'SqlServer',
    spec: { administrator: { login: 'dba', objectId: '9b1d3c52-6a40-4d52-8f2e-0a4b1c7d9e55' } },
    type: 'Microsoft.Sql/servers',
    live: {
      location: 'westus2',
      properties: {
        minimalTlsVersion: '1.2',
        administrators: { login: 'dba', sid: '9B1D3C52-6A40-4D52-8F2E-0A4B1C7D9E55', azureADOnlyAuthentication: true },
      },
    },
  },
  {
    fact: 'what the administrator of a server is cannot be changed by itself',
    kind: 'SqlServer',
    spec: { administrator: { login: 'dba', objectId: '9b1d3c52-6a40-4d52-8f2e-0a4b1c7d9e55', principalType: 'Group' } },
    type: 'Microsoft.Sql/servers',
    live: {
      location: 'westus2',
      properties: {
        minimalTlsVersion: '1.2',
        administrators: {
          login: 'dba',
          sid: '9b1d3c52-6a40-4d52-8f2e-0a4b1c7d9e55',
          principalType: 'User',
          azureADOnlyAuthentication: true,
        },
      },
    },
  },
  {
    fact: 'action groups may lie in a region (recorded in westus2)',
    kind: 'ActionGroup',
    spec: { shortName: 'oncall', location: 'westus2' },
    type: 'Microsoft.Insights/actionGroups',
    live: { location: 'westus2', properties: { groupShortName: 'oncall', enabled: true, emailReceivers: [] } },
  },
  {
    fact: 'action groups without a region answer Global (19 of 19 recordings that sent global)',
    kind: 'ActionGroup',
    spec: { shortName: 'oncall' },
    type: 'Microsoft.Insights/actionGroups',
    live: { location: 'Global', properties: { groupShortName: 'oncall', enabled: true, emailReceivers: [] } },
  },
  {
    fact: 'undescribed types answer regions, ids, times and numbers in their own spelling (facts of Cosmos and Operational Insights)',
    kind: 'AzureResource',
    spec: {
      type: 'Microsoft.Example/things',
      apiVersion: '2025-01-01',
      properties: {
        locations: [{ locationName: 'eastus2', failoverPriority: 0 }],
        since: '2025-05-30T09:11:57.000Z',
        days: '30',
        source: `${GROUP}/providers/Microsoft.Example/others/a`,
      },
    },
    type: 'Microsoft.Example/things',
    live: {
      location: 'westus2',
      properties: {
        locations: [{ locationName: 'East US 2', failoverPriority: 0, documentEndpoint: 'https://a' }],
        since: '2025-05-30T09:11:57+00:00',
        days: 30,
        source: `${GROUP.toLowerCase()}/providers/microsoft.example/others/a`,
      },
    },
  },
];

describe('what Azure answers in its own way is no change', () => {
  it.each(SAME)('$kind: $fact', async ({ kind, spec, type, live }) => {
    const id = `${GROUP}/providers/${type}/one`;
    const plan = await planAgainst([manifest(kind, 'one', spec)], [{ id, name: 'one', type, ...live }]);
    const change = plan.changes.find((one) => one.id === `${kind}/one`);
    // Taking over is an update without fields.
    expect(change?.action).toBe('update');
    expect(fieldsOf(change)).toEqual([]);
  });
});

describe('what looks alike and is another thing is a change', () => {
  it('nobody let through is not the same as nothing said', async () => {
    const spec = { network: { defaultAction: 'Deny', bypass: ['AzureServices'] } };
    const live = {
      location: 'westus2',
      kind: 'StorageV2',
      sku: { name: 'Standard_ZRS' },
      properties: {
        minimumTlsVersion: 'TLS1_2',
        allowBlobPublicAccess: false,
        allowSharedKeyAccess: false,
        networkAcls: { bypass: 'None', defaultAction: 'Deny' },
      },
    };
    const id = `${GROUP}/providers/Microsoft.Storage/storageAccounts/one`;
    const plan = await planAgainst([manifest('StorageAccount', 'one', spec)], [{ id, ...live }]);
    expect(fieldsOf(plan.changes.find((one) => one.id === 'StorageAccount/one'))).toEqual([
      'network.bypass: [] -> ["AzureServices"]',
    ]);
  });

  it('a version as text is not a number', async () => {
    const spec = { type: 'Microsoft.Example/things', apiVersion: '2025-01-01', properties: { version: '1.0' } };
    const id = `${GROUP}/providers/Microsoft.Example/things/one`;
    const live = { location: 'westus2', properties: { version: '1' } };
    const plan = await planAgainst([manifest('AzureResource', 'one', spec)], [{ id, ...live }]);
    expect(fieldsOf(plan.changes.find((one) => one.id === 'AzureResource/one'))).toEqual([
      'properties.version: "1" -> "1.0"',
    ]);
  });

  it('another size of a profile that is declared', async () => {
    const spec = {
      logs: { destination: 'none' },
      workloadProfiles: [{ name: 'big', type: 'D4', minimumCount: 1, maximumCount: 2 }],
    };
    const id = `${GROUP}/providers/Microsoft.App/managedEnvironments/one`;
    const profile = { name: 'other', workloadProfileType: 'D8', minimumCount: 1, maximumCount: 2 };
    const live = { location: 'westus2', properties: { workloadProfiles: [profile] } };
    const plan = await planAgainst([manifest('ContainerEnvironment', 'one', spec)], [{ id, ...live }]);
    const labels = fieldsOf(plan.changes.find((one) => one.id === 'ContainerEnvironment/one')).map(
      (one) => one.split(':')[0],
    );
    expect(labels).toEqual(['workloadProfiles[big]', 'workloadProfiles[other]']);
  });
});

describe('alerts about the health of services', () => {
  const conditions = [{ field: 'category', equals: 'ServiceHealth' }];
  const id = `${GROUP}/providers/Microsoft.Insights/activityLogAlerts/health`;

  it('count for the subscription unless they say so', async () => {
    const properties = {
      scopes: [`/subscriptions/${SUBSCRIPTION}`],
      enabled: true,
      condition: { allOf: conditions },
      actions: { actionGroups: [] },
    };
    const plan = await planAgainst(
      [manifest('ActivityLogAlert', 'health', { conditions })],
      [{ id, location: 'global', properties }],
    );
    expect(fieldsOf(plan.changes.find((one) => one.id === 'ActivityLogAlert/health'))).toEqual([]);
  });

  it.each([[[GROUP]], [['Environment/dev']], [[`/subscriptions/${SUBSCRIPTION}`, GROUP]]])(
    'cannot have the scope %s',
    async (scopes) => {
      const planned = planAgainst([manifest('ActivityLogAlert', 'health', { conditions, scopes })], []);
      await expect(planned).rejects.toThrow('one subscription as its scope');
    },
  );
});

it('the reader of these tests cannot write', () => {
  expect(Object.keys(azureThatSays([]))).toEqual(['now', 'get', 'head', 'text', 'list']);
});
