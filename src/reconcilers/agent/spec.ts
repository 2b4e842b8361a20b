// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * An agent of a Foundry project. Its definition is immutable in Azure: a change makes a new version, and going back to an earlier definition uses its version again.
 */
export interface AgentSpec {
  /**
   * Project that the agent lives in.
   */
  project: string;
  /**
   * What the agent is for.
   */
  description?: string;
  /**
   * File with the instructions, relative to this manifest.
   */
  instructionsFile?: string;
  /**
   * Instructions (system prompt), instead of those in definition.
   */
  instructions?: string;
  /**
   * Definition of the agent as Foundry or AgentSchema write it, in camelCase or snake_case.
   */
  definition: {
    /**
     * Kind of agent.
     */
    kind?: string;
    /**
     * Model deployment that answers: one of this environment, or the name of any other.
     */
    model?: {
      [k: string]: unknown | undefined;
    };
    /**
     * Instructions (system prompt).
     */
    instructions?: string;
    /**
     * Randomness, 0 to 2.
     */
    temperature?: number;
    /**
     * Share of probability that is sampled from.
     */
    top_p?: number;
    /**
     * Tools, in order.
     */
    tools?: {
      /**
       * Connection that the tool uses: one of this environment, or the name of any other.
       */
      project_connection_id?: string;
      [k: string]: unknown | undefined;
    }[];
    [k: string]: unknown | undefined;
  };
  /**
   * Metadata of each version, at most 12 entries.
   */
  metadata?: {
    [k: string]: string | undefined;
  };
}
