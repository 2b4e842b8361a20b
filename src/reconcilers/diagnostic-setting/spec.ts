// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * Sends logs and metrics of a resource to a workspace or a storage account.
 */
export type DiagnosticSettingSpec = (ToWorkspace | ToStorage) & {
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
