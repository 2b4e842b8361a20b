// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * An Azure Machine Learning workspace: where managed batch endpoints live.
 */
export interface MachineLearningWorkspaceSpec {
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
   * Identities that the resource signs in with.
   */
  identity?: {
    /**
     * Azure creates an identity with the lifetime of the resource.
     */
    systemAssigned?: boolean;
    /**
     * Identities of this environment, or resource ids of others.
     */
    userAssigned?: string[];
  };
  /**
   * Name that people see.
   */
  friendlyName?: string;
  /**
   * Purpose.
   */
  description?: string;
  /**
   * Storage account that it keeps its files in; without hierarchical namespace.
   */
  storageAccount: string;
  /**
   * Key Vault that it keeps its secrets in.
   */
  keyVault: string;
  /**
   * Application Insights that it writes to.
   */
  applicationInsights?: string;
  /**
   * Registry of its images.
   */
  containerRegistry?: string;
  /**
   * Reachable from the internet.
   */
  publicNetworkAccess?: "Enabled" | "Disabled";
  /**
   * Outbound traffic that the managed network allows.
   */
  isolationMode?: "Disabled" | "AllowInternetOutbound" | "AllowOnlyApprovedOutbound";
  /**
   * How it accesses its storage.
   */
  systemDatastoresAuthMode?: "AccessKey" | "Identity";
  /**
   * Reduces what Microsoft collects.
   */
  highBusinessImpact?: boolean;
}
