// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * A Container Apps environment on an Arc-connected Kubernetes cluster: apps and jobs run there as in a managed one.
 */
export interface ConnectedEnvironmentSpec {
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
   * Custom location of the cluster.
   */
  customLocation: string;
  /**
   * Address of the cluster's ingress.
   */
  staticIp?: string;
}
