import type { Provider } from '../arm/contract.ts';
import { databaseAccountNames, databaseAccounts } from './documentdb/accounts.ts';
import { sqlContainers } from './documentdb/containers.ts';
import { sqlRoleAssignments } from './documentdb/role-assignments.ts';
import { sqlRoleDefinitions } from './documentdb/role-definitions.ts';
import { sqlDatabases } from './documentdb/sql-databases.ts';
import { containerThroughput, databaseThroughput } from './documentdb/throughput.ts';

/** Cosmos DB for NoSQL. */
export const documentdb: Provider = {
  namespace: 'Microsoft.DocumentDB',
  types: [
    databaseAccounts,
    sqlDatabases,
    sqlContainers,
    databaseThroughput,
    containerThroughput,
    sqlRoleDefinitions,
    sqlRoleAssignments,
    databaseAccountNames,
  ],
};
