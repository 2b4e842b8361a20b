import type { Sample } from './samples.ts';

const location = 'swedencentral';
const SERVER = 'Microsoft.Sql/servers';
const server = '{g}/Microsoft.Sql/servers/ingate-sql';
const sqlStatuses = { create: 202, update: 202, patch: 202, delete: 202 };

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
];
