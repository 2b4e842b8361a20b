// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * Where the agents of a project keep threads, files and vectors: your own Cosmos DB, storage and search instead of Azure's. Azure cannot change one, so every change replaces it.
 */
export interface CapabilityHostSpec {
  /**
   * Project, or account for what its projects have in common. One host each.
   */
  parent: string;
  /**
   * Connections to Cosmos DB, for threads.
   */
  threadStorage?: string[];
  /**
   * Connections to storage accounts, for files.
   */
  fileStorage?: string[];
  /**
   * Connections to AI Search, for vectors.
   */
  vectorStore?: string[];
  /**
   * Connections to other accounts whose models are used.
   */
  models?: string[];
}
