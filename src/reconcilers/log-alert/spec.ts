// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * Fires when a query over logs finds something.
 */
export interface LogAlertSpec {
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
   * Name that people see.
   */
  displayName?: string;
  /**
   * Meaning of the alert, and what to do about it.
   */
  description?: string;
  /**
   * 0 critical, 1 error, 2 warning, 3 informational, 4 verbose.
   */
  severity?: number;
  /**
   * Whether it is evaluated.
   */
  enabled?: boolean;
  /**
   * Workspace or Application Insights whose logs are queried, the environment for those of everything in its resource group, or the id of any other resource.
   */
  scope: string;
  /**
   * Time between evaluations.
   */
  evaluationFrequency?: string;
  /**
   * Time that is looked at.
   */
  windowSize?: string;
  /**
   * Time during which no further notification is sent. Not together with autoMitigate.
   */
  muteActionsDuration?: string;
  /**
   * Ends the alert when the condition ends.
   */
  autoMitigate?: boolean;
  /**
   * Accept a query over tables that do not exist yet.
   */
  skipQueryValidation?: boolean;
  /**
   * All of them must hold.
   *
   * @minItems 1
   */
  criteria: [
    {
      /**
       * Query in Kusto's language.
       */
      query: string;
      /**
       * How the rows are combined.
       */
      timeAggregation?: "Count" | "Average" | "Minimum" | "Maximum" | "Total";
      /**
       * Column that is combined, unless rows are counted.
       */
      metricMeasureColumn?: string;
      /**
       * Column with the resource that the alert is about.
       */
      resourceIdColumn?: string;
      /**
       * How it is compared.
       */
      operator: "Equal" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual";
      /**
       * Value to compare with.
       */
      threshold: number;
      /**
       * Columns that identify rows.
       */
      dimensions?: {
        /**
         * Column.
         */
        name: string;
        /**
         * Whether the values are watched or left out.
         */
        operator?: "Include" | "Exclude";
        /**
         * Values; * for each value separately.
         *
         * @minItems 1
         */
        values: [string, ...string[]];
      }[];
      /**
       * How many of the last evaluations must find it.
       */
      failingPeriods?: {
        /**
         * Evaluations that are looked at.
         */
        numberOfEvaluationPeriods?: number;
        /**
         * Evaluations that must find it.
         */
        minFailingPeriodsToAlert?: number;
      };
    },
    ...{
      /**
       * Query in Kusto's language.
       */
      query: string;
      /**
       * How the rows are combined.
       */
      timeAggregation?: "Count" | "Average" | "Minimum" | "Maximum" | "Total";
      /**
       * Column that is combined, unless rows are counted.
       */
      metricMeasureColumn?: string;
      /**
       * Column with the resource that the alert is about.
       */
      resourceIdColumn?: string;
      /**
       * How it is compared.
       */
      operator: "Equal" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual";
      /**
       * Value to compare with.
       */
      threshold: number;
      /**
       * Columns that identify rows.
       */
      dimensions?: {
        /**
         * Column.
         */
        name: string;
        /**
         * Whether the values are watched or left out.
         */
        operator?: "Include" | "Exclude";
        /**
         * Values; * for each value separately.
         *
         * @minItems 1
         */
        values: [string, ...string[]];
      }[];
      /**
       * How many of the last evaluations must find it.
       */
      failingPeriods?: {
        /**
         * Evaluations that are looked at.
         */
        numberOfEvaluationPeriods?: number;
        /**
         * Evaluations that must find it.
         */
        minFailingPeriodsToAlert?: number;
      };
    }[]
  ];
  /**
   * Action groups to notify.
   */
  actionGroups?: string[];
}
