// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * Where the resources of the folder are deployed: cloud, subscription, resource group, and the rules for the whole environment. Its resource group is created when it does not exist.
 */
export interface EnvironmentSpec {
  /**
   * Azure cloud. `local` is the embedded Azure, for trying things without an account.
   */
  cloud: "local" | "public" | "usgovernment" | "china";
  /**
   * Subscription that holds the resource group.
   */
  subscriptionId: string;
  /**
   * Entra tenant to sign in to; the identity's home tenant without it.
   */
  tenantId?: string;
  /**
   * Resource group of the environment.
   */
  resourceGroup: string;
  /**
   * Azure region of the resource group, and of every resource that does not name its own.
   */
  location: string;
  /**
   * Tags of the resource group and of every resource that can carry tags.
   */
  tags?: {
    [k: string]: string | undefined;
  };
  /**
   * Pattern of Azure names: {name}, {environment} and {hash} (eight characters of subscription and group, for names that must be unique in all of Azure).
   */
  naming?: string;
  /**
   * Folder whose documents this environment starts from, relative to this file.
   */
  extends?: string;
  /**
   * Lease on a blob that everything that writes to the environment holds while it works, so that two never write at once.
   */
  lock?: {
    /**
     * Storage account of this environment, or the Azure name of any other. It is not used before it exists.
     */
    storageAccount: string;
    /**
     * Blob container in it. The blob has the name of the environment.
     */
    container: string;
  };
  /**
   * Limits on what one plan may destroy.
   */
  protection?: {
    /**
     * Whether plans that delete or replace may be applied at all.
     */
    allowDeletes?: boolean;
    /**
     * Maximum number of resources that one plan may delete or replace.
     */
    maxDeletes?: number;
    /**
     * Maximum share of managed resources, in percent, that one plan may delete or replace; counts from ten resources on.
     */
    maxDeletePercent?: number;
  };
}
