import type { Reconciler, ReconcilerCatalog } from '../model/kind.ts';
import type { ResourceId } from '../model/resource-id.ts';
import { actionGroup } from './action-group/index.ts';
import { activityLogAlert } from './activity-log-alert/index.ts';
import { agent } from './agent/index.ts';
import { alertSuppression } from './alert-suppression/index.ts';
import { applicationInsights } from './application-insights/index.ts';
import { azureResource } from './azure-resource/index.ts';
import { batchDeployment } from './batch-deployment/index.ts';
import { batchEndpoint } from './batch-endpoint/index.ts';
import { capabilityHost } from './capability-host/index.ts';
import { connectedEnvironment } from './connected-environment/index.ts';
import { connection } from './connection/index.ts';
import { containerApp } from './container-app/index.ts';
import { containerEnvironment } from './container-environment/index.ts';
import { containerImage } from './container-image/index.ts';
import { containerJob } from './container-job/index.ts';
import { containerRegistry } from './container-registry/index.ts';
import { continuousEvaluation } from './continuous-evaluation/index.ts';
import { cosmosAccount } from './cosmos-account/index.ts';
import { cosmosContainer } from './cosmos-container/index.ts';
import { cosmosDatabase } from './cosmos-database/index.ts';
import { customLocation } from './custom-location/index.ts';
import { dataset } from './dataset/index.ts';
import { diagnosticSetting } from './diagnostic-setting/index.ts';
import { environment } from './environment/index.ts';
import { evaluationGate } from './evaluation-gate/index.ts';
import { evaluationSchedule } from './evaluation-schedule/index.ts';
import { evaluation } from './evaluation/index.ts';
import { evaluator } from './evaluator/index.ts';
import { fineTuningJob } from './fine-tuning-job/index.ts';
import { foundryAccount } from './foundry-account/index.ts';
import { foundryProject } from './foundry-project/index.ts';
import { guardrailPolicy } from './guardrail-policy/index.ts';
import { index } from './index/index.ts';
import { keyVault } from './key-vault/index.ts';
import { logAlert } from './log-alert/index.ts';
import { logWorkspace } from './log-workspace/index.ts';
import { machineLearningWorkspace } from './machine-learning-workspace/index.ts';
import { managedIdentity } from './managed-identity/index.ts';
import { metricAlert } from './metric-alert/index.ts';
import { modelDeployment } from './model-deployment/index.ts';
import { redTeamScan } from './red-team-scan/index.ts';
import { roleAssignment } from './role-assignment/index.ts';
import { searchService } from './search-service/index.ts';
import { sqlDatabase } from './sql-database/index.ts';
import { sqlServer } from './sql-server/index.ts';
import { storageAccount } from './storage-account/index.ts';
import { workbook } from './workbook/index.ts';

/** Every kind, one per folder. A test holds this list and the folders to each other. */
const kinds: readonly Reconciler[] = [
  actionGroup,
  activityLogAlert,
  agent,
  alertSuppression,
  applicationInsights,
  azureResource,
  batchDeployment,
  batchEndpoint,
  capabilityHost,
  connectedEnvironment,
  connection,
  containerApp,
  containerEnvironment,
  containerImage,
  containerJob,
  containerRegistry,
  continuousEvaluation,
  cosmosAccount,
  cosmosContainer,
  cosmosDatabase,
  customLocation,
  dataset,
  diagnosticSetting,
  environment,
  evaluation,
  evaluationGate,
  evaluationSchedule,
  evaluator,
  fineTuningJob,
  foundryAccount,
  foundryProject,
  guardrailPolicy,
  index,
  keyVault,
  logAlert,
  logWorkspace,
  machineLearningWorkspace,
  managedIdentity,
  metricAlert,
  modelDeployment,
  redTeamScan,
  roleAssignment,
  searchService,
  sqlDatabase,
  sqlServer,
  storageAccount,
  workbook,
];

export const registry: ReconcilerCatalog = new Map(kinds.map((kind) => [kind.kind, kind]));

/** The kind of a resource, or of the part of one that an id such as `StorageAccount/data/containers/documents` names. */
export function reconcilerOf(id: ResourceId): Reconciler | undefined {
  const [kind = '', , part] = id.split('/');
  const owner = registry.get(kind);
  return part === undefined ? owner : owner?.parts[part];
}
