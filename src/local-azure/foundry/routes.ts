import { AGENT_ROUTES } from './agents/routes.ts';
import { CONNECTION_ROUTES } from './connections.ts';
import { DEPLOYMENT_ROUTES } from './deployments.ts';
import { RESPONSE_ROUTES } from './responses/routes.ts';
import type { Route } from './route.ts';

/** Every operation of a project's data plane. */
export const ROUTES: readonly Route[] = [
  ...AGENT_ROUTES,
  ...CONNECTION_ROUTES,
  ...DEPLOYMENT_ROUTES,
  ...RESPONSE_ROUTES,
];
