// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * A model behind a batch endpoint, with the code, environment and compute that score files with it.
 */
export interface BatchDeploymentSpec {
  /**
   * Endpoint that it is behind.
   */
  endpoint: string;
  /**
   * Azure region; the environment's without it.
   */
  location?: string;
  /**
   * Azure tags, added to the tags of the environment. Tags that others set are left alone.
   */
  tags?: {
    [k: string]: string | undefined;
  };
  /**
   * The endpoint sends jobs that name no deployment here. At most one deployment of an endpoint may set it.
   */
  default?: boolean;
  /**
   * Description of the deployment.
   */
  description?: string;
  /**
   * Model version: an AzureResource of this environment, or its id (azureml:… or a resource id).
   */
  model: string;
  /**
   * Cluster that it runs on: an AzureResource of this environment, or a resource id.
   */
  compute: string;
  /**
   * Environment version, unless the model says it: an AzureResource of this environment, or its id.
   */
  environment?: string;
  /**
   * Code version with the scoring script, unless the model says it.
   */
  code?: string;
  /**
   * Script in the code.
   */
  scoringScript?: string;
  /**
   * Variables of the script.
   */
  environmentVariables?: {
    [k: string]: string | undefined;
  };
  /**
   * Machines that a job uses.
   */
  instanceCount?: number;
  /**
   * Files per call of the script.
   */
  miniBatchSize?: number;
  /**
   * Calls at once on a machine.
   */
  maxConcurrencyPerInstance?: number;
  /**
   * Files that may fail; -1 for any number.
   */
  errorThreshold?: number;
  /**
   * Times that a call is repeated.
   */
  maxRetries?: number;
  /**
   * Maximum duration of one call.
   */
  timeout?: string;
  /**
   * Handling of results.
   */
  outputAction?: "AppendRow" | "SummaryOnly";
  /**
   * File that rows are appended to.
   */
  outputFileName?: string;
  /**
   * How much is logged.
   */
  loggingLevel?: "Info" | "Warning" | "Debug";
}
