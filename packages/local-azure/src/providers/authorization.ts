import type { Provider } from '../arm/contract.ts';
import { locks } from './authorization/locks.ts';
import { permissions } from './authorization/permissions.ts';
import { roleAssignments } from './authorization/role-assignments.ts';
import { roleDefinitions } from './authorization/role-definitions.ts';

export const authorization: Provider = {
  namespace: 'Microsoft.Authorization',
  types: [roleAssignments, roleDefinitions, locks, permissions],
};
