import type { Provider } from '../arm/contract.ts';
import { alertsManagement } from './alerts-management.ts';
import { app } from './app.ts';
import { authorization } from './authorization.ts';
import { cognitiveServices } from './cognitive-services.ts';
import { containerRegistry } from './container-registry.ts';
import { documentdb } from './documentdb.ts';
import { extendedLocation } from './extended-location.ts';
import { insights } from './insights.ts';
import { keyVault } from './key-vault.ts';
import { kubernetesConfiguration } from './kubernetes-configuration.ts';
import { kubernetes } from './kubernetes.ts';
import { machineLearning } from './machine-learning.ts';
import { managedIdentity } from './managed-identity.ts';
import { operationalInsights } from './operational-insights.ts';
import { resourceGraph } from './resource-graph.ts';
import { resources } from './resources.ts';
import { search } from './search.ts';
import { sql } from './sql.ts';
import { storage } from './storage.ts';

/** Every resource provider that the server has. */
export const PROVIDERS: readonly Provider[] = [
  alertsManagement,
  app,
  authorization,
  cognitiveServices,
  containerRegistry,
  documentdb,
  extendedLocation,
  insights,
  keyVault,
  kubernetes,
  kubernetesConfiguration,
  machineLearning,
  managedIdentity,
  operationalInsights,
  resourceGraph,
  resources,
  search,
  sql,
  storage,
];
