/**
 * Types below those of kinds, without a kind of their own, whose resources people make: each becomes an AzureResource. What
 * is not here is made by Azure for every parent (service settings, system tables), or is a catalogue or a measurement.
 * Source: Microsoft's reference of Resource Manager templates, by parent; names as in the reference.
 */
export const CHILDREN_OF_PEOPLE: Readonly<Record<string, readonly string[]>> = {
  'Microsoft.App/managedEnvironments': [
    'certificates',
    'daprComponents',
    'dotNetComponents',
    'httpRouteConfigs',
    'javaComponents',
    'maintenanceConfigurations',
    'managedCertificates',
    'storages',
  ],
  'Microsoft.App/connectedEnvironments': ['certificates', 'daprComponents', 'storages'],
  'Microsoft.App/containerApps': ['authConfigs'],
  'Microsoft.CognitiveServices/accounts': ['commitmentPlans', 'encryptionScopes', 'raiBlocklists'],
  'Microsoft.ContainerRegistry/registries': ['cacheRules', 'connectedRegistries', 'credentialSets', 'tokens'],
  'Microsoft.DocumentDB/databaseAccounts': ['cassandraKeyspaces', 'gremlinDatabases', 'mongodbDatabases', 'tables'],
  'Microsoft.MachineLearningServices/workspaces': ['computes', 'outboundRules', 'schedules'],
  'Microsoft.OperationalInsights/workspaces': [
    'dataExports',
    'linkedServices',
    'linkedStorageAccounts',
    'savedSearches',
  ],
  'Microsoft.Search/searchServices': ['sharedPrivateLinkResources'],
  'Microsoft.Sql/servers': ['failoverGroups', 'ipv6FirewallRules', 'outboundFirewallRules', 'virtualNetworkRules'],
  'Microsoft.Storage/storageAccounts': [
    'encryptionScopes',
    'inventoryPolicies',
    'localUsers',
    'objectReplicationPolicies',
  ],
};

/** What Azure computes below a resource: catalogues, measurements, states and actions, which nobody declares. */
export const COMPUTED_CHILDREN =
  /(^(get|list|check|validate|regenerate|operation|private(Link|Endpoint))|(usages|skus|models|metrics|definitions|revisions|replicas|detectors|statuses|results|operations|locations|features|versions|diagnostics|advisors|recommendations|jobs|runs)$)/i;
