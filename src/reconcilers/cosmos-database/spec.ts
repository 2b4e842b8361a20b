// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * A database of a Cosmos DB account.
 */
export interface CosmosDatabaseSpec {
  /**
   * Account that holds it.
   */
  account: string;
  /**
   * Azure tags, added to the tags of the environment. Tags that others set are left alone.
   */
  tags?: {
    [k: string]: string | undefined;
  };
  /**
   * Request units per second that are provisioned here: fixed, or up to a maximum that Azure scales below. Without it the database's are shared, or the account is serverless. Azure cannot add it to a database or container that was made without it.
   */
  throughput?: (FixedThroughput | AutoscaleThroughput) & {
    /**
     * Request units per second, in steps of 100.
     */
    fixed?: number;
    /**
     * Maximum request units per second, in steps of 1000.
     */
    autoscaleMax?: number;
  };
}
export interface FixedThroughput {
  [k: string]: unknown | undefined;
}
export interface AutoscaleThroughput {
  [k: string]: unknown | undefined;
}
