/** A built-in role. `actions` and `dataActions` say roughly what it allows. */
export interface BuiltInRole {
  readonly guid: string;
  readonly roleName: string;
  readonly actions: readonly string[];
  readonly notActions?: readonly string[];
  readonly dataActions?: readonly string[];
}

const READ = '*/read';
const AI = 'Microsoft.CognitiveServices/*';
const BLOBS = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs';

/** Names and GUIDs are Azure's own; the Foundry roles have carried these names since 2026. */
export const BUILT_IN_ROLES: readonly BuiltInRole[] = [
  { guid: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635', roleName: 'Owner', actions: ['*'] },
  {
    guid: 'b24988ac-6180-42a0-ab88-20f7382dd24c',
    roleName: 'Contributor',
    actions: ['*'],
    notActions: ['Microsoft.Authorization/*/Delete', 'Microsoft.Authorization/*/Write'],
  },
  { guid: 'acdd72a7-3385-48ef-bd42-f606fba81ae7', roleName: 'Reader', actions: [READ] },
  {
    guid: '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9',
    roleName: 'User Access Administrator',
    actions: [READ, 'Microsoft.Authorization/*'],
  },
  {
    guid: 'f58310d9-a9f6-439a-9e8d-f62e7b41a168',
    roleName: 'Role Based Access Control Administrator',
    actions: [READ, 'Microsoft.Authorization/roleAssignments/write', 'Microsoft.Authorization/roleAssignments/delete'],
  },
  { guid: '53ca6127-db72-4b80-b1b0-d745d6d5456d', roleName: 'Foundry User', actions: [READ], dataActions: [AI] },
  {
    guid: 'eadc314b-1a2d-4efa-be10-5d325db5065e',
    roleName: 'Foundry Project Manager',
    actions: [READ, 'Microsoft.CognitiveServices/accounts/*/write', 'Microsoft.Authorization/roleAssignments/write'],
    dataActions: [AI],
  },
  { guid: 'e47c6f54-e4a2-4754-9501-8e0985b135e1', roleName: 'Foundry Account Owner', actions: [READ, AI] },
  { guid: 'c883944f-8b7b-4483-af10-35834be79c4a', roleName: 'Foundry Owner', actions: [READ, AI], dataActions: [AI] },
  { guid: '64702f94-c441-49e6-a78b-ef80e0188fee', roleName: 'Azure AI Developer', actions: [READ], dataActions: [AI] },
  {
    guid: 'a97b65f3-24c7-4388-baec-2e87135dc908',
    roleName: 'Cognitive Services User',
    actions: [READ],
    dataActions: [AI],
  },
  {
    guid: '5e0bd9bd-7b93-4f28-af87-19fc36ad61bd',
    roleName: 'Cognitive Services OpenAI User',
    actions: [READ],
    dataActions: [AI],
  },
  {
    guid: 'a001fd3d-188f-4b5d-821b-7da978bf7442',
    roleName: 'Cognitive Services OpenAI Contributor',
    actions: [READ],
    dataActions: [AI],
  },
  { guid: '25fbc0a9-bd7c-42a3-aa1a-3b75d497ee68', roleName: 'Cognitive Services Contributor', actions: [READ, AI] },
  {
    guid: '7f951dda-4ed3-4680-a7ca-43fe172d538d',
    roleName: 'AcrPull',
    actions: ['Microsoft.ContainerRegistry/registries/pull/read'],
  },
  {
    guid: '8311e382-0749-4cb8-b61a-304f252e45ec',
    roleName: 'AcrPush',
    actions: ['Microsoft.ContainerRegistry/registries/pull/read', 'Microsoft.ContainerRegistry/registries/push/write'],
  },
  { guid: 'b93aa761-3e63-49ed-ac28-beffa264f7ac', roleName: 'Container Registry Repository Reader', actions: [] },
  { guid: '2a1e307c-b015-4ebd-883e-5b7698a07328', roleName: 'Container Registry Repository Writer', actions: [] },
  { guid: '2efddaa5-3f1f-4df3-97df-af3f13818f4c', roleName: 'Container Registry Repository Contributor', actions: [] },
  {
    guid: 'fb382eab-e894-4461-af04-94435c366c3f',
    roleName: 'Container Registry Tasks Contributor',
    actions: ['Microsoft.ContainerRegistry/registries/*'],
  },
  {
    guid: '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1',
    roleName: 'Storage Blob Data Reader',
    actions: [],
    dataActions: [`${BLOBS}/read`],
  },
  {
    guid: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe',
    roleName: 'Storage Blob Data Contributor',
    actions: [],
    dataActions: [`${BLOBS}/*`],
  },
  {
    guid: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b',
    roleName: 'Storage Blob Data Owner',
    actions: [],
    dataActions: [`${BLOBS}/*`],
  },
  {
    guid: '17d1049b-9a84-46fb-8f53-869881c3d3ab',
    roleName: 'Storage Account Contributor',
    actions: ['Microsoft.Storage/storageAccounts/*'],
  },
  {
    guid: '8ebe5a00-799e-43f5-93ac-243d3dce84a7',
    roleName: 'Search Index Data Contributor',
    actions: [],
    dataActions: ['Microsoft.Search/searchServices/indexes/*'],
  },
  {
    guid: '1407120a-92aa-4202-b7e9-c0e197c71c8f',
    roleName: 'Search Index Data Reader',
    actions: [],
    dataActions: ['Microsoft.Search/searchServices/indexes/read'],
  },
  {
    guid: '7ca78c08-252a-4471-8644-bb5ff32d4ba0',
    roleName: 'Search Service Contributor',
    actions: ['Microsoft.Search/searchServices/*'],
  },
  {
    guid: '230815da-be43-4aae-9cb4-875f7bd000aa',
    roleName: 'Cosmos DB Operator',
    actions: ['Microsoft.DocumentDb/databaseAccounts/*'],
  },
  {
    guid: '4633458b-17de-408a-b874-0445c86b69e6',
    roleName: 'Key Vault Secrets User',
    actions: [],
    dataActions: ['Microsoft.KeyVault/vaults/secrets/getSecret/action'],
  },
  {
    guid: 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7',
    roleName: 'Key Vault Secrets Officer',
    actions: [],
    dataActions: ['Microsoft.KeyVault/vaults/secrets/*'],
  },
  { guid: '73c42c96-874c-492b-b04d-ab87d138a893', roleName: 'Log Analytics Reader', actions: [READ] },
  {
    guid: '92aaf0da-9dab-42b6-94a3-d43ce8d16293',
    roleName: 'Log Analytics Contributor',
    actions: [READ, 'Microsoft.OperationalInsights/*'],
  },
  { guid: '43d0d8ad-25c7-4714-9337-8ba259a9fe05', roleName: 'Monitoring Reader', actions: [READ] },
  {
    guid: '749f88d5-cbae-40b8-bcfc-e573ddc772fa',
    roleName: 'Monitoring Contributor',
    actions: [READ, 'Microsoft.Insights/*'],
  },
  {
    guid: '3913510d-42f4-4e42-8a64-420c390055eb',
    roleName: 'Monitoring Metrics Publisher',
    actions: [],
    dataActions: ['Microsoft.Insights/Metrics/Write'],
  },
];
