/**
 * Scripted reply of a model or an agent when all given conditions match. Phrases are looked for in any casing. The first
 * reply that fits answers.
 */
export interface ScriptedReply {
  /** Name of the model deployment. */
  readonly deployment?: string;
  /** Name of the agent. */
  readonly agent?: string;
  /** Phrases that all occur in the instructions; for hosted agents in their image and environment variables. */
  readonly instructions?: readonly string[];
  /** Phrases that all occur in the last message of the user. */
  readonly input?: readonly string[];
  /** `{input}` stands for the last message of the user, `{answer}` for what would be answered without this reply. */
  readonly reply: string;
}

/** A real OpenAI-compatible endpoint, asked by `POST {url}/chat/completions`. */
export interface ModelEndpoint {
  readonly url: string;
  readonly apiKey?: string;
  /** Sent instead of the name of the deployment's model. */
  readonly model?: string;
}

/** Answers of models and agents. */
export interface ModelSettings {
  readonly replies: readonly ScriptedReply[];
  /**
   * Absent: nothing leaves the process. Default: INGATE_LOCAL_MODEL_URL, with INGATE_LOCAL_MODEL_KEY and
   * INGATE_LOCAL_MODEL_NAME.
   */
  readonly endpoint?: ModelEndpoint;
}
