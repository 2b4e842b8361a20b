/** Versions of Microsoft.App that SDKs, az and Terraform send. */
export const APP_VERSIONS: readonly string[] = [
  '2022-03-01',
  '2022-10-01',
  '2023-05-01',
  '2023-11-02-preview',
  '2024-02-02-preview',
  '2024-03-01',
  '2024-08-02-preview',
  '2024-10-02-preview',
  '2025-01-01',
  '2025-02-02-preview',
  '2025-07-01',
  '2025-10-02-preview',
  '2026-01-01',
  '2026-03-02-preview',
  '2026-07-01',
];

export const APP_TYPE = 'Microsoft.App/containerApps';
export const EXECUTION_TYPE = 'Microsoft.App/jobs/executions';
export const JOB_TYPE = 'Microsoft.App/jobs';
export const CONNECTED_ENVIRONMENT_TYPE = 'Microsoft.App/connectedEnvironments';
export const ENVIRONMENT_TYPE = 'Microsoft.App/managedEnvironments';
export const REVISION_TYPE = 'Microsoft.App/containerApps/revisions';
