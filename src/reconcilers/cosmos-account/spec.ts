// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * A Cosmos DB account for NoSQL: threads, memories and documents of agents. Keys are switched off: access is by data roles.
 */
export interface CosmosAccountSpec {
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
   * Regions that hold the data, in the order of failover; the account's region without it.
   *
   * @minItems 1
   */
  locations?: [
    {
      /**
       * Azure region.
       */
      name: string;
      /**
       * Spread over availability zones there.
       */
      zoneRedundant?: boolean;
    },
    ...{
      /**
       * Azure region.
       */
      name: string;
      /**
       * Spread over availability zones there.
       */
      zoneRedundant?: boolean;
    }[]
  ];
  /**
   * Pay per request instead of for throughput.
   */
  serverless?: boolean;
  /**
   * Indexes for vectors.
   */
  vectorSearch?: boolean;
  /**
   * Consistency level that readers get.
   */
  consistencyLevel?: "Eventual" | "ConsistentPrefix" | "Session" | "BoundedStaleness" | "Strong";
  /**
   * Refuse account keys.
   */
  disableLocalAuth?: boolean;
  /**
   * Databases and containers change through Resource Manager only.
   */
  disableKeyBasedMetadataWriteAccess?: boolean;
  /**
   * Oldest TLS version that is accepted.
   */
  minimalTlsVersion?: "Tls12" | "Tls13" | "Tls" | "Tls11";
  /**
   * Reachable from the internet.
   */
  publicNetworkAccess?: "Enabled" | "Disabled";
  /**
   * Public IPv4 addresses or ranges that may connect; everybody while there are none.
   */
  ipRules?: string[];
  /**
   * Whether trusted Azure services get past the firewall.
   */
  bypass?: "None" | "AzureServices";
  /**
   * Another region takes over when the first is down.
   */
  automaticFailover?: boolean;
  /**
   * Every region takes writes.
   */
  multipleWriteLocations?: boolean;
  /**
   * Use the subscription's one free allowance.
   */
  freeTier?: boolean;
  /**
   * Maximum request units per second of all databases together; -1 for no limit.
   */
  totalThroughputLimit?: number;
  /**
   * How it is backed up.
   */
  backup?: {
    /**
     * Periodic copies, or restorable to any moment.
     */
    type: "Periodic" | "Continuous";
    /**
     * How far back a continuous backup reaches.
     */
    tier?: "Continuous7Days" | "Continuous30Days";
    /**
     * Minutes between periodic copies.
     */
    intervalInMinutes?: number;
    /**
     * Hours that a periodic copy is kept.
     */
    retentionInHours?: number;
    /**
     * Where periodic copies are kept.
     */
    redundancy?: "Geo" | "Local" | "Zone";
  };
  /**
   * Who may read and write data. Roles of Azure Resource Manager do not give access to data here.
   */
  dataRoles?: CosmosDataRole[];
}
export interface CosmosDataRole {
  /**
   * Name of the grant in this environment.
   */
  name: string;
  /**
   * Built-in role.
   */
  role: "Data Reader" | "Data Contributor";
  /**
   * Object id of the identity.
   */
  principalId:
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
}
