// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * A database of an SQL server.
 */
export interface SqlDatabaseSpec {
  /**
   * Server that holds it.
   */
  server: string;
  /**
   * Azure tags, added to the tags of the environment. Tags that others set are left alone.
   */
  tags?: {
    [k: string]: string | undefined;
  };
  /**
   * Size.
   */
  sku?: {
    /**
     * Service objective, such as Basic, S0, GP_S_Gen5 (serverless), GP_Gen5, HS_Gen5.
     */
    name?: string;
    /**
     * Service tier; follows from the name.
     */
    tier?: string;
    /**
     * Hardware; follows from the name.
     */
    family?: string;
    /**
     * Cores, or database transaction units; 0 in an elastic pool.
     */
    capacity?: number;
  };
  /**
   * Order and equality of text.
   */
  collation?: string;
  /**
   * Maximum size in bytes; Azure answers -1 for hyperscale databases, which grow.
   */
  maxSizeBytes?: number;
  /**
   * Cores that a serverless database keeps at least.
   */
  minCapacity?: number;
  /**
   * Minutes without use until a serverless database pauses; -1 for never.
   */
  autoPauseDelay?: number;
  /**
   * Spread over availability zones.
   */
  zoneRedundant?: boolean;
  /**
   * Let read-only connections go to a replica.
   */
  readScale?: "Enabled" | "Disabled";
  /**
   * Replicas of a business critical or hyperscale database.
   */
  highAvailabilityReplicaCount?: number;
  /**
   * Where backups are kept.
   */
  backupStorageRedundancy?: "Local" | "Zone" | "Geo" | "GeoZone";
  /**
   * Whether licences are brought along.
   */
  licenseType?: "LicenseIncluded" | "BasePrice";
  /**
   * Keep a verifiable history of every table.
   */
  isLedgerOn?: boolean;
}
