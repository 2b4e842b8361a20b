// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * A storage account for documents, data sets and results; with hierarchicalNamespace a Data Lake. Keys are switched off: access is by Entra identity.
 */
export interface StorageAccountSpec {
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
   * Redundancy and performance. Between Standard and Premium the account is replaced.
   */
  sku?:
    | "Standard_LRS"
    | "Standard_ZRS"
    | "Standard_GRS"
    | "Standard_RAGRS"
    | "Standard_GZRS"
    | "Standard_RAGZRS"
    | "Premium_LRS"
    | "Premium_ZRS";
  /**
   * Data Lake Storage Gen2: directories with their own permissions.
   */
  hierarchicalNamespace?: boolean;
  /**
   * Default tier of blobs.
   */
  accessTier?: "Hot" | "Cool" | "Cold";
  /**
   * Oldest TLS version that is accepted.
   */
  minimumTlsVersion?: "TLS1_2" | "TLS1_3" | "TLS1_0" | "TLS1_1";
  /**
   * Accept account keys. Off: only Entra identities get in.
   */
  allowSharedKeyAccess?: boolean;
  /**
   * Allow containers with anonymous read access.
   */
  allowBlobPublicAccess?: boolean;
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
     * Traffic that is let through in any case.
     */
    bypass?: ("AzureServices" | "Logging" | "Metrics")[];
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
   * Blob containers (file systems of a Data Lake).
   */
  containers?: BlobContainer[];
  dataLifecycle?: ManagementPolicy;
}
export interface BlobContainer {
  /**
   * Name of the container.
   */
  name: string;
  /**
   * Anonymous read access.
   */
  publicAccess?: "None" | "Blob" | "Container";
  /**
   * Metadata of the container.
   */
  metadata?: {
    [k: string]: string | undefined;
  };
}
/**
 * Lifecycle rules for blobs.
 */
export interface ManagementPolicy {
  /**
   * Rules; each applies to the blobs that it matches.
   *
   * @minItems 1
   * @maxItems 100
   */
  rules: [
    {
      /**
       * Name of the rule.
       */
      name: string;
      /**
       * Whether it is applied.
       */
      enabled?: boolean;
      /**
       * Containers or paths that it is about, such as documents/archive; all without it.
       */
      prefixes?: string[];
      /**
       * Types of blobs that it is about.
       */
      blobTypes?: ("blockBlob" | "appendBlob")[];
      /**
       * Days without a change until a blob is moved to the cool tier.
       */
      coolAfterDays?: number;
      /**
       * Days without a change until a blob is moved to the cold tier.
       */
      coldAfterDays?: number;
      /**
       * Days without a change until a blob is moved to the archive.
       */
      archiveAfterDays?: number;
      /**
       * Days without a change until a blob is deleted.
       */
      deleteAfterDays?: number;
      /**
       * Days until a snapshot is deleted.
       */
      deleteSnapshotsAfterDays?: number;
      /**
       * Days until a previous version is deleted.
       */
      deleteVersionsAfterDays?: number;
    },
    ...{
      /**
       * Name of the rule.
       */
      name: string;
      /**
       * Whether it is applied.
       */
      enabled?: boolean;
      /**
       * Containers or paths that it is about, such as documents/archive; all without it.
       */
      prefixes?: string[];
      /**
       * Types of blobs that it is about.
       */
      blobTypes?: ("blockBlob" | "appendBlob")[];
      /**
       * Days without a change until a blob is moved to the cool tier.
       */
      coolAfterDays?: number;
      /**
       * Days without a change until a blob is moved to the cold tier.
       */
      coldAfterDays?: number;
      /**
       * Days without a change until a blob is moved to the archive.
       */
      archiveAfterDays?: number;
      /**
       * Days without a change until a blob is deleted.
       */
      deleteAfterDays?: number;
      /**
       * Days until a snapshot is deleted.
       */
      deleteSnapshotsAfterDays?: number;
      /**
       * Days until a previous version is deleted.
       */
      deleteVersionsAfterDays?: number;
    }[]
  ];
}
