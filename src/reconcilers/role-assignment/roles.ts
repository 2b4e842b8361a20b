/** GUIDs of built-in roles, the same in every tenant. Source: Microsoft.Authorization/roleDefinitions. */
const builtInRoles: Readonly<Record<string, string>> = {
  AcrPull: '7f951dda-4ed3-4680-a7ca-43fe172d538d',
  AcrPush: '8311e382-0749-4cb8-b61a-304f252e45ec',
  'Azure AI Developer': '64702f94-c441-49e6-a78b-ef80e0188fee',
  'Cognitive Services OpenAI Contributor': 'a001fd3d-188f-4b5d-821b-7da978bf7442',
  'Cognitive Services OpenAI User': '5e0bd9bd-7b93-4f28-af87-19fc36ad61bd',
  'Cognitive Services User': 'a97b65f3-24c7-4388-baec-2e87135dc908',
  'Container Registry Repository Contributor': '2efddaa5-3f1f-4df3-97df-af3f13818f4c',
  'Container Registry Repository Reader': 'b93aa761-3e63-49ed-ac28-beffa264f7ac',
  'Container Registry Repository Writer': '2a1e307c-b015-4ebd-883e-5b7698a07328',
  'Container Registry Tasks Contributor': 'fb382eab-e894-4461-af04-94435c366c3f',
  Contributor: 'b24988ac-6180-42a0-ab88-20f7382dd24c',
  'Cosmos DB Operator': '230815da-be43-4aae-9cb4-875f7bd000aa',
  'Foundry Account Owner': 'e47c6f54-e4a2-4754-9501-8e0985b135e1',
  'Foundry Owner': 'c883944f-8b7b-4483-af10-35834be79c4a',
  'Foundry Project Manager': 'eadc314b-1a2d-4efa-be10-5d325db5065e',
  'Foundry User': '53ca6127-db72-4b80-b1b0-d745d6d5456d',
  'Key Vault Administrator': '00482a5a-887f-4fb3-b363-3b7fe8e74483',
  'Key Vault Crypto User': '12338af0-0e69-4776-bea7-57ae8d297424',
  'Key Vault Secrets Officer': 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7',
  'Key Vault Secrets User': '4633458b-17de-408a-b874-0445c86b69e6',
  'Log Analytics Contributor': '92aaf0da-9dab-42b6-94a3-d43ce8d16293',
  'Log Analytics Reader': '73c42c96-874c-492b-b04d-ab87d138a893',
  'Monitoring Metrics Publisher': '3913510d-42f4-4e42-8a64-420c390055eb',
  'Monitoring Reader': '43d0d8ad-25c7-4714-9337-8ba259a9fe05',
  Owner: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
  Reader: 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
  'Role Based Access Control Administrator': 'f58310d9-a9f6-439a-9e8d-f62e7b41a168',
  'Search Index Data Contributor': '8ebe5a00-799e-43f5-93ac-243d3dce84a7',
  'Search Index Data Reader': '1407120a-92aa-4202-b7e9-c0e197c71c8f',
  'Search Service Contributor': '7ca78c08-252a-4471-8644-bb5ff32d4ba0',
  'Storage Account Contributor': '17d1049b-9a84-46fb-8f53-869881c3d3ab',
  'Storage Blob Data Contributor': 'ba92f5b4-2d11-453d-a403-e96b0029c9fe',
  'Storage Blob Data Owner': 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b',
  'Storage Blob Data Reader': '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1',
  'User Access Administrator': '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9',
};

const namesByGuid = new Map(Object.entries(builtInRoles).map(([name, guid]) => [guid, name]));

/** The GUID of a role given by built-in name or by GUID. */
export function roleGuid(role: string): string {
  return (builtInRoles[role] ?? role).toLowerCase();
}

/** The built-in name of a role definition id or GUID, else the GUID. */
export function roleName(definition: string): string {
  const guid = definition.slice(definition.lastIndexOf('/') + 1).toLowerCase();
  return namesByGuid.get(guid) ?? guid;
}
