// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * Evaluates a share of what an agent really answers, all the time. The project's identity needs the role Foundry User on the project.
 */
export interface ContinuousEvaluationSpec {
  /**
   * Project of the agent.
   */
  project: string;
  /**
   * Agent whose answers are evaluated.
   */
  agent: string;
  /**
   * Name that people see.
   */
  displayName?: string;
  /**
   * Purpose of the evaluation.
   */
  description?: string;
  /**
   * Whether answers are evaluated.
   */
  enabled?: boolean;
  /**
   * Percent of the answers that are evaluated.
   */
  samplingRate?: number;
  /**
   * Maximum number of evaluations per hour.
   */
  maxHourlyRuns?: number;
  /**
   * Model deployment that grades, for evaluators that need one: one of this environment, or the name of any other.
   */
  judge?: string;
  /**
   * Metrics to measure.
   *
   * @minItems 1
   */
  evaluators: [
    {
      /**
       * Name of the measure in reports.
       */
      name: string;
      /**
       * An Evaluator of this environment, or a name that Foundry knows such as builtin.task_adherence.
       */
      evaluator: string;
      /**
       * Version of the evaluator; the latest without it.
       */
      version?: string;
      /**
       * Score from which an answer passes; the evaluator's own without it.
       */
      threshold?: number;
    },
    ...{
      /**
       * Name of the measure in reports.
       */
      name: string;
      /**
       * An Evaluator of this environment, or a name that Foundry knows such as builtin.task_adherence.
       */
      evaluator: string;
      /**
       * Version of the evaluator; the latest without it.
       */
      version?: string;
      /**
       * Score from which an answer passes; the evaluator's own without it.
       */
      threshold?: number;
    }[]
  ];
}
