// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * A Microsoft Foundry account (Azure AI services): holds projects, model deployments and guardrails. Keys are switched off: access is by Entra identity.
 */
export interface FoundryAccountSpec {
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
   * Pricing tier.
   */
  sku?: "S0";
  /**
   * Host name of its endpoints, unique in Azure; the Azure name without it. Cannot be changed once set.
   */
  customSubDomainName?: string;
  /**
   * Projects can be created in it.
   */
  allowProjectManagement?: boolean;
  /**
   * Refuse API keys.
   */
  disableLocalAuth?: boolean;
  /**
   * Reachable from the internet.
   */
  publicNetworkAccess?: "Enabled" | "Disabled";
  /**
   * Only allowed hosts may be called from inside.
   */
  restrictOutboundNetworkAccess?: boolean;
  /**
   * Hosts that may be called when outbound access is restricted.
   */
  allowedFqdnList?: string[];
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
   * Resource id of the subnet that agents run in. Can only be set when the account is created.
   */
  agentSubnet?: string;
  /**
   * Action when a deleted account still holds the name: fail, restore it, or purge it and create a new one.
   */
  onSoftDeleted?: "fail" | "restore" | "purge";
}
