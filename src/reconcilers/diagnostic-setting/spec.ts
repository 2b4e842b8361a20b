// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * Sends logs and metrics of a resource to a workspace, a storage account or an event hub.
 */
export type DiagnosticSettingSpec = (ToWorkspace | ToStorage | ToEventHub) & {
  /**
   * Resource whose logs are sent: one of this environment, or a resource id.
   */
  target: string;
  /**
   * Workspace that takes them.
   */
  workspace?: string;
  /**
   * Storage account that takes them.
   */
  storageAccount?: string;
  /**
   * Event hub that takes them.
   */
  eventHub?: {
    /**
     * Resource id of the rule of the namespace that they are sent with.
     */
    authorizationRule: string;
    /**
     * Name of the event hub; without it there is one per category.
     */
    name?: string;
  };
  /**
   * Groups of log categories that are sent: allLogs, audit.
   */
  logGroups?: string[];
  /**
   * Individual log categories to send, where groups contain too many.
   */
  logCategories?: string[];
  /**
   * Categories of metrics that are sent.
   */
  metrics?: string[];
  /**
   * One table per kind of log in the workspace, instead of AzureDiagnostics for all.
   */
  dedicatedTables?: boolean;
};

export interface ToWorkspace {
  [k: string]: unknown | undefined;
}
export interface ToStorage {
  [k: string]: unknown | undefined;
}
export interface ToEventHub {
  [k: string]: unknown | undefined;
}
