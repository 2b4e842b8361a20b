// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * An evaluator of a Foundry project's own: a prompt for a judge, or Python code. Versions are immutable; another definition makes another version, and going back to an earlier one reuses its version. Graders name it.
 */
export interface EvaluatorSpec {
  /**
   * Project that holds it.
   */
  project: string;
  /**
   * Name that people see.
   */
  displayName?: string;
  /**
   * Purpose of the evaluator.
   */
  description?: string;
  /**
   * Category of the evaluator.
   *
   * @minItems 1
   */
  categories?: ["quality" | "safety" | "agents", ...("quality" | "safety" | "agents")[]];
  /**
   * Level that is graded: single turns, whole conversations, or both.
   *
   * @minItems 1
   */
  levels?: ["turn" | "conversation", ...("turn" | "conversation")[]];
  /**
   * File beside the manifest with the prompt.
   */
  promptFile?: string;
  /**
   * Prompt for the judge; {{response}} and other inputs are filled in. It must ask for JSON with result and reason.
   */
  prompt?: string;
  /**
   * Python file beside the manifest.
   */
  codeFile?: string;
  /**
   * Python with a function grade(sample, item) that returns a number, instead of a prompt.
   */
  code?: string;
  /**
   * JSON Schema of the inputs; for a prompt without it: the names in double braces, as text.
   */
  inputs?: {
    [k: string]: unknown | undefined;
  };
  /**
   * JSON Schema of the initialization parameters; without it: the judge's deployment and a threshold.
   */
  parameters?: {
    [k: string]: unknown | undefined;
  };
  /**
   * Returned metrics, by name.
   */
  metrics: {
    [k: string]:
      | {
          /**
           * Whole steps, any number, or yes and no.
           */
          type: "ordinal" | "continuous" | "boolean";
          /**
           * Which values are better.
           */
          direction?: "increase" | "decrease" | "neutral";
          /**
           * Least value.
           */
          min?: number;
          /**
           * Maximum value.
           */
          max?: number;
          /**
           * Value from which an answer passes.
           */
          threshold?: number;
          /**
           * It is the one that counts.
           */
          primary?: boolean;
        }
      | undefined;
  };
}
