// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * Trains a model with your own examples, once per content: the same files and parameters are never trained twice. A ModelDeployment takes its output `fineTunedModel`.
 */
export type FineTuningJobSpec = {
  /**
   * Project in which the job runs.
   */
  project: string;
  /**
   * Model to start from, such as gpt-4.1-mini or gpt-4.1-mini-2025-04-14.
   */
  model: string;
  /**
   * JSON Lines file beside the manifest; each line is an example.
   */
  trainingFile?: string;
  /**
   * The examples as JSON Lines, instead of trainingFile.
   */
  training?: string;
  /**
   * JSON Lines file with examples that the result is measured with.
   */
  validationFile?: string;
  /**
   * These examples as JSON Lines, instead of validationFile.
   */
  validation?: string;
  /**
   * How it is trained.
   */
  method?: "supervised" | "dpo";
  /**
   * Parameters of the training; Azure chooses what is not named.
   */
  hyperparameters?: {
    /**
     * How often all examples are gone through.
     */
    epochs?: number;
    /**
     * Examples per step.
     */
    batchSize?: number;
    /**
     * Factor on the usual learning rate.
     */
    learningRateMultiplier?: number;
    /**
     * dpo: how much it may move away from the base model.
     */
    beta?: number;
  };
  /**
   * End of the name of the model that comes out.
   */
  suffix?: string;
  /**
   * Makes trainings with the same content comparable.
   */
  seed?: number;
  /**
   * Where it is trained; Developer is cheap and may be interrupted.
   */
  trainingType?: "Standard" | "GlobalStandard" | "Developer";
  /**
   * A failed or cancelled job is not restarted automatically. Change this number to start it again.
   */
  attempt?: number;
  /**
   * How long an apply waits for the job. The job continues in Foundry, and a later apply finds it.
   */
  maxMinutes?: number;
} & {
  [k: string]: unknown | undefined;
};
