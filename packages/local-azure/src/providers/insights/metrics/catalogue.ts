/** How the values of an interval are put together. */
export type Aggregation = 'Average' | 'Minimum' | 'Maximum' | 'Total' | 'Count';

export const AGGREGATIONS: readonly Aggregation[] = ['Average', 'Minimum', 'Maximum', 'Total', 'Count'];

/** A platform metric of a type of resource. */
export interface Metric {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly unit: 'Count' | 'MilliSeconds' | 'NanoCores';
  /** The aggregation of queries that name none. */
  readonly primary: Aggregation;
  readonly dimensions: readonly string[];
}

const REVISION = 'revisionName';
const OF_REQUESTS = [REVISION, 'statusCodeCategory', 'statusCode'];

/** Names as in the reference; titles, units, primary aggregations and the missing dimension `podName` are **unverified**. */
const CONTAINER_APP: readonly Metric[] = [
  {
    name: 'Requests',
    title: 'Requests',
    description: 'Requests processed',
    unit: 'Count',
    primary: 'Total',
    dimensions: OF_REQUESTS,
  },
  {
    name: 'ResponseTime',
    title: 'Average Response Time',
    description: 'Time until the answer of requests',
    unit: 'MilliSeconds',
    primary: 'Average',
    dimensions: OF_REQUESTS,
  },
  {
    name: 'RestartCount',
    title: 'Replica Restart Count',
    description: 'Restarts of replicas',
    unit: 'Count',
    primary: 'Maximum',
    dimensions: [REVISION],
  },
  {
    name: 'Replicas',
    title: 'Replica Count',
    description: 'Number of replicas',
    unit: 'Count',
    primary: 'Maximum',
    dimensions: [REVISION],
  },
  {
    name: 'UsageNanoCores',
    title: 'CPU Usage',
    description: 'CPU consumed; nothing is measured here',
    unit: 'NanoCores',
    primary: 'Average',
    dimensions: [REVISION],
  },
];

const OF_MODELS = ['ModelDeploymentName', 'StatusCode'];

/** The part of the metrics of an account that this server measures; further dimensions such as `Region` are missing. */
const ACCOUNT: readonly Metric[] = [
  {
    name: 'ModelRequests',
    title: 'Model Requests',
    description: 'Calls of the models',
    unit: 'Count',
    primary: 'Total',
    dimensions: OF_MODELS,
  },
  ...(['Input', 'Output', 'Total'] as const).map((which): Metric => ({
    name: `${which}Tokens`,
    title: `${which} Tokens`,
    description: 'Tokens of the models',
    unit: 'Count',
    primary: 'Total',
    dimensions: ['ModelDeploymentName'],
  })),
  {
    name: 'TimeToResponse',
    title: 'Time To Response',
    description: 'Time until the answer of a model',
    unit: 'MilliSeconds',
    primary: 'Average',
    dimensions: OF_MODELS,
  },
];

const KNOWN: ReadonlyMap<string, readonly Metric[]> = new Map([
  ['microsoft.app/containerapps', CONTAINER_APP],
  ['microsoft.cognitiveservices/accounts', ACCOUNT],
]);

/** The metrics of a type; undefined for types whose metrics this server does not know. */
export function metricsOf(type: string): readonly Metric[] | undefined {
  return KNOWN.get(type.toLowerCase());
}

/** Whether a type has no metrics besides those of `metricsOf`, so that other names are wrong. */
export function isComplete(type: string): boolean {
  return type.toLowerCase() === 'microsoft.app/containerapps';
}
