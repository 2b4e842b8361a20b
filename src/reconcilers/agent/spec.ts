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
      /**
       * Retrieval from AI Search.
       */
      azure_ai_search?: {
        /**
         * Indexes, in order.
         */
        indexes?: {
          /**
           * Connection to the search service: one of this environment, or the name of any other.
           */
          project_connection_id?: string;
          /**
           * Index of this environment (kind Index), or the name of any other in the search service.
           */
          index_name?: string;
          [k: string]: unknown | undefined;
        }[];
        [k: string]: unknown | undefined;
      };
      /**
       * Grounding with web search.
       */
      bing_grounding?: {
        /**
         * Searches, in order.
         */
        search_configurations?: {
          /**
           * Connection to the search: one of this environment, or the name of any other.
           */
          project_connection_id?: string;
          [k: string]: unknown | undefined;
        }[];
        [k: string]: unknown | undefined;
      };
      [k: string]: unknown | undefined;
    }[];
    /**
     * Container of a hosted agent.
     */
    container_configuration?: {
      /**
       * Image with its digest, or a value that a ContainerImage produces.
       */
      image?:
        | string
        | {
            /**
             * Which output of which resource.
             */
            valueFrom: {
              /**
               * Kind of the resource.
               */
              kind: string;
              /**
               * Its metadata.name.
               */
              name: string;
              /**
               * Name of the output; `ingate explain KIND` lists them.
               */
              output: string;
            };
          };
      /**
       * Connection to the registry: one of this environment, or the name of any other.
       */
      registry_connection_id?: string;
      [k: string]: unknown | undefined;
    };
    /**
     * Cores of a hosted agent.
     */
    cpu?: string | number;
    /**
     * Memory of a hosted agent, such as 2Gi.
     */
    memory?: string;
    /**
     * Guardrails of the agent itself.
     */
    rai_config?: {
      /**
       * Guardrail policy: one of this environment, or the name of any other.
       */
      rai_policy_name?: string;
      [k: string]: unknown | undefined;
    };
    /**
     * Workflow of a workflow agent, as CSDL YAML.
     */
    workflow?: string;
    /**
     * File with the workflow, relative to this manifest.
     */
    workflowFile?: string;
    [k: string]: unknown | undefined;
  };
  /**
   * Metadata of each version, at most 12 entries.
   */
  metadata?: {
    [k: string]: string | undefined;
  };
}
