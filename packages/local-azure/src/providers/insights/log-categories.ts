/** Categories that a resource type can send through a diagnostic setting. */
export interface Categories {
  readonly logs: readonly string[];
  readonly metrics: readonly string[];
  /** Names that `logs` can be asked for by group. */
  readonly groups: readonly string[];
}

const ALL_METRICS = ['AllMetrics'];
const BOTH_GROUPS = ['audit', 'allLogs'];
const STORAGE_SERVICE: Categories = {
  logs: ['StorageRead', 'StorageWrite', 'StorageDelete'],
  metrics: ['Capacity', 'Transaction'],
  groups: BOTH_GROUPS,
};

/** By type in lower case; from Microsoft's tables of resource log categories. */
const CATEGORIES: Readonly<Record<string, Categories>> = {
  'microsoft.app/containerapps': { logs: [], metrics: ALL_METRICS, groups: [] },
  'microsoft.app/managedenvironments': {
    logs: ['ContainerAppConsoleLogs', 'ContainerAppSystemLogs'],
    metrics: ALL_METRICS,
    groups: BOTH_GROUPS,
  },
  'microsoft.cognitiveservices/accounts': {
    logs: ['Audit', 'RequestResponse', 'AzureOpenAIRequestUsage', 'Trace'],
    metrics: ALL_METRICS,
    groups: BOTH_GROUPS,
  },
  'microsoft.containerregistry/registries': {
    logs: ['ContainerRegistryRepositoryEvents', 'ContainerRegistryLoginEvents'],
    metrics: ALL_METRICS,
    groups: BOTH_GROUPS,
  },
  'microsoft.documentdb/databaseaccounts': {
    logs: [
      'DataPlaneRequests',
      'MongoRequests',
      'QueryRuntimeStatistics',
      'PartitionKeyStatistics',
      'PartitionKeyRUConsumption',
      'ControlPlaneRequests',
      'CassandraRequests',
      'GremlinRequests',
      'TableApiRequests',
    ],
    metrics: ['Requests', 'SLI'],
    groups: BOTH_GROUPS,
  },
  'microsoft.insights/components': {
    logs: [
      'AppAvailabilityResults',
      'AppBrowserTimings',
      'AppEvents',
      'AppMetrics',
      'AppDependencies',
      'AppExceptions',
      'AppPageViews',
      'AppPerformanceCounters',
      'AppRequests',
      'AppSystemEvents',
      'AppTraces',
    ],
    metrics: ALL_METRICS,
    groups: ['allLogs'],
  },
  'microsoft.keyvault/vaults': {
    logs: ['AuditEvent', 'AzurePolicyEvaluationDetails'],
    metrics: ALL_METRICS,
    groups: BOTH_GROUPS,
  },
  'microsoft.operationalinsights/workspaces': {
    logs: ['Audit', 'SummaryLogs'],
    metrics: ALL_METRICS,
    groups: BOTH_GROUPS,
  },
  'microsoft.search/searchservices': { logs: ['OperationLogs'], metrics: ALL_METRICS, groups: BOTH_GROUPS },
  'microsoft.sql/servers/databases': {
    logs: [
      'SQLInsights',
      'AutomaticTuning',
      'QueryStoreRuntimeStatistics',
      'QueryStoreWaitStatistics',
      'Errors',
      'DatabaseWaitStatistics',
      'Timeouts',
      'Blocks',
      'Deadlocks',
      'DevOpsOperationsAudit',
      'SQLSecurityAuditEvents',
    ],
    metrics: ['Basic', 'InstanceAndAppAdvanced', 'WorkloadManagement'],
    groups: BOTH_GROUPS,
  },
  'microsoft.storage/storageaccounts': { logs: [], metrics: ['Capacity', 'Transaction'], groups: [] },
  'microsoft.storage/storageaccounts/blobservices': STORAGE_SERVICE,
  subscriptions: {
    logs: [
      'Administrative',
      'Security',
      'ServiceHealth',
      'Alert',
      'Recommendation',
      'Policy',
      'Autoscale',
      'ResourceHealth',
    ],
    metrics: [],
    groups: [],
  },
};

/** Undefined for types whose categories this server does not know; settings on them are taken as they come. */
export function categoriesOf(type: string): Categories | undefined {
  return CATEGORIES[type.toLowerCase()];
}
