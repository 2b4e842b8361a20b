// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * A model made available under a name, with its version and capacity.
 */
export interface ModelDeploymentSpec {
  /**
   * Account that serves the model.
   */
  account: string;
  /**
   * Azure tags, added to the tags of the environment. Tags that others set are left alone.
   */
  tags?: {
    [k: string]: string | undefined;
  };
  /**
   * Which model.
   */
  model: {
    /**
     * Publisher format.
     */
    format?: string;
    /**
     * Name in the catalogue, or the id of a fine-tuned model.
     */
    name:
      | string
      | {
          /**
           * Which output of which resource.
           */
          valueFrom: {
            /**
             * Kind of the resource.
             */
            kind: string;
            /**
             * Its metadata.name.
             */
            name: string;
            /**
             * Name of the output; `ingate explain KIND` lists them.
             */
            output: string;
          };
        };
    /**
     * Version; without it Azure chooses its default, and plans differ from day to day.
     */
    version?: string;
  };
  /**
   * Where and how the model is served.
   */
  sku?: {
    /**
     * Deployment type.
     */
    name?:
      | "Standard"
      | "GlobalStandard"
      | "DataZoneStandard"
      | "GlobalBatch"
      | "DataZoneBatch"
      | "ProvisionedManaged"
      | "GlobalProvisionedManaged"
      | "DataZoneProvisionedManaged"
      | "DeveloperTier";
    /**
     * Thousands of tokens per minute, or provisioned throughput units.
     */
    capacity?: number;
  };
  /**
   * When Azure may move the deployment to another model version. With NoAutoUpgrade every other version is drift.
   */
  versionUpgradeOption?: "NoAutoUpgrade" | "OnceCurrentVersionExpired" | "OnceNewDefaultVersionAvailable";
  /**
   * Guardrail policy: one of this environment, or the name of any other; Azure's default policy without it.
   */
  raiPolicyName?: string;
  /**
   * Processing tier.
   */
  serviceTier?: "Default" | "Priority";
  /**
   * Deployment that takes what exceeds the capacity.
   */
  spilloverDeploymentName?: string;
}
