// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * Application Insights: traces, metrics and failures of agents and apps, kept in a Log Analytics workspace.
 */
export interface ApplicationInsightsSpec {
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
   * Workspace that keeps the data.
   */
  workspace?: string;
  /**
   * Kind of application.
   */
  applicationType?: "web" | "other";
  /**
   * Share of telemetry that is kept, in percent.
   */
  samplingPercentage?: number;
  /**
   * Refuse the instrumentation key: only Entra identities may send telemetry.
   */
  disableLocalAuth?: boolean;
  /**
   * Take in data from public networks.
   */
  publicNetworkAccessForIngestion?: "Enabled" | "Disabled";
  /**
   * Answer queries from public networks.
   */
  publicNetworkAccessForQuery?: "Enabled" | "Disabled";
}
