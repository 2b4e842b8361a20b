import type { Bench } from './client.ts';
import { ALERTS } from '../providers/alert-samples.ts';
import { ARC } from '../providers/arc-samples.ts';
import { DATA_ESTATE } from '../providers/data-estate-samples.ts';
import { JOBS } from '../providers/job-samples.ts';

/** A small valid resource of every type of the first slice. `{g}` is the path `…/resourceGroups/{rg}/providers`. */
export interface Sample {
  readonly type: string;
  readonly path: string;
  readonly apiVersion: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Further query of a list that has whole bodies, starting with `&`. */
  readonly listQuery?: string;
  /** Other samples that must exist first, by type. */
  readonly needs?: readonly string[];
  /** Status codes: PUT of a new and an existing resource, PATCH (undefined: not allowed), DELETE. */
  readonly expected: {
    readonly create: number;
    readonly update: number;
    readonly patch: number | undefined;
    readonly delete: number | undefined;
  };
}

const location = 'swedencentral';
const ACCOUNT = 'Microsoft.CognitiveServices/accounts';
const account = '{g}/Microsoft.CognitiveServices/accounts/foundry';
const project = `${account}/projects/support`;
const storage = '{g}/Microsoft.Storage/storageAccounts/ingatedata';
const identity = '{g}/Microsoft.ManagedIdentity/userAssignedIdentities/app';
const environment = '{g}/Microsoft.App/managedEnvironments/env';
const foundry = '2026-07-01';

const connection = {
  properties: {
    category: 'ApiKey',
    authType: 'ApiKey',
    target: 'https://crm.contoso.com',
    credentials: { key: 'canary-secret' },
  },
};

