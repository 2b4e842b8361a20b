import type { Sample } from '../support/samples.ts';
import { SCORING } from '../data-planes/scoring-samples.ts';

const location = 'swedencentral';
const SERVER = 'Microsoft.Sql/servers';
const server = '{g}/Microsoft.Sql/servers/ingate-sql';
const sqlStatuses = { create: 202, update: 202, patch: 202, delete: 202 };

const COSMOS = 'Microsoft.DocumentDB/databaseAccounts';
const cosmos = '{g}/Microsoft.DocumentDB/databaseAccounts/ingate-cosmos';
const cosmosDatabase = `${cosmos}/sqlDatabases/support`;
const cosmosRole = `${cosmos}/sqlRoleDefinitions/6a1e5a52-6c3c-4a2b-8d0e-1f0f7b8f5a11`;
const cosmosStatuses = { create: 202, update: 202, patch: undefined, delete: 202 };

const sid = '9f0c0a3e-52c2-4d5c-8a4f-0b8c3a6f7d21';

/** Samples of the providers that hold data, secrets, images and batch scoring. */
export const DATA_ESTATE: readonly Sample[] = [
  {
    type: SERVER,
    path: server,
    apiVersion: '2025-01-01',
    body: {
      location,
      properties: {
        administratorLogin: 'owner',
        administratorLoginPassword: 'canary-Secret-1',
        minimalTlsVersion: '1.2',
      },
    },
    expected: sqlStatuses,
  },
  {
    type: 'Microsoft.Sql/servers/databases',
    path: `${server}/databases/tickets`,
    apiVersion: '2025-01-01',
    body: { location, sku: { name: 'GP_S_Gen5', capacity: 2 }, properties: { createMode: 'Default' } },
    needs: [SERVER],
    expected: sqlStatuses,
  },
  {
    type: 'Microsoft.Sql/servers/firewallRules',
    path: `${server}/firewallRules/azure`,
    apiVersion: '2025-01-01',
    body: { properties: { startIpAddress: '0.0.0.0', endIpAddress: '0.0.0.0' } },
    needs: [SERVER],
    expected: { create: 201, update: 200, patch: undefined, delete: 200 },
  },
  {
    type: 'Microsoft.Sql/servers/administrators',
    path: `${server}/administrators/ActiveDirectory`,
    apiVersion: '2025-01-01',
    body: { properties: { administratorType: 'ActiveDirectory', login: 'data-owners', sid } },
    needs: [SERVER],
    expected: { create: 202, update: 202, patch: undefined, delete: 202 },
  },
  {
    type: 'Microsoft.Sql/servers/azureADOnlyAuthentications',
    path: `${server}/azureADOnlyAuthentications/Default`,
    apiVersion: '2025-01-01',
    body: { properties: { azureADOnlyAuthentication: false } },
    needs: [SERVER],
    expected: { create: 202, update: 202, patch: undefined, delete: 202 },
  },
  {
    type: COSMOS,
    path: cosmos,
    apiVersion: '2026-03-15',
    body: {
      location,
      kind: 'GlobalDocumentDB',
      properties: {
        databaseAccountOfferType: 'Standard',
        locations: [{ locationName: location, failoverPriority: 0 }],
      },
    },
    expected: { create: 200, update: 200, patch: 200, delete: 202 },
  },
  {
    type: 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases',
    path: cosmosDatabase,
    apiVersion: '2026-03-15',
    body: { properties: { resource: { id: 'support' }, options: { throughput: 400 } } },
    needs: [COSMOS],
    expected: cosmosStatuses,
  },
  {
    type: 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers',
    path: `${cosmosDatabase}/containers/threads`,
    apiVersion: '2026-03-15',
    body: { properties: { resource: { id: 'threads', partitionKey: { paths: ['/user'], version: 2 } } } },
    needs: [COSMOS, 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases'],
    expected: cosmosStatuses,
  },
  {
    type: 'Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions',
    path: cosmosRole,
    apiVersion: '2026-03-15',
    body: {
      properties: {
        roleName: 'Thread reader',
        type: 'CustomRole',
        permissions: [{ dataActions: ['Microsoft.DocumentDB/databaseAccounts/readMetadata'] }],
      },
    },
    needs: [COSMOS],
    expected: cosmosStatuses,
  },
  {
    type: 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments',
    path: `${cosmos}/sqlRoleAssignments/3f6a1a52-6c3c-4a2b-8d0e-1f0f7b8f5a11`,
    apiVersion: '2026-03-15',
    body: {
      properties: {
        roleDefinitionId: `${cosmos}/sqlRoleDefinitions/00000000-0000-0000-0000-000000000002`,
        scope: cosmos,
        principalId: sid,
      },
    },
    needs: [COSMOS],
    expected: cosmosStatuses,
  },
  {
    type: 'Microsoft.Search/searchServices',
    path: '{g}/Microsoft.Search/searchServices/ingate-search',
    apiVersion: '2025-05-01',
    body: { location, sku: { name: 'basic' }, properties: { replicaCount: 1, disableLocalAuth: true } },
    expected: { create: 201, update: 200, patch: 200, delete: 200 },
  },
  {
    type: 'Microsoft.KeyVault/vaults',
    path: '{g}/Microsoft.KeyVault/vaults/ingate-vault',
    apiVersion: '2026-02-01',
    body: {
      location,
      properties: { tenantId: sid, sku: { family: 'A', name: 'standard' }, enableRbacAuthorization: true },
    },
    expected: { create: 201, update: 200, patch: 200, delete: 200 },
  },
  ...SCORING,
];
