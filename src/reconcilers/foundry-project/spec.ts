// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * A project of a Foundry account: where agents, evaluations, data sets and indexes live.
 */
export interface FoundryProjectSpec {
  /**
   * Account that holds the project.
   */
  account: string;
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
   * Name that people see.
   */
  displayName?: string;
  /**
   * Purpose of the project.
   */
  description?: string;
}