export const SAMPLES: readonly Sample[] = [
  {
    type: 'Microsoft.Storage/storageAccounts',
    path: storage,
    apiVersion: '2026-04-01',
    body: { location, kind: 'StorageV2', sku: { name: 'Standard_LRS' } },
    expected: { create: 202, update: 200, patch: 200, delete: 200 },
  },
  {
    type: 'Microsoft.Storage/storageAccounts/blobServices/containers',
    path: `${storage}/blobServices/default/containers/evals`,
    apiVersion: '2026-04-01',
    body: { properties: { metadata: { purpose: 'evals' } } },
    needs: ['Microsoft.Storage/storageAccounts'],
    expected: { create: 201, update: 200, patch: 200, delete: 200 },
  },
  {
    type: 'Microsoft.Storage/storageAccounts/managementPolicies',
    path: `${storage}/managementPolicies/default`,
    apiVersion: '2026-04-01',
    body: {
      properties: {
        policy: {
          rules: [
            {
              name: 'cool',
              type: 'Lifecycle',
              definition: {
                actions: { baseBlob: { tierToCool: { daysAfterModificationGreaterThan: 30 } } },
                filters: { blobTypes: ['blockBlob'] },
              },
            },
          ],
        },
      },
    },
    needs: ['Microsoft.Storage/storageAccounts'],
    expected: { create: 200, update: 200, patch: undefined, delete: 200 },
  },
  {
    type: 'Microsoft.ManagedIdentity/userAssignedIdentities',
    path: identity,
    apiVersion: '2024-11-30',
    body: { location },
    expected: { create: 201, update: 200, patch: 200, delete: 200 },
  },
  {
    type: 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials',
    path: `${identity}/federatedIdentityCredentials/github`,
    apiVersion: '2024-11-30',
    body: {
      properties: {
        issuer: 'https://token.actions.githubusercontent.com',
        subject: 'repo:contoso/support:environment:dev',
        audiences: ['api://AzureADTokenExchange'],
      },
    },
    needs: ['Microsoft.ManagedIdentity/userAssignedIdentities'],
    expected: { create: 201, update: 200, patch: undefined, delete: 200 },
  },
  {
    type: 'Microsoft.Authorization/roleAssignments',
    path: '{g}/Microsoft.Authorization/roleAssignments/3f6a1a52-6c3c-4a2b-8d0e-1f0f7b8f5a11',
    apiVersion: '2022-04-01',
    body: {
      properties: {
        roleDefinitionId: '/providers/Microsoft.Authorization/roleDefinitions/53ca6127-db72-4b80-b1b0-d745d6d5456d',
        principalId: '9f0c0a3e-52c2-4d5c-8a4f-0b8c3a6f7d21',
        principalType: 'ServicePrincipal',
      },
    },
    expected: { create: 201, update: 200, patch: undefined, delete: 200 },
  },
  {
    type: 'Microsoft.Authorization/roleDefinitions',
    path: '{g}/Microsoft.Authorization/roleDefinitions/6a1e5a52-6c3c-4a2b-8d0e-1f0f7b8f5a11',
    apiVersion: '2022-04-01',
    body: {
      properties: {
        roleName: 'Release reader',
        permissions: [{ actions: ['*/read'], notActions: [] }],
        assignableScopes: ['/'],
      },
    },
    expected: { create: 201, update: 201, patch: undefined, delete: 200 },
  },
  {
    type: 'Microsoft.Authorization/locks',
    path: '{g}/Microsoft.Authorization/locks/keep',
    apiVersion: '2020-05-01',
    body: { properties: { level: 'CanNotDelete' } },
    expected: { create: 201, update: 200, patch: undefined, delete: 200 },
  },
  {
    type: ACCOUNT,
    path: account,
    apiVersion: foundry,
    body: {
      location,
      kind: 'AIServices',
      sku: { name: 'S0' },
      identity: { type: 'SystemAssigned' },
      properties: { allowProjectManagement: true, customSubDomainName: 'foundry' },
    },
    expected: { create: 201, update: 200, patch: 200, delete: 202 },
  },
  {
    type: 'Microsoft.CognitiveServices/accounts/projects',
    path: project,
    apiVersion: foundry,
    body: { location, identity: { type: 'SystemAssigned' }, properties: { displayName: 'Support' } },
    needs: [ACCOUNT],
    expected: { create: 201, update: 200, patch: 200, delete: 202 },
  },
  {
    type: 'Microsoft.CognitiveServices/accounts/deployments',
    path: `${account}/deployments/gpt-5-mini`,
    apiVersion: foundry,
    body: {
      sku: { name: 'GlobalStandard', capacity: 50 },
      properties: {
        model: { format: 'OpenAI', name: 'gpt-5-mini', version: '2025-08-07' },
        versionUpgradeOption: 'NoAutoUpgrade',
      },
    },
    needs: [ACCOUNT],
    expected: { create: 201, update: 200, patch: 200, delete: 202 },
  },
  {
    type: 'Microsoft.CognitiveServices/accounts/connections',
    path: `${account}/connections/crm`,
    apiVersion: foundry,
    body: connection,
    needs: [ACCOUNT],
    expected: { create: 200, update: 200, patch: 200, delete: 200 },
  },
  {
    type: 'Microsoft.CognitiveServices/accounts/projects/connections',
    path: `${project}/connections/crm`,
    apiVersion: foundry,
    body: connection,
    needs: [ACCOUNT, 'Microsoft.CognitiveServices/accounts/projects'],
    expected: { create: 200, update: 200, patch: 200, delete: 200 },
  },
  {
    type: 'Microsoft.CognitiveServices/accounts/raiPolicies',
    path: `${account}/raiPolicies/strict`,
    apiVersion: foundry,
    body: {
      properties: {
        basePolicyName: 'Microsoft.DefaultV2',
        contentFilters: [{ name: 'Hate', enabled: true, blocking: true, severityThreshold: 'Low', source: 'Prompt' }],
      },
    },
    needs: [ACCOUNT],
    expected: { create: 201, update: 200, patch: undefined, delete: 202 },
  },
  {
    type: 'Microsoft.CognitiveServices/accounts/capabilityHosts',
    path: `${account}/capabilityHosts/agents`,
    apiVersion: foundry,
    body: { properties: { capabilityHostKind: 'Agents' } },
    needs: [ACCOUNT],
    expected: { create: 201, update: 200, patch: undefined, delete: 202 },
  },
  {
    type: 'Microsoft.OperationalInsights/workspaces',
    path: '{g}/Microsoft.OperationalInsights/workspaces/logs',
    apiVersion: '2026-03-01',
    body: { location, properties: { sku: { name: 'PerGB2018' }, retentionInDays: 30 } },
    expected: { create: 201, update: 200, patch: 200, delete: 200 },
  },
  {
    type: 'Microsoft.Insights/components',
    path: '{g}/Microsoft.Insights/components/insights',
    apiVersion: '2020-02-02',
    body: { location, kind: 'web', properties: { Application_Type: 'web' } },
    expected: { create: 200, update: 200, patch: 200, delete: 200 },
  },
  {
    type: 'Microsoft.Insights/actionGroups',
    path: '{g}/Microsoft.Insights/actionGroups/oncall',
    apiVersion: '2023-01-01',
    body: {
      location: 'Global',
      properties: {
        groupShortName: 'oncall',
        enabled: true,
        emailReceivers: [{ name: 'team', emailAddress: 'team@contoso.com' }],
      },
    },
    expected: { create: 201, update: 200, patch: 200, delete: 200 },
  },
  {
    type: 'Microsoft.Insights/metricAlerts',
    path: '{g}/Microsoft.Insights/metricAlerts/errors',
    apiVersion: '2026-01-01',
    body: {
      location: 'global',
      properties: {
        severity: 2,
        enabled: true,
        scopes: ['/subscriptions/0/resourceGroups/rg/providers/Microsoft.App/containerApps/api'],
        evaluationFrequency: 'PT1M',
        windowSize: 'PT5M',
        criteria: {
          'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria',
          allOf: [
            {
              criterionType: 'StaticThresholdCriterion',
              name: 'errors',
              metricName: 'Requests',
              operator: 'GreaterThan',
              threshold: 5,
              timeAggregation: 'Total',
            },
          ],
        },
      },
    },
    expected: { create: 200, update: 200, patch: 200, delete: 200 },
  },
  {
    type: 'Microsoft.App/managedEnvironments',
    path: environment,
    apiVersion: '2026-01-01',
    body: { location, properties: { appLogsConfiguration: { destination: 'azure-monitor' } } },
    expected: { create: 201, update: 200, patch: 202, delete: 202 },
  },
  {
    type: 'Microsoft.App/containerApps',
    path: '{g}/Microsoft.App/containerApps/api',
    apiVersion: '2026-01-01',
    body: {
      location,
      properties: {
        environmentId: environment,
        configuration: { ingress: { external: true, targetPort: 8080 } },
        template: {
          containers: [{ name: 'api', image: 'contoso.azurecr.io/api:1', resources: { cpu: 0.5, memory: '1Gi' } }],
        },
      },
    },
    needs: ['Microsoft.App/managedEnvironments'],
    expected: { create: 201, update: 200, patch: 202, delete: 202 },
  },
  ...ALERTS,
  ...ARC,
  ...JOBS,
  ...DATA_ESTATE,
];

export function sampleOf(type: string): Sample {
  const found = SAMPLES.find((sample) => sample.type === type);
  if (!found) throw new Error(`No sample of ${type}`);
  return found;
}

/** The sample for one resource group: `group` is what `bench.group()` returned. */
export function placed(
  sample: Sample,
  group: string,
): { readonly url: string; readonly path: string; readonly body: unknown } {
  const path = sample.path.replace('{g}', group);
  const body: unknown = JSON.parse(JSON.stringify(sample.body).replaceAll('{g}', group));
  return { path, url: `${path}?api-version=${sample.apiVersion}`, body };
}

/**
 * Creates a sample and everything that it needs; returns its path. Operations end at once, or the clock is virtual and moved
 * on until they have ended.
 */
export async function create(bench: Bench, type: string, group: string): Promise<string> {
  const sample = sampleOf(type);
  for (const need of sample.needs ?? []) await create(bench, need, group);
  const { url, path, body } = placed(sample, group);
  const answer = await bench.put(url, body);
  if (answer.status > 299) throw new Error(`${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  if (bench.azure.clock.kind === 'virtual') bench.azure.clock.advance(60_000);
  return path;
}
