/** How long things take, in milliseconds of the clock. */
export interface Timing {
  /** Long-running operations. 0 makes every write end at once. Default 150. */
  readonly operationMs: number;
  /** Added to every request. Default 0. */
  readonly latencyMs: number;
  /** How long the principal of a new identity is unknown to role assignments that name no principalType. Default 0. */
  readonly principalPropagationMs: number;
  /** From the creation of a role assignment until it counts. Default 0. */
  readonly rolePropagationMs: number;
  /** From `register` until a resource provider is Registered. Default 150. */
  readonly registrationMs: number;
  /** From the creation of a revision until it is healthy. Default 150. */
  readonly revisionMs: number;
  /** From the end of a minute until Azure Monitor returns its metrics. Default 0: requests count at once. */
  readonly metricsIngestionMs: number;
  /** From the creation of a hosted agent version until it is active. Default 150. */
  readonly agentVersionMs: number;
  /** Evaluation runs, the first quarter of it queued. Default 150. */
  readonly evaluationRunMs: number;
  /**
   * Batches, fine-tuning, insights, red teams and other jobs of a Foundry project; executions of container app jobs.
   * Default 150.
   */
  readonly jobMs: number;
  /** Seconds to send as Retry-After while an operation runs. Absent by default, so that clients poll at their own pace. */
  readonly retryAfterSeconds?: number;
  /** The same more exactly, as x-ms-retry-after-ms, for clients that know it. Absent by default. */
  readonly retryAfterMs?: number;
}

/** Everything takes long enough to be seen, and no longer. */
export const DEFAULT_TIMING: Timing = {
  operationMs: 150,
  latencyMs: 0,
  principalPropagationMs: 0,
  rolePropagationMs: 0,
  registrationMs: 150,
  revisionMs: 150,
  metricsIngestionMs: 0,
  agentVersionMs: 150,
  evaluationRunMs: 150,
  jobMs: 150,
};
