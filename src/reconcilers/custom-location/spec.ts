// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * A namespace of an Arc-connected Kubernetes cluster that Azure services can be placed in. The cluster and its extension are made by the Arc agents.
 */
export interface CustomLocationSpec {
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
   * Connected cluster: an AzureResource of this environment, or a resource id.
   */
  cluster: string;
  /**
   * Extensions of the cluster that it offers, such as the one of Container Apps: AzureResources of this environment, or resource ids.
   *
   * @minItems 1
   */
  extensions: [string, ...string[]];
  /**
   * Namespace in the cluster.
   */
  namespace: string;
  /**
   * Name that people see.
   */
  displayName?: string;
}
