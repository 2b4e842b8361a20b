// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * Evaluates an agent or a model deployment again and again on the same items, through a schedule of a Foundry project. The project's identity needs the role Foundry User on the project.
 */
export interface EvaluationScheduleSpec {
  /**
   * Project in which the evaluation runs.
   */
  project: string;
  /**
   * An agent, in the version that serves when the evaluation runs, or
   */
  agent?: string;
  /**
   * a model deployment.
   */
  model?: string;
  /**
   * Name that people see.
   */
  displayName?: string;
  /**
   * Purpose of the evaluation.
   */
  description?: string;
  /**
   * Whether it runs.
   */
  enabled?: boolean;
  /**
   * When it runs: cron or recurrence, one of the two.
   */
  trigger: {
    /**
     * Five fields: minute, hour, day of the month, month, day of the week.
     */
    cron?: string;
    /**
     * Every so many hours, days, weeks or months.
     */
    recurrence?: {
      /**
       * Unit of the interval.
       */
      unit: "Hourly" | "Daily" | "Weekly" | "Monthly";
      /**
       * Every so many of them.
       */
      interval?: number;
      /**
       * Hours of the day, for Daily.
       *
       * @minItems 1
       */
      hours?: [number, ...number[]];
      /**
       * Days, for Weekly.
       *
       * @minItems 1
       */
      daysOfWeek?: [
        "Sunday" | "Monday" | "Tuesday" | "Wednesday" | "Thursday" | "Friday" | "Saturday",
        ...("Sunday" | "Monday" | "Tuesday" | "Wednesday" | "Thursday" | "Friday" | "Saturday")[]
      ];
      /**
       * Days, for Monthly.
       *
       * @minItems 1
       */
      daysOfMonth?: [number, ...number[]];
    };
    /**
     * Time zone of the trigger.
     */
    timeZone?: string;
    /**
     * Not before; ISO 8601.
     */
    startTime?: string;
    /**
     * Not after; ISO 8601.
     */
    endTime?: string;
  };
  /**
   * JSON Lines file beside the manifest; each line is an item.
   */
  datasetFile?: string;
  /**
   * The items as JSON Lines, instead of datasetFile.
   */
  dataset?: string;
  /**
   * Member that identifies items.
   */
  idField?: string;
  /**
   * Input sent for each item; {{item.x}} is its member x.
   */
  input?: string;
  /**
   * Model deployment that grades.
   */
  judge?: string;
  /**
   * Metrics to grade, item by item.
   *
   * @minItems 1
   */
  metrics: [
    {
      /**
       * Name of the metric.
       */
      name: string;
      /**
       * How an answer is graded, in Foundry.
       */
      grader: {
        /**
         * `evaluator`: one of Foundry's or an Evaluator; `scoreModel`: the judge gives a score; `labelModel`: the judge gives a label; `textSimilarity` and `stringCheck` compare with a reference.
         */
        type: "evaluator" | "scoreModel" | "labelModel" | "textSimilarity" | "stringCheck";
        /**
         * An Evaluator of this environment, or a name that Foundry knows such as builtin.task_adherence.
         */
        evaluator?: string;
        /**
         * Version of the evaluator. Without it: the version that the Evaluator stands for, else the latest.
         */
        version?: string;
        /**
         * Inputs of the evaluator; response is mapped without it, and query, ground_truth and context where items have them.
         */
        mapping?: {
          [k: string]: string | undefined;
        };
        /**
         * Score from which an answer passes, where the grader takes one.
         */
        threshold?: number;
        /**
         * Prompt for the judge; {{item.x}} and {{sample.output_text}} are filled in.
         */
        prompt?: string;
        /**
         * Minimum and maximum score that the judge may give.
         *
         * @minItems 2
         * @maxItems 2
         */
        range?: [number, number];
        /**
         * Labels that the judge chooses from.
         *
         * @minItems 2
         */
        labels?: [string, string, ...string[]];
        /**
         * Labels that pass.
         *
         * @minItems 1
         */
        passing?: [string, ...string[]];
        /**
         * How texts are compared; fuzzy_match without it.
         */
        measure?:
          | "fuzzy_match"
          | "bleu"
          | "gleu"
          | "meteor"
          | "cosine"
          | "rouge_1"
          | "rouge_2"
          | "rouge_3"
          | "rouge_4"
          | "rouge_5"
          | "rouge_l";
        /**
         * How a text is checked: eq (default), ne, like (contains), ilike (contains, in any case).
         */
        operation?: "eq" | "ne" | "like" | "ilike";
        /**
         * Text that the answer is compared with, such as {{item.ground_truth}}; stringCheck without it: the empty text.
         */
        reference?: string;
      };
    },
    ...{
      /**
       * Name of the metric.
       */
      name: string;
      /**
       * How an answer is graded, in Foundry.
       */
      grader: {
        /**
         * `evaluator`: one of Foundry's or an Evaluator; `scoreModel`: the judge gives a score; `labelModel`: the judge gives a label; `textSimilarity` and `stringCheck` compare with a reference.
         */
        type: "evaluator" | "scoreModel" | "labelModel" | "textSimilarity" | "stringCheck";
        /**
         * An Evaluator of this environment, or a name that Foundry knows such as builtin.task_adherence.
         */
        evaluator?: string;
        /**
         * Version of the evaluator. Without it: the version that the Evaluator stands for, else the latest.
         */
        version?: string;
        /**
         * Inputs of the evaluator; response is mapped without it, and query, ground_truth and context where items have them.
         */
        mapping?: {
          [k: string]: string | undefined;
        };
        /**
         * Score from which an answer passes, where the grader takes one.
         */
        threshold?: number;
        /**
         * Prompt for the judge; {{item.x}} and {{sample.output_text}} are filled in.
         */
        prompt?: string;
        /**
         * Minimum and maximum score that the judge may give.
         *
         * @minItems 2
         * @maxItems 2
         */
        range?: [number, number];
        /**
         * Labels that the judge chooses from.
         *
         * @minItems 2
         */
        labels?: [string, string, ...string[]];
        /**
         * Labels that pass.
         *
         * @minItems 1
         */
        passing?: [string, ...string[]];
        /**
         * How texts are compared; fuzzy_match without it.
         */
        measure?:
          | "fuzzy_match"
          | "bleu"
          | "gleu"
          | "meteor"
          | "cosine"
          | "rouge_1"
          | "rouge_2"
          | "rouge_3"
          | "rouge_4"
          | "rouge_5"
          | "rouge_l";
        /**
         * How a text is checked: eq (default), ne, like (contains), ilike (contains, in any case).
         */
        operation?: "eq" | "ne" | "like" | "ilike";
        /**
         * Text that the answer is compared with, such as {{item.ground_truth}}; stringCheck without it: the empty text.
         */
        reference?: string;
      };
    }[]
  ];
}
