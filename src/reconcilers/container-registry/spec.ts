// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * A registry for the images of container apps and jobs. The admin account is switched off: access is by Entra identity.
 */
export interface ContainerRegistrySpec {
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
   * Size and features. Network rules and zone redundancy need Premium.
   */
  sku?: "Basic" | "Standard" | "Premium";
  /**
   * Accept the admin account with its password.
   */
  adminUserEnabled?: boolean;
  /**
   * Allow anonymous pulls.
   */
  anonymousPullEnabled?: boolean;
  /**
   * Reachable from the internet.
   */
  publicNetworkAccess?: "Enabled" | "Disabled";
  /**
   * Whether trusted Azure services get past the firewall.
   */
  bypass?: "AzureServices" | "None";
  /**
   * Public IPv4 addresses or ranges that may connect; by default all. Premium.
   */
  ipRules?: string[];
  /**
   * Spread over availability zones. Premium.
   */
  zoneRedundancy?: "Enabled" | "Disabled";
  /**
   * Serve layers from a dedicated host name. Premium.
   */
  dataEndpointEnabled?: boolean;
  /**
   * Days until manifests without a tag are deleted; never without it. Premium.
   */
  untaggedRetentionDays?: number;
  /**
   * Whether roles can be limited to repositories.
   */
  roleAssignmentMode?: "LegacyRegistryPermissions" | "AbacRepositoryPermissions";
}
