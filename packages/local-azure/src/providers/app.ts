import type { Provider } from '../arm/contract.ts';
import { connectedEnvironments } from './app/connected-environments.ts';
import { containerApps } from './app/container-apps.ts';
import { executionEnds } from './app/execution-progress.ts';
import { jobExecutions } from './app/job-executions.ts';
import { scheduleIsDue } from './app/job-schedule.ts';
import { jobs } from './app/jobs.ts';
import { managedEnvironments } from './app/managed-environments.ts';
import { revisionIdle, revisionReady } from './app/revision-progress.ts';
import { revisions } from './app/revisions.ts';

/** Container Apps. */
export const app: Provider = {
  namespace: 'Microsoft.App',
  types: [managedEnvironments, connectedEnvironments, containerApps, revisions, jobs, jobExecutions],
  tasks: {
    'revision-ready': revisionReady,
    'revision-idle': revisionIdle,
    'job-execution-end': executionEnds,
    'job-schedule': scheduleIsDue,
  },
};
