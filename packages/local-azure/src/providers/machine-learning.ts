import type { Provider } from '../arm/contract.ts';
import { batchDeployments } from './machine-learning/batch-deployments.ts';
import { batchEndpoints } from './machine-learning/batch-endpoints.ts';
import { computes } from './machine-learning/computes.ts';
import { environments, environmentVersions } from './machine-learning/environments.ts';
import { advanceJob, batchJobs } from './machine-learning/jobs.ts';
import { models, modelVersions } from './machine-learning/models.ts';
import { workspaces } from './machine-learning/workspaces.ts';

/** Azure Machine Learning, as far as batch scoring needs it. */
export const machineLearning: Provider = {
  namespace: 'Microsoft.MachineLearningServices',
  types: [
    workspaces,
    computes,
    environments,
    environmentVersions,
    models,
    modelVersions,
    batchEndpoints,
    batchDeployments,
    batchJobs,
  ],
  tasks: { 'batch-job': advanceJob },
};
