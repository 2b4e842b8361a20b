// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * A Log Analytics workspace: where logs and traces are kept and queried.
 */
export interface LogWorkspaceSpec {
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
   * Pricing model. Others than PerGB2018 and CapacityReservation are those of older workspaces; Azure gives a workspace PerGB2018 instead where the subscription has no others.
   */
  sku?: "PerGB2018" | "CapacityReservation" | "Standalone" | "PerNode" | "Free" | "Standard" | "Premium" | "LACluster";
  /**
   * Days that data is kept.
   */
  retentionInDays?: number;
  /**
   * Maximum gigabytes ingested per day; -1 for no limit.
   */
  dailyQuotaGb?: number;
  /**
   * Refuse workspace keys for sending data.
   */
  disableLocalAuth?: boolean;
  /**
   * Take in data from public networks.
   */
  publicNetworkAccessForIngestion?: "Enabled" | "Disabled";
  /**
   * Answer queries from public networks.
   */
  publicNetworkAccessForQuery?: "Enabled" | "Disabled";
}
