// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * An index that agents of a Foundry project retrieve from. It refers to an index of AI Search or a container of Cosmos DB; it does not fill it.
 */
export type IndexSpec = {
  /**
   * Project that holds it.
   */
  project: string;
  /**
   * Connection to the service that has the index.
   */
  connection: string;
  /**
   * Name of the index in AI Search.
   */
  indexName?: string;
  /**
   * Container of Cosmos DB that holds vectors, in place of an index of AI Search.
   */
  cosmos?: {
    /**
     * Database.
     */
    database: string;
    /**
     * Container in it.
     */
    container: string;
    /**
     * Deployment that turns text into vectors.
     */
    embeddingModel: string;
    /**
     * Field that holds the vector.
     */
    embeddingField: string;
  };
  /**
   * Which fields hold what.
   */
  fieldMapping?: {
    /**
     * Fields with the text.
     *
     * @minItems 1
     */
    contentFields?: [string, ...string[]];
    /**
     * Fields with vectors.
     */
    vectorFields?: string[];
    /**
     * Field with the title.
     */
    titleField?: string;
    /**
     * Field with the address.
     */
    urlField?: string;
    /**
     * Field with the name of the file.
     */
    filepathField?: string;
    /**
     * Further fields that are returned.
     */
    metadataFields?: string[];
  };
  /**
   * Name of the version; made from the content without it. A named version cannot get other content.
   */
  version?: string;
  /**
   * Content of the index.
   */
  description?: string;
  /**
   * Tags of the version. Tags that others set are left alone.
   */
  tags?: {
    [k: string]: string | undefined;
  };
} & (SearchIndex | CosmosIndex);

export interface SearchIndex {
  [k: string]: unknown | undefined;
}
export interface CosmosIndex {
  [k: string]: unknown | undefined;
}
