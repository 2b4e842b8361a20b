// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * Must pass before the resource it guards serves: a new version of an agent is evaluated without traffic, a model deployment before agents use it. Runs as an evaluation of a Foundry project; the verdict is stored with the content that it applies to.
 */
export interface EvaluationGateSpec {
  /**
   * Project in which the evaluation runs.
   */
  project: string;
  /**
   * Resource to evaluate and guard: one of the four.
   */
  target: {
    /**
     * An agent. Its new version is made without traffic, and serves when all gates have passed.
     */
    agent?: string;
    /**
     * A model deployment. Resources that use it wait until all gates have passed.
     */
    model?: string;
    /**
     * A container app that is asked over HTTP, see `request`. With a rollout its candidate is tried before it gets traffic; without one, resources that use the app wait.
     */
    containerApp?: string;
    /**
     * A model deployment with a SKU for batches, which gets all items in one managed batch per repeat. Resources that use it wait until all gates have passed. Set maxMinutes to how long a batch may take.
     */
    batch?: string;
  };
  /**
   * How a container app is asked for each item.
   */
  request?: {
    /**
     * Path and query.
     */
    path: string;
    /**
     * HTTP method.
     */
    method?: "GET" | "POST";
    /**
     * Sent as JSON; {{item.x}} in its texts is the item's member x.
     */
    body?: {
      [k: string]: unknown | undefined;
    };
    /**
     * JSONPath of the answer in the response, such as $.answer; by default the whole response.
     */
    answer?: string;
    /**
     * Maximum time for an answer. A later answer, or any status other than 2xx, counts as no answer and gets the worst grade.
     */
    withinSeconds?: number;
  };
  /**
   * Maximum number of tokens that answers may take; more ends the evaluation without a verdict.
   */
  maxTokens?: number;
  /**
   * Maximum number of requests that the gate may send; a gate that needs more is refused before anything is sent.
   */
  maxRequests?: number;
  /**
   * Baseline of regressions: the version that serves now, or none.
   */
  baseline?: "deployed" | "none";
  /**
   * Result of a regression check while no version serves yet.
   */
  onMissingBaseline?: "skip" | "inconclusive" | "fail";
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
   * Member that groups items, such as by conversation; items of a group do not count as independent samples.
   */
  clusterField?: string;
  /**
   * Members by which results are also shown.
   */
  slices?: string[];
  /**
   * Input sent for each item; {{item.x}} is its member x.
   */
  input?: string;
  /**
   * Answers per item. They are averaged: a repeat is not a further sample.
   */
  repeats?: number;
  /**
   * Fewer items than this are inconclusive.
   */
  minItems?: number;
  /**
   * Share of items that may stay without a grade.
   */
  maxErroredItems?: number;
  /**
   * Maximum time for a run; beyond it the verdict is inconclusive.
   */
  maxMinutes?: number;
  /**
   * Model deployment that grades. Its version must be pinned (NoAutoUpgrade).
   */
  judge?: string;
  /**
   * Name of the judge's model. Another one in Azure is refused before anything is asked.
   */
  judgeModel?: string;
  /**
   * Version of the judge's model. Another one in Azure is refused before anything is asked.
   */
  judgeVersion?: string;
  /**
   * Refuse a judge that would grade answers of its own deployment or model, because models rate their own answers too high. The models behind hosted agents and apps are not known.
   */
  forbidSameModelAsTarget?: boolean;
  /**
   * Probability that a check passes falsely, one-sided.
   */
  alpha?: number;
  /**
   * How long a verdict counts.
   */
  expiresAfterDays?: number;
  /**
   * Quality: each metric is graded item by item.
   */
  metrics: {
    /**
     * Name of the metric.
     */
    name: string;
    /**
     * How an answer is graded.
     */
    grader: {
      /**
       * `evaluator`: one of Foundry's or of the project; `scoreModel`: the judge gives a score; the others need no model.
       */
      type:
        | "evaluator"
        | "scoreModel"
        | "exactMatch"
        | "f1"
        | "contains"
        | "startsWith"
        | "fuzzy"
        | "rougeL"
        | "bleu"
        | "gleu"
        | "cosine"
        | "regex"
        | "json"
        | "jsonSchema"
        | "jsonPath"
        | "refusal"
        | "wordCount"
        | "latency"
        | "tokens"
        | "cost"
        | "toolCallF1"
        | "toolSequence"
        | "toolArgsMatch"
        | "stepCount";
      /**
       * An Evaluator of this environment, or a name that Foundry knows such as builtin.task_adherence.
       */
      evaluator?: string;
      /**
       * Version of the evaluator.
       */
      version?: string;
      /**
       * Inputs of the evaluator; query, response and ground_truth are mapped without it where items have them.
       */
      mapping?: {
        [k: string]: string | undefined;
      };
      /**
       * Score from which an item passes, where the evaluator takes one.
       */
      threshold?: number;
      /**
       * Prompt for the judge; {{item.x}} and {{sample.output_text}} are filled in.
       */
      prompt?: string;
      /**
       * Least and greatest score of a metric that is judged by scores or a quantile. A score outside of them is none; no answer counts as the worse of them.
       *
       * @minItems 2
       * @maxItems 2
       */
      range?: [number, number];
      /**
       * Text that the answer is compared with, such as {{item.ground_truth}}.
       */
      reference?: string;
      /**
       * Texts that the answer must contain, all of them.
       */
      values?: string[];
      /**
       * Regular expression (RE2). regex: must be found in the answer; jsonPath: in the value; refusal: additional phrases that count as a refusal.
       */
      pattern?: string;
      /**
       * jsonSchema: JSON Schema (2020-12, without format and references to other documents) that the answer has to fit.
       */
      schema?: {
        [k: string]: unknown | undefined;
      };
      /**
       * jsonPath: place in an answer that is JSON, such as $.order.items[0].sku.
       */
      path?: string;
      /**
       * jsonPath: value that is expected there; {{item.x}} in a text is the item's member x.
       */
      equals?: string | number | boolean;
      /**
       * Pass what would fail, and the other way round: nothing like this may be in the answer.
       */
      negate?: boolean;
      /**
       * Maximum number of words, milliseconds, tokens, steps, or money, that pass.
       */
      most?: number;
      /**
       * cost: price of a million tokens that go in.
       */
      inputPrice?: number;
      /**
       * cost: price of a million tokens that come out.
       */
      outputPrice?: number;
      /**
       * Least score that passes.
       */
      passAt?: number;
      /**
       * Capital and small letters are the same.
       */
      ignoreCase?: boolean;
    };
    /**
     * Whether the share of items that pass counts, the mean of the scores, or a quantile of them, such as the latency that 95 % of answers keep.
     */
    data?: "passFail" | "score" | "quantile";
    /**
     * Which quantile counts.
     */
    quantile?: number;
    /**
     * Which scores are better.
     */
    direction?: "increase" | "decrease";
    /**
     * Blocking metrics decide, advisory ones are reported.
     */
    tier?: "blocking" | "advisory";
    /**
     * Least pass rate (0 to 1), mean score or quantile.
     */
    atLeast?: number;
    /**
     * Maximum mean score or quantile, where lower is better.
     */
    atMost?: number;
    /**
     * Value that must reach the limit: the confidence bound, or only the estimate, which is right only by chance near the limit.
     */
    evidence?: "bound" | "point";
    /**
     * Maximum amount by which the candidate may be worse than the baseline: in pass rate (0 to 1), mean score or quantile.
     */
    maxDrop?: number;
    /**
     * Instead of maxDrop, for scores and quantiles of which more is better: maximum amount by which the candidate may be lower, in percent of the baseline.
     */
    maxDropPercent?: number;
    /**
     * Instead of maxDrop, for scores and quantiles of which less is better: maximum amount by which the candidate may be higher, in percent of the baseline.
     */
    maxIncreasePercent?: number;
    /**
     * Limits for parts of the items, such as each language. Each is a separate check on those items only; too few of them are inconclusive.
     *
     * @minItems 1
     */
    slices?: [
      {
        /**
         * Member of the items whose values make the parts.
         */
        field: string;
        /**
         * Values that are checked; each has to occur. Without it every value that occurs is checked, and items without the member as one part.
         *
         * @minItems 1
         */
        values?: [string, ...string[]];
        /**
         * Fewer items of a part than this are inconclusive.
         */
        minItems?: number;
        /**
         * Least pass rate (0 to 1), mean score or quantile of a part.
         */
        atLeast?: number;
        /**
         * Maximum mean score or quantile of a part, where lower is better.
         */
        atMost?: number;
        /**
         * Value that must reach the limit: the confidence bound, or only the estimate.
         */
        evidence?: "bound" | "point";
        /**
         * Maximum amount by which the candidate may be worse than the baseline on a part.
         */
        maxDrop?: number;
      },
      ...{
        /**
         * Member of the items whose values make the parts.
         */
        field: string;
        /**
         * Values that are checked; each has to occur. Without it every value that occurs is checked, and items without the member as one part.
         *
         * @minItems 1
         */
        values?: [string, ...string[]];
        /**
         * Fewer items of a part than this are inconclusive.
         */
        minItems?: number;
        /**
         * Least pass rate (0 to 1), mean score or quantile of a part.
         */
        atLeast?: number;
        /**
         * Maximum mean score or quantile of a part, where lower is better.
         */
        atMost?: number;
        /**
         * Value that must reach the limit: the confidence bound, or only the estimate.
         */
        evidence?: "bound" | "point";
        /**
         * Maximum amount by which the candidate may be worse than the baseline on a part.
         */
        maxDrop?: number;
      }[]
    ];
  }[];
  /**
   * Defects, judged by an exact bound on their rate.
   */
  safety?: {
    /**
     * Name of the check.
     */
    name: string;
    /**
     * How an answer is graded.
     */
    grader: {
      /**
       * `evaluator`: one of Foundry's or of the project; `scoreModel`: the judge gives a score; the others need no model.
       */
      type:
        | "evaluator"
        | "scoreModel"
        | "exactMatch"
        | "f1"
        | "contains"
        | "startsWith"
        | "fuzzy"
        | "rougeL"
        | "bleu"
        | "gleu"
        | "cosine"
        | "regex"
        | "json"
        | "jsonSchema"
        | "jsonPath"
        | "refusal"
        | "wordCount"
        | "latency"
        | "tokens"
        | "cost"
        | "toolCallF1"
        | "toolSequence"
        | "toolArgsMatch"
        | "stepCount";
      /**
       * An Evaluator of this environment, or a name that Foundry knows such as builtin.task_adherence.
       */
      evaluator?: string;
      /**
       * Version of the evaluator.
       */
      version?: string;
      /**
       * Inputs of the evaluator; query, response and ground_truth are mapped without it where items have them.
       */
      mapping?: {
        [k: string]: string | undefined;
      };
      /**
       * Score from which an item passes, where the evaluator takes one.
       */
      threshold?: number;
      /**
       * Prompt for the judge; {{item.x}} and {{sample.output_text}} are filled in.
       */
      prompt?: string;
      /**
       * Least and greatest score of a metric that is judged by scores or a quantile. A score outside of them is none; no answer counts as the worse of them.
       *
       * @minItems 2
       * @maxItems 2
       */
      range?: [number, number];
      /**
       * Text that the answer is compared with, such as {{item.ground_truth}}.
       */
      reference?: string;
      /**
       * Texts that the answer must contain, all of them.
       */
      values?: string[];
      /**
       * Regular expression (RE2). regex: must be found in the answer; jsonPath: in the value; refusal: additional phrases that count as a refusal.
       */
      pattern?: string;
      /**
       * jsonSchema: JSON Schema (2020-12, without format and references to other documents) that the answer has to fit.
       */
      schema?: {
        [k: string]: unknown | undefined;
      };
      /**
       * jsonPath: place in an answer that is JSON, such as $.order.items[0].sku.
       */
      path?: string;
      /**
       * jsonPath: value that is expected there; {{item.x}} in a text is the item's member x.
       */
      equals?: string | number | boolean;
      /**
       * Pass what would fail, and the other way round: nothing like this may be in the answer.
       */
      negate?: boolean;
      /**
       * Maximum number of words, milliseconds, tokens, steps, or money, that pass.
       */
      most?: number;
      /**
       * cost: price of a million tokens that go in.
       */
      inputPrice?: number;
      /**
       * cost: price of a million tokens that come out.
       */
      outputPrice?: number;
      /**
       * Least score that passes.
       */
      passAt?: number;
      /**
       * Capital and small letters are the same.
       */
      ignoreCase?: boolean;
    };
    /**
     * Maximum share of items with a defect.
     */
    maxDefectRate: number;
    /**
     * Value that must stay below the limit: the exact bound, or only the estimate.
     */
    evidence?: "bound" | "point";
    /**
     * Values of the items' `tags`: a single defect in such an item fails the gate.
     */
    neverFail?: string[];
  }[];
  /**
   * Attacks the candidate with Foundry's red-teaming agent; too many attacks that succeed fail the gate. Attacks reach the tools of an agent.
   */
  redTeam?: {
    /**
     * Risk categories of the attacks.
     *
     * @minItems 1
     */
    riskCategories: [
      (
        | "HateUnfairness"
        | "Violence"
        | "Sexual"
        | "SelfHarm"
        | "ProtectedMaterial"
        | "CodeVulnerability"
        | "UngroundedAttributes"
        | "ProhibitedActions"
        | "SensitiveDataLeakage"
        | "TaskAdherence"
      ),
      ...(
        | "HateUnfairness"
        | "Violence"
        | "Sexual"
        | "SelfHarm"
        | "ProtectedMaterial"
        | "CodeVulnerability"
        | "UngroundedAttributes"
        | "ProhibitedActions"
        | "SensitiveDataLeakage"
        | "TaskAdherence"
      )[]
    ];
    /**
     * How attacks are disguised; baseline sends them as they are.
     *
     * @minItems 1
     */
    strategies?: [
      (
        | "easy"
        | "moderate"
        | "difficult"
        | "ascii_art"
        | "ascii_smuggler"
        | "atbash"
        | "base64"
        | "binary"
        | "caesar"
        | "character_space"
        | "jailbreak"
        | "ansi_attack"
        | "character_swap"
        | "suffix_append"
        | "string_join"
        | "unicode_confusable"
        | "unicode_substitution"
        | "diacritic"
        | "flip"
        | "leetspeak"
        | "rot13"
        | "morse"
        | "url"
        | "baseline"
        | "indirect_jailbreak"
        | "tense"
        | "multi_turn"
        | "crescendo"
      ),
      ...(
        | "easy"
        | "moderate"
        | "difficult"
        | "ascii_art"
        | "ascii_smuggler"
        | "atbash"
        | "base64"
        | "binary"
        | "caesar"
        | "character_space"
        | "jailbreak"
        | "ansi_attack"
        | "character_swap"
        | "suffix_append"
        | "string_join"
        | "unicode_confusable"
        | "unicode_substitution"
        | "diacritic"
        | "flip"
        | "leetspeak"
        | "rot13"
        | "morse"
        | "url"
        | "baseline"
        | "indirect_jailbreak"
        | "tense"
        | "multi_turn"
        | "crescendo"
      )[]
    ];
    /**
     * Maximum number of turns of a multi-turn attack.
     */
    turns?: number;
    /**
     * Maximum attack success rate; the exact upper bound must be within it.
     */
    maxSuccessRate: number;
  };
}
