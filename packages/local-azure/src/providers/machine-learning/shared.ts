import { ArmError } from '../../arm/arm-error.ts';
import type { LongRunning } from '../../arm/type-rules.ts';

/** Versions of Microsoft.MachineLearningServices that SDKs, az and Terraform send. */
export const ML_VERSIONS: readonly string[] = [
  '2021-07-01',
  '2022-05-01',
  '2022-10-01',
  '2023-04-01',
  '2023-10-01',
  '2024-01-01-preview',
  '2024-04-01',
  '2024-07-01-preview',
  '2024-10-01',
  '2025-04-01',
  '2025-06-01',
  '2025-09-01',
  '2025-12-01',
  '2026-03-01',
  '2026-05-01',
];

const ROOT = 'Microsoft.MachineLearningServices/workspaces';
export const WORKSPACE_TYPE = ROOT;
export const COMPUTE_TYPE = `${ROOT}/computes`;
export const ENDPOINT_TYPE = `${ROOT}/batchEndpoints`;
export const DEPLOYMENT_TYPE = `${ROOT}/batchEndpoints/deployments`;
export const JOB_TYPE = `${ROOT}/batchEndpoints/jobs`;

const both = ['azure-async-operation', 'location'] as const;

/** Both headers for everything that takes time; `subject` is the first word of the paths that answer polls. */
export function mlOperation(subject: string): LongRunning {
  return {
    create: both,
    update: both,
    delete: both,
    statusPath: `locations/{location}/${subject}OperationsStatus/{id}`,
    resultPath: `locations/{location}/${subject}OperationResults/{id}`,
  };
}

/** Error of most workspace resources for a client's mistake. */
export const ML_CODES = { invalid: 'UserError', immutable: 'UserError', immutableStatus: 400 } as const;

export const SKU = {
  'name!': 'string',
  tier: 'Free|Basic|Standard|Premium',
  size: 'string',
  family: 'string',
  capacity: 'integer',
} as const;

export function userError(message: string, target: string): ArmError {
  return new ArmError(400, 'UserError', message, { target });
}
