// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * Compares model deployments and agents on the same items, to choose between them. Runs as one evaluation of a Foundry project with a run for each candidate; what is known is not asked again. It never blocks anything.
 */
export interface EvaluationSpec {
  /**
   * Project in which the evaluation runs.
   */
  project: string;
  /**
   * Candidates to compare, ten at most.
   *
   * @minItems 1
   */
  candidates: [
    {
      /**
       * Name of the candidate in reports.
       */
      name: string;
      /**
       * A model deployment, or
       */
      model?: string;
      /**
       * an agent, in the version that is declared.
       */
      agent?: string;
      /**
       * How a model deployment answers.
       */
      sampling?: {
        /**
         * Randomness of answers.
         */
        temperature?: number;
        /**
         * Share of likely words.
         */
        topP?: number;
        /**
         * Makes answers repeatable where the model can.
         */
        seed?: number;
        /**
         * Maximum length of an answer in tokens.
         */
        maxCompletionTokens?: number;
      };
    },
    ...{
      /**
       * Name of the candidate in reports.
       */
      name: string;
      /**
       * A model deployment, or
       */
      model?: string;
      /**
       * an agent, in the version that is declared.
       */
      agent?: string;
      /**
       * How a model deployment answers.
       */
      sampling?: {
        /**
         * Randomness of answers.
         */
        temperature?: number;
        /**
         * Share of likely words.
         */
        topP?: number;
        /**
         * Makes answers repeatable where the model can.
         */
        seed?: number;
        /**
         * Maximum length of an answer in tokens.
         */
        maxCompletionTokens?: number;
      };
    }[]
  ];
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
   * Answers per item. They are averaged: a repeat is not a further sample.
   */
  repeats?: number;
  /**
   * Model deployment that grades.
   */
  judge?: string;
  /**
   * Confidence of the intervals.
   */
  confidence?: number;
  /**
   * Metric that decides the order; the first one without it.
   */
  rankBy?: string;
  /**
   * Maximum time to wait for a run. A longer run continues in Foundry and is picked up by the next apply.
   */
  maxMinutes?: number;
  /**
   * How long results stay valid; by default without limit.
   */
  expiresAfterDays?: number;
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
      /**
       * Whether the share of items that pass counts, or the mean of the scores.
       */
      data?: "passFail" | "score";
      /**
       * Which scores are better.
       */
      direction?: "increase" | "decrease";
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
      /**
       * Whether the share of items that pass counts, or the mean of the scores.
       */
      data?: "passFail" | "score";
      /**
       * Which scores are better.
       */
      direction?: "increase" | "decrease";
    }[]
  ];
}
