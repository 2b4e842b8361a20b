// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * A container of a Cosmos DB database: items with one partition key.
 */
export interface CosmosContainerSpec {
  /**
   * Database that holds it.
   */
  database: string;
  /**
   * Azure tags, added to the tags of the environment. Tags that others set are left alone.
   */
  tags?: {
    [k: string]: string | undefined;
  };
  /**
   * Paths whose values decide where an item is kept; several make a hierarchy.
   *
   * @minItems 1
   * @maxItems 3
   */
  partitionKey: [string] | [string, string] | [string, string, string];
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
  /**
   * Seconds that an item lives; -1 for ever unless the item says otherwise; without it items never expire.
   */
  defaultTtl?: number;
  /**
   * Combinations of paths that may occur once per partition.
   */
  uniqueKeys?: string[][];
  /**
   * consistent, or none for a store of keys.
   */
  indexingMode?: "consistent" | "none";
  /**
   * Paths that are indexed.
   */
  includedPaths?: string[];
  /**
   * Paths that are not indexed. Azure adds /"_etag"/? by itself.
   */
  excludedPaths?: string[];
  /**
   * Paths that hold vectors.
   */
  vectors?: {
    /**
     * Path of the vector.
     */
    path: string;
    /**
     * Numbers in the vector.
     */
    dimensions: number;
    /**
     * Type of the numbers.
     */
    dataType?: "float32" | "float16" | "uint8" | "int8";
    /**
     * How similarity is measured.
     */
    distanceFunction?: "cosine" | "dotproduct" | "euclidean";
  }[];
  /**
   * Indexes over vectors.
   */
  vectorIndexes?: {
    /**
     * Path of the vector.
     */
    path: string;
    /**
     * Kind of index.
     */
    type?: "flat" | "quantizedFlat" | "diskANN";
  }[];
}
export interface FixedThroughput {
  [k: string]: unknown | undefined;
}
export interface AutoscaleThroughput {
  [k: string]: unknown | undefined;
}
