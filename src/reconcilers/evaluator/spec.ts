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
   * What it measures.
   */
  description?: string;
  /**
   * What it is about.
   *
   * @minItems 1
   */
  categories?: ["quality" | "safety" | "agents", ...("quality" | "safety" | "agents")[]];
  /**
   * What is graded: single turns, whole conversations, or both.
   *
   * @minItems 1
   */
  levels?: ["turn" | "conversation", ...("turn" | "conversation")[]];
  /**
   * File beside the manifest with the prompt.
   */
  promptFile?: string;
  /**
   * What the judge is asked; {{response}} and other inputs are filled in. It has to ask for JSON with result and reason.
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
   * What it returns, by name.
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
           * Most value.
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
