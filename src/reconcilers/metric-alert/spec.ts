// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * Fires when a metric of a resource crosses a threshold, or leaves the range that Azure learned.
 */
export interface MetricAlertSpec {
  /**
   * Global, or the region that it is evaluated in.
   */
  location?: string;
  /**
   * Azure tags, added to the tags of the environment. Tags that others set are left alone.
   */
  tags?: {
    [k: string]: string | undefined;
  };
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
   * Resources that are watched.
   *
   * @minItems 1
   */
  scopes: [string, ...string[]];
  /**
   * Type of the resources, when several are watched.
   */
  targetResourceType?: string;
  /**
   * Region of the resources, when several are watched.
   */
  targetResourceRegion?: string;
  /**
   * Time between evaluations.
   */
  evaluationFrequency?: string;
  /**
   * Time that is looked at.
   */
  windowSize?: string;
  /**
   * Ends the alert when the condition ends.
   */
  autoMitigate?: boolean;
  /**
   * All of them must hold.
   *
   * @minItems 1
   * @maxItems 5
   */
  criteria:
    | [
        (FixedThreshold | LearnedThreshold) & {
          /**
           * Name of the criterion.
           */
          name: string;
          /**
           * Namespace of the metric.
           */
          metricNamespace?: string;
          /**
           * Name of the metric.
           */
          metricName: string;
          /**
           * How the values of the window are combined.
           */
          timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
          /**
           * How it is compared. GreaterOrLessThan is for dynamic thresholds.
           */
          operator:
            "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
          /**
           * Fixed threshold; give either this or dynamic.
           */
          threshold?: number;
          /**
           * Threshold that Azure learns from history.
           */
          dynamic?: {
            /**
             * How narrow the learned range is.
             */
            sensitivity: "Low" | "Medium" | "High";
            /**
             * Periods that are looked at.
             */
            evaluationPeriods?: number;
            /**
             * Periods outside of the range that count.
             */
            failingPeriods?: number;
          };
          /**
           * Parts of the metric that are watched.
           */
          dimensions?: {
            /**
             * Name of the dimension.
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
           * Accept a metric that does not exist yet, as of a resource just created.
           */
          skipMetricValidation?: boolean;
        } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          }
      ]
    | [
        (FixedThreshold | LearnedThreshold) & {
          /**
           * Name of the criterion.
           */
          name: string;
          /**
           * Namespace of the metric.
           */
          metricNamespace?: string;
          /**
           * Name of the metric.
           */
          metricName: string;
          /**
           * How the values of the window are combined.
           */
          timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
          /**
           * How it is compared. GreaterOrLessThan is for dynamic thresholds.
           */
          operator:
            "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
          /**
           * Fixed threshold; give either this or dynamic.
           */
          threshold?: number;
          /**
           * Threshold that Azure learns from history.
           */
          dynamic?: {
            /**
             * How narrow the learned range is.
             */
            sensitivity: "Low" | "Medium" | "High";
            /**
             * Periods that are looked at.
             */
            evaluationPeriods?: number;
            /**
             * Periods outside of the range that count.
             */
            failingPeriods?: number;
          };
          /**
           * Parts of the metric that are watched.
           */
          dimensions?: {
            /**
             * Name of the dimension.
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
           * Accept a metric that does not exist yet, as of a resource just created.
           */
          skipMetricValidation?: boolean;
        } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          },
        (FixedThreshold | LearnedThreshold) & {
          /**
           * Name of the criterion.
           */
          name: string;
          /**
           * Namespace of the metric.
           */
          metricNamespace?: string;
          /**
           * Name of the metric.
           */
          metricName: string;
          /**
           * How the values of the window are combined.
           */
          timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
          /**
           * How it is compared. GreaterOrLessThan is for dynamic thresholds.
           */
          operator:
            "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
          /**
           * Fixed threshold; give either this or dynamic.
           */
          threshold?: number;
          /**
           * Threshold that Azure learns from history.
           */
          dynamic?: {
            /**
             * How narrow the learned range is.
             */
            sensitivity: "Low" | "Medium" | "High";
            /**
             * Periods that are looked at.
             */
            evaluationPeriods?: number;
            /**
             * Periods outside of the range that count.
             */
            failingPeriods?: number;
          };
          /**
           * Parts of the metric that are watched.
           */
          dimensions?: {
            /**
             * Name of the dimension.
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
           * Accept a metric that does not exist yet, as of a resource just created.
           */
          skipMetricValidation?: boolean;
        } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          }
      ]
    | [
        (FixedThreshold | LearnedThreshold) & {
          /**
           * Name of the criterion.
           */
          name: string;
          /**
           * Namespace of the metric.
           */
          metricNamespace?: string;
          /**
           * Name of the metric.
           */
          metricName: string;
          /**
           * How the values of the window are combined.
           */
          timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
          /**
           * How it is compared. GreaterOrLessThan is for dynamic thresholds.
           */
          operator:
            "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
          /**
           * Fixed threshold; give either this or dynamic.
           */
          threshold?: number;
          /**
           * Threshold that Azure learns from history.
           */
          dynamic?: {
            /**
             * How narrow the learned range is.
             */
            sensitivity: "Low" | "Medium" | "High";
            /**
             * Periods that are looked at.
             */
            evaluationPeriods?: number;
            /**
             * Periods outside of the range that count.
             */
            failingPeriods?: number;
          };
          /**
           * Parts of the metric that are watched.
           */
          dimensions?: {
            /**
             * Name of the dimension.
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
           * Accept a metric that does not exist yet, as of a resource just created.
           */
          skipMetricValidation?: boolean;
        } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          },
        (FixedThreshold | LearnedThreshold) & {
          /**
           * Name of the criterion.
           */
          name: string;
          /**
           * Namespace of the metric.
           */
          metricNamespace?: string;
          /**
           * Name of the metric.
           */
          metricName: string;
          /**
           * How the values of the window are combined.
           */
          timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
          /**
           * How it is compared. GreaterOrLessThan is for dynamic thresholds.
           */
          operator:
            "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
          /**
           * Fixed threshold; give either this or dynamic.
           */
          threshold?: number;
          /**
           * Threshold that Azure learns from history.
           */
          dynamic?: {
            /**
             * How narrow the learned range is.
             */
            sensitivity: "Low" | "Medium" | "High";
            /**
             * Periods that are looked at.
             */
            evaluationPeriods?: number;
            /**
             * Periods outside of the range that count.
             */
            failingPeriods?: number;
          };
          /**
           * Parts of the metric that are watched.
           */
          dimensions?: {
            /**
             * Name of the dimension.
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
           * Accept a metric that does not exist yet, as of a resource just created.
           */
          skipMetricValidation?: boolean;
        } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          },
        (FixedThreshold | LearnedThreshold) & {
          /**
           * Name of the criterion.
           */
          name: string;
          /**
           * Namespace of the metric.
           */
          metricNamespace?: string;
          /**
           * Name of the metric.
           */
          metricName: string;
          /**
           * How the values of the window are combined.
           */
          timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
          /**
           * How it is compared. GreaterOrLessThan is for dynamic thresholds.
           */
          operator:
            "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
          /**
           * Fixed threshold; give either this or dynamic.
           */
          threshold?: number;
          /**
           * Threshold that Azure learns from history.
           */
          dynamic?: {
            /**
             * How narrow the learned range is.
             */
            sensitivity: "Low" | "Medium" | "High";
            /**
             * Periods that are looked at.
             */
            evaluationPeriods?: number;
            /**
             * Periods outside of the range that count.
             */
            failingPeriods?: number;
          };
          /**
           * Parts of the metric that are watched.
           */
          dimensions?: {
            /**
             * Name of the dimension.
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
           * Accept a metric that does not exist yet, as of a resource just created.
           */
          skipMetricValidation?: boolean;
        } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          }
      ]
    | [
        (FixedThreshold | LearnedThreshold) & {
          /**
           * Name of the criterion.
           */
          name: string;
          /**
           * Namespace of the metric.
           */
          metricNamespace?: string;
          /**
           * Name of the metric.
           */
          metricName: string;
          /**
           * How the values of the window are combined.
           */
          timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
          /**
           * How it is compared. GreaterOrLessThan is for dynamic thresholds.
           */
          operator:
            "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
          /**
           * Fixed threshold; give either this or dynamic.
           */
          threshold?: number;
          /**
           * Threshold that Azure learns from history.
           */
          dynamic?: {
            /**
             * How narrow the learned range is.
             */
            sensitivity: "Low" | "Medium" | "High";
            /**
             * Periods that are looked at.
             */
            evaluationPeriods?: number;
            /**
             * Periods outside of the range that count.
             */
            failingPeriods?: number;
          };
          /**
           * Parts of the metric that are watched.
           */
          dimensions?: {
            /**
             * Name of the dimension.
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
           * Accept a metric that does not exist yet, as of a resource just created.
           */
          skipMetricValidation?: boolean;
        } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          },
        (FixedThreshold | LearnedThreshold) & {
          /**
           * Name of the criterion.
           */
          name: string;
          /**
           * Namespace of the metric.
           */
          metricNamespace?: string;
          /**
           * Name of the metric.
           */
          metricName: string;
          /**
           * How the values of the window are combined.
           */
          timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
          /**
           * How it is compared. GreaterOrLessThan is for dynamic thresholds.
           */
          operator:
            "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
          /**
           * Fixed threshold; give either this or dynamic.
           */
          threshold?: number;
          /**
           * Threshold that Azure learns from history.
           */
          dynamic?: {
            /**
             * How narrow the learned range is.
             */
            sensitivity: "Low" | "Medium" | "High";
            /**
             * Periods that are looked at.
             */
            evaluationPeriods?: number;
            /**
             * Periods outside of the range that count.
             */
            failingPeriods?: number;
          };
          /**
           * Parts of the metric that are watched.
           */
          dimensions?: {
            /**
             * Name of the dimension.
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
           * Accept a metric that does not exist yet, as of a resource just created.
           */
          skipMetricValidation?: boolean;
        } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          },
        (FixedThreshold | LearnedThreshold) & {
          /**
           * Name of the criterion.
           */
          name: string;
          /**
           * Namespace of the metric.
           */
          metricNamespace?: string;
          /**
           * Name of the metric.
           */
          metricName: string;
          /**
           * How the values of the window are combined.
           */
          timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
          /**
           * How it is compared. GreaterOrLessThan is for dynamic thresholds.
           */
          operator:
            "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
          /**
           * Fixed threshold; give either this or dynamic.
           */
          threshold?: number;
          /**
           * Threshold that Azure learns from history.
           */
          dynamic?: {
            /**
             * How narrow the learned range is.
             */
            sensitivity: "Low" | "Medium" | "High";
            /**
             * Periods that are looked at.
             */
            evaluationPeriods?: number;
            /**
             * Periods outside of the range that count.
             */
            failingPeriods?: number;
          };
          /**
           * Parts of the metric that are watched.
           */
          dimensions?: {
            /**
             * Name of the dimension.
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
           * Accept a metric that does not exist yet, as of a resource just created.
           */
          skipMetricValidation?: boolean;
        } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          },
        (FixedThreshold | LearnedThreshold) & {
          /**
           * Name of the criterion.
           */
          name: string;
          /**
           * Namespace of the metric.
           */
          metricNamespace?: string;
          /**
           * Name of the metric.
           */
          metricName: string;
          /**
           * How the values of the window are combined.
           */
          timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
          /**
           * How it is compared. GreaterOrLessThan is for dynamic thresholds.
           */
          operator:
            "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
          /**
           * Fixed threshold; give either this or dynamic.
           */
          threshold?: number;
          /**
           * Threshold that Azure learns from history.
           */
          dynamic?: {
            /**
             * How narrow the learned range is.
             */
            sensitivity: "Low" | "Medium" | "High";
            /**
             * Periods that are looked at.
             */
            evaluationPeriods?: number;
            /**
             * Periods outside of the range that count.
             */
            failingPeriods?: number;
          };
          /**
           * Parts of the metric that are watched.
           */
          dimensions?: {
            /**
             * Name of the dimension.
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
           * Accept a metric that does not exist yet, as of a resource just created.
           */
          skipMetricValidation?: boolean;
        } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          }
      ]
    | [
        (FixedThreshold | LearnedThreshold) & {
          /**
           * Name of the criterion.
           */
          name: string;
          /**
           * Namespace of the metric.
           */
          metricNamespace?: string;
          /**
           * Name of the metric.
           */
          metricName: string;
          /**
           * How the values of the window are combined.
           */
          timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
          /**
           * How it is compared. GreaterOrLessThan is for dynamic thresholds.
           */
          operator:
            "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
          /**
           * Fixed threshold; give either this or dynamic.
           */
          threshold?: number;
          /**
           * Threshold that Azure learns from history.
           */
          dynamic?: {
            /**
             * How narrow the learned range is.
             */
            sensitivity: "Low" | "Medium" | "High";
            /**
             * Periods that are looked at.
             */
            evaluationPeriods?: number;
            /**
             * Periods outside of the range that count.
             */
            failingPeriods?: number;
          };
          /**
           * Parts of the metric that are watched.
           */
          dimensions?: {
            /**
             * Name of the dimension.
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
           * Accept a metric that does not exist yet, as of a resource just created.
           */
          skipMetricValidation?: boolean;
        } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          },
        (FixedThreshold | LearnedThreshold) & {
          /**
           * Name of the criterion.
           */
          name: string;
          /**
           * Namespace of the metric.
           */
          metricNamespace?: string;
          /**
           * Name of the metric.
           */
          metricName: string;
          /**
           * How the values of the window are combined.
           */
          timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
          /**
           * How it is compared. GreaterOrLessThan is for dynamic thresholds.
           */
          operator:
            "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
          /**
           * Fixed threshold; give either this or dynamic.
           */
          threshold?: number;
          /**
           * Threshold that Azure learns from history.
           */
          dynamic?: {
            /**
             * How narrow the learned range is.
             */
            sensitivity: "Low" | "Medium" | "High";
            /**
             * Periods that are looked at.
             */
            evaluationPeriods?: number;
            /**
             * Periods outside of the range that count.
             */
            failingPeriods?: number;
          };
          /**
           * Parts of the metric that are watched.
           */
          dimensions?: {
            /**
             * Name of the dimension.
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
           * Accept a metric that does not exist yet, as of a resource just created.
           */
          skipMetricValidation?: boolean;
        } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          },
        (FixedThreshold | LearnedThreshold) & {
          /**
           * Name of the criterion.
           */
          name: string;
          /**
           * Namespace of the metric.
           */
          metricNamespace?: string;
          /**
           * Name of the metric.
           */
          metricName: string;
          /**
           * How the values of the window are combined.
           */
          timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
          /**
           * How it is compared. GreaterOrLessThan is for dynamic thresholds.
           */
          operator:
            "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
          /**
           * Fixed threshold; give either this or dynamic.
           */
          threshold?: number;
          /**
           * Threshold that Azure learns from history.
           */
          dynamic?: {
            /**
             * How narrow the learned range is.
             */
            sensitivity: "Low" | "Medium" | "High";
            /**
             * Periods that are looked at.
             */
            evaluationPeriods?: number;
            /**
             * Periods outside of the range that count.
             */
            failingPeriods?: number;
          };
          /**
           * Parts of the metric that are watched.
           */
          dimensions?: {
            /**
             * Name of the dimension.
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
           * Accept a metric that does not exist yet, as of a resource just created.
           */
          skipMetricValidation?: boolean;
        } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          },
        (FixedThreshold | LearnedThreshold) & {
          /**
           * Name of the criterion.
           */
          name: string;
          /**
           * Namespace of the metric.
           */
          metricNamespace?: string;
          /**
           * Name of the metric.
           */
          metricName: string;
          /**
           * How the values of the window are combined.
           */
          timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
          /**
           * How it is compared. GreaterOrLessThan is for dynamic thresholds.
           */
          operator:
            "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
          /**
           * Fixed threshold; give either this or dynamic.
           */
          threshold?: number;
          /**
           * Threshold that Azure learns from history.
           */
          dynamic?: {
            /**
             * How narrow the learned range is.
             */
            sensitivity: "Low" | "Medium" | "High";
            /**
             * Periods that are looked at.
             */
            evaluationPeriods?: number;
            /**
             * Periods outside of the range that count.
             */
            failingPeriods?: number;
          };
          /**
           * Parts of the metric that are watched.
           */
          dimensions?: {
            /**
             * Name of the dimension.
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
           * Accept a metric that does not exist yet, as of a resource just created.
           */
          skipMetricValidation?: boolean;
        } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          },
        (FixedThreshold | LearnedThreshold) & {
          /**
           * Name of the criterion.
           */
          name: string;
          /**
           * Namespace of the metric.
           */
          metricNamespace?: string;
          /**
           * Name of the metric.
           */
          metricName: string;
          /**
           * How the values of the window are combined.
           */
          timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
          /**
           * How it is compared. GreaterOrLessThan is for dynamic thresholds.
           */
          operator:
            "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
          /**
           * Fixed threshold; give either this or dynamic.
           */
          threshold?: number;
          /**
           * Threshold that Azure learns from history.
           */
          dynamic?: {
            /**
             * How narrow the learned range is.
             */
            sensitivity: "Low" | "Medium" | "High";
            /**
             * Periods that are looked at.
             */
            evaluationPeriods?: number;
            /**
             * Periods outside of the range that count.
             */
            failingPeriods?: number;
          };
          /**
           * Parts of the metric that are watched.
           */
          dimensions?: {
            /**
             * Name of the dimension.
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
           * Accept a metric that does not exist yet, as of a resource just created.
           */
          skipMetricValidation?: boolean;
        } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          } & (FixedThreshold | LearnedThreshold) & {
            /**
             * Name of the criterion.
             */
            name: string;
            /**
             * Namespace of the metric.
             */
            metricNamespace?: string;
            /**
             * Name of the metric.
             */
            metricName: string;
            /**
             * How the values of the window are combined.
             */
            timeAggregation: "Average" | "Count" | "Minimum" | "Maximum" | "Total";
            /**
             * How it is compared. GreaterOrLessThan is for dynamic thresholds.
             */
            operator:
              "Equals" | "GreaterThan" | "GreaterThanOrEqual" | "LessThan" | "LessThanOrEqual" | "GreaterOrLessThan";
            /**
             * Fixed threshold; give either this or dynamic.
             */
            threshold?: number;
            /**
             * Threshold that Azure learns from history.
             */
            dynamic?: {
              /**
               * How narrow the learned range is.
               */
              sensitivity: "Low" | "Medium" | "High";
              /**
               * Periods that are looked at.
               */
              evaluationPeriods?: number;
              /**
               * Periods outside of the range that count.
               */
              failingPeriods?: number;
            };
            /**
             * Parts of the metric that are watched.
             */
            dimensions?: {
              /**
               * Name of the dimension.
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
             * Accept a metric that does not exist yet, as of a resource just created.
             */
            skipMetricValidation?: boolean;
          }
      ];
  /**
   * Action groups to notify.
   */
  actionGroups?: string[];
}
export interface FixedThreshold {
  [k: string]: unknown | undefined;
}
export interface LearnedThreshold {
  [k: string]: unknown | undefined;
}
