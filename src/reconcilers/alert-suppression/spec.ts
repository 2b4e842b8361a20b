// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * Suppresses or redirects notifications of alerts: nights, weekends, maintenance. Alerts still fire.
 */
export interface AlertSuppressionSpec {
  /**
   * Azure tags, added to the tags of the environment. Tags that others set are left alone.
   */
  tags?: {
    [k: string]: string | undefined;
  };
  /**
   * Why.
   */
  description?: string;
  /**
   * Whether it counts.
   */
  enabled?: boolean;
  /**
   * Resources whose alerts it is about; the environment's resource group without it.
   *
   * @minItems 1
   */
  scopes?: [string, ...string[]];
  /**
   * Which alerts; all without it.
   */
  conditions?: {
    /**
     * Property to compare.
     */
    field:
      | "Severity"
      | "MonitorService"
      | "MonitorCondition"
      | "SignalType"
      | "TargetResourceType"
      | "TargetResource"
      | "TargetResourceGroup"
      | "AlertRuleId"
      | "AlertRuleName"
      | "Description"
      | "AlertContext";
    /**
     * How.
     */
    operator?: "Equals" | "NotEquals" | "Contains" | "DoesNotContain";
    /**
     * With what, such as Sev3.
     *
     * @minItems 1
     */
    values: [string, ...string[]];
  }[];
  /**
   * Action groups to notify in addition. Without it nobody is notified.
   */
  tellInstead?: string[];
  /**
   * When; always without it.
   */
  schedule?: {
    /**
     * First moment, such as 2026-12-24T00:00:00.
     */
    effectiveFrom?: string;
    /**
     * Last moment.
     */
    effectiveUntil?: string;
    /**
     * Time zone in Windows' names.
     */
    timeZone?: string;
    /**
     * Windows in that time; all of it without them.
     */
    recurrences?: {
      /**
       * How often.
       */
      recurrenceType: "Daily" | "Weekly" | "Monthly";
      /**
       * Start of the window, HH:MM:SS.
       */
      startTime?: string;
      /**
       * End of the window; on the next day when it is not later.
       */
      endTime?: string;
      /**
       * Days of a weekly window.
       *
       * @minItems 1
       */
      daysOfWeek?: [
        "Monday" | "Tuesday" | "Wednesday" | "Thursday" | "Friday" | "Saturday" | "Sunday",
        ...("Monday" | "Tuesday" | "Wednesday" | "Thursday" | "Friday" | "Saturday" | "Sunday")[]
      ];
      /**
       * Days of a monthly window; negative ones count from the end.
       *
       * @minItems 1
       */
      daysOfMonth?: [number, ...number[]];
    }[];
  };
}
