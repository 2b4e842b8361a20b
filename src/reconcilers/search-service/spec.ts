// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * An AI Search service: indexes that agents retrieve from. Keys are switched off: access is by Entra identity.
 */
export interface SearchServiceSpec {
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
   * Size of the service. Azure only moves it upward; the free one cannot be moved at all.
   */
  sku?: "free" | "basic" | "standard" | "standard2" | "standard3" | "storage_optimized_l1" | "storage_optimized_l2";
  /**
   * Copies that answer queries.
   */
  replicaCount?: number;
  /**
   * Shares that the indexes are spread over.
   */
  partitionCount?: 1 | 2 | 3 | 4 | 6 | 12;
  /**
   * HighDensity holds many small indexes.
   */
  hostingMode?: "Default" | "HighDensity";
  /**
   * Ranking by meaning.
   */
  semanticSearch?: "disabled" | "free" | "standard";
  /**
   * Refuse API keys.
   */
  disableLocalAuth?: boolean;
  /**
   * How a request without a valid token is refused, while keys are accepted as well.
   */
  aadAuthFailureMode?: "http403" | "http401WithBearerChallenge";
  /**
   * Reachable from the internet.
   */
  publicNetworkAccess?: "Enabled" | "Disabled";
  /**
   * Whether trusted Azure services get past the firewall.
   */
  bypass?: "None" | "AzureServices";
  /**
   * Public IPv4 addresses or ranges that may connect; everybody while there are none.
   */
  ipRules?: string[];
  /**
   * Whether indexes without a customer-managed key are refused.
   */
  encryptionWithCmk?: "Disabled" | "Enabled" | "Unspecified";
}
