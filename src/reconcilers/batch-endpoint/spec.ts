// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * A managed batch endpoint: one address behind which deployments score files. Which of them is called is said by the BatchDeployment that is the default.
 */
export interface BatchEndpointSpec {
  /**
   * Workspace that holds it.
   */
  workspace: string;
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
   * Purpose of the endpoint.
   */
  description?: string;
  /**
   * Further properties, as text.
   */
  properties?: {
    [k: string]: string | undefined;
  };
}
