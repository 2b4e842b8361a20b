// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * A Container Apps environment: the network and log boundary that apps and jobs run in.
 */
export interface ContainerEnvironmentSpec {
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
   * Where console and system logs go.
   */
  logs?: {
    /**
     * log-analytics writes to the workspace; azure-monitor leaves it to diagnostic settings; none keeps no logs.
     */
    destination: "log-analytics" | "azure-monitor" | "none";
    /**
     * Workspace for log-analytics; for one of another resource group its id or customer id.
     */
    workspace?: string;
  };
  /**
   * Sizes of machine that apps can ask for.
   *
   * @minItems 1
   */
  workloadProfiles?: [
    {
      /**
       * Name that apps refer to.
       */
      name: string;
      /**
       * Consumption, or a dedicated size such as D4.
       */
      type: string;
      /**
       * Fewest machines of a dedicated profile.
       */
      minimumCount?: number;
      /**
       * Maximum number of machines of a dedicated profile.
       */
      maximumCount?: number;
    },
    ...{
      /**
       * Name that apps refer to.
       */
      name: string;
      /**
       * Consumption, or a dedicated size such as D4.
       */
      type: string;
      /**
       * Fewest machines of a dedicated profile.
       */
      minimumCount?: number;
      /**
       * Maximum number of machines of a dedicated profile.
       */
      maximumCount?: number;
    }[]
  ];
  /**
   * Resource id of the subnet to run in. Can only be set when the environment is created.
   */
  infrastructureSubnet?: string;
  /**
   * Reachable from its virtual network only. Can only be set when the environment is created.
   */
  internal?: boolean;
  /**
   * Spread over availability zones. Can only be set when the environment is created.
   */
  zoneRedundant?: boolean;
  /**
   * Reachable from the internet.
   */
  publicNetworkAccess?: "Enabled" | "Disabled";
  /**
   * Encrypt and authenticate traffic between apps.
   */
  mutualTls?: boolean;
}
