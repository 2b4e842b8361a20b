// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * A vault for secrets and keys. Access is by roles (RoleAssignment), not by access policies.
 */
export interface KeyVaultSpec {
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
   * premium keeps keys in hardware.
   */
  sku?: "standard" | "premium";
  /**
   * Tenant whose identities have access; by default the subscription's.
   */
  tenantId?: string;
  /**
   * Access by roles. Off: by access policies, which are not managed here.
   */
  enableRbacAuthorization?: boolean;
  /**
   * The vault cannot be purged before the retention ends. Cannot be switched off again.
   */
  enablePurgeProtection?: boolean;
  /**
   * Days that deleted secrets and the deleted vault can be restored.
   */
  softDeleteRetentionInDays?: number;
  /**
   * Virtual machines may fetch certificates.
   */
  enabledForDeployment?: boolean;
  /**
   * Disk encryption may fetch keys.
   */
  enabledForDiskEncryption?: boolean;
  /**
   * Resource Manager may fetch secrets for deployments.
   */
  enabledForTemplateDeployment?: boolean;
  /**
   * Reachable from the internet.
   */
  publicNetworkAccess?: "Enabled" | "Disabled";
  /**
   * Who may connect while publicNetworkAccess is Enabled.
   */
  network?: {
    /**
     * Action for all other clients.
     */
    defaultAction: "Allow" | "Deny";
    /**
     * Whether trusted Azure services are let through.
     */
    bypass?: "AzureServices" | "None";
    /**
     * Public IPv4 addresses or ranges that may connect.
     */
    ipRules?: string[];
    /**
     * Resource ids of subnets that may connect.
     */
    subnets?: string[];
  };
  /**
   * Action when a deleted vault still holds the name: fail, restore it, or purge it and create a new one.
   */
  onSoftDeleted?: "fail" | "restore" | "purge";
}
