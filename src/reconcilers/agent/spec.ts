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
   * Purpose of the agent.
   */
  description?: string;
  /**
   * How a change of what runs reaches the users. Without it a new revision replaces the old one.
   */
  rollout?: {
    /**
     * blueGreen tests the candidate without traffic and then moves all of it; canary moves it in steps.
     */
    strategy: "recreate" | "blueGreen" | "canary";
    /**
     * Steps of a canary, one after the other; then all traffic moves.
     *
     * @minItems 1
     */
    steps?: [
      {
        /**
         * Percent of the traffic for the candidate.
         */
        setWeight?: number;
        /**
         * Waits; without a duration until `ingate rollout promote` or `approvedCandidate`.
         */
        pause?: {
          /**
           * How long.
           */
          duration?: string;
        };
        /**
         * Measures the candidate; an analysis below.
         */
        analysis?: string;
      },
      ...{
        /**
         * Percent of the traffic for the candidate.
         */
        setWeight?: number;
        /**
         * Waits; without a duration until `ingate rollout promote` or `approvedCandidate`.
         */
        pause?: {
          /**
           * How long.
           */
          duration?: string;
        };
        /**
         * Measures the candidate; an analysis below.
         */
        analysis?: string;
      }[]
    ];
    /**
     * blueGreen: moves the traffic when all tests have passed, without waiting for `ingate rollout promote`.
     */
    autoPromote?: boolean;
    /**
     * Hash of a candidate that is promoted without waiting: a promotion by pull request.
     */
    approvedCandidate?: string;
    /**
     * Requests that the candidate must answer correctly before it gets any traffic.
     */
    smokeTests?: {
      /**
       * HTTP method.
       */
      method?: "GET" | "POST" | "PUT" | "DELETE" | "HEAD";
      /**
       * Path and query.
       */
      path: string;
      /**
       * Sent as JSON.
       */
      body?: {
        [k: string]: unknown | undefined;
      };
      /**
       * Status that is expected.
       */
      status?: number;
      /**
       * Place in the answer, such as $.answer or $.items[0].id, that must be there.
       */
      jsonPath?: string;
      /**
       * Regular expression (RE2) that the value at jsonPath, or the whole answer, must match.
       */
      matches?: string;
      /**
       * Maximum time for an answer.
       */
      within?: string;
      /**
       * How often it is tried before it counts as failed.
       */
      attempts?: number;
    }[];
    /**
     * Measurements that steps and the time after the promotion name.
     */
    analysis?: {
      /**
       * Name that steps use.
       */
      name: string;
      /**
       * How long is measured.
       */
      window?: string;
      /**
       * How late measurements may arrive; what is newer is not read.
       */
      initialDelay?: string;
      /**
       * Minimum number of requests to the candidate; fewer are inconclusive.
       */
      minRequests?: number;
      /**
       * How many more windows to wait for enough data; after that a person must decide.
       */
      inconclusiveLimit?: number;
      /**
       * All metrics must be within their limits.
       *
       * @minItems 1
       */
      metrics: [
        {
          /**
           * Name of the metric in reports.
           */
          name: string;
          /**
           * Where it comes from: platform metrics of the app, or a query over a Log Analytics workspace.
           */
          source: "azureMonitor" | "logAnalytics";
          /**
           * Metric of Microsoft.App/containerApps, such as Requests, ResponseTime or RestartCount.
           */
          metric?: string;
          /**
           * How the values of a minute are put together.
           */
          aggregation?: "Total" | "Average" | "Maximum";
          /**
           * Status codes or classes such as 5xx: measured is their share of all requests, 0 to 1.
           *
           * @minItems 1
           */
          bad?: [string, ...string[]];
          /**
           * Workspace that is asked.
           */
          workspace?: string;
          /**
           * KQL whose first row has the value in its first column. {revision}, {from} and {to} are replaced.
           */
          query?: string;
          /**
           * File beside the manifest with the query.
           */
          queryFile?: string;
          /**
           * More than this is a failure.
           */
          atMost?: number;
          /**
           * Less than this is a failure.
           */
          atLeast?: number;
          /**
           * Maximum amount by which the candidate's value may exceed the stable revision's in the same period.
           */
          maxIncrease?: number;
        },
        ...{
          /**
           * Name of the metric in reports.
           */
          name: string;
          /**
           * Where it comes from: platform metrics of the app, or a query over a Log Analytics workspace.
           */
          source: "azureMonitor" | "logAnalytics";
          /**
           * Metric of Microsoft.App/containerApps, such as Requests, ResponseTime or RestartCount.
           */
          metric?: string;
          /**
           * How the values of a minute are put together.
           */
          aggregation?: "Total" | "Average" | "Maximum";
          /**
           * Status codes or classes such as 5xx: measured is their share of all requests, 0 to 1.
           *
           * @minItems 1
           */
          bad?: [string, ...string[]];
          /**
           * Workspace that is asked.
           */
          workspace?: string;
          /**
           * KQL whose first row has the value in its first column. {revision}, {from} and {to} are replaced.
           */
          query?: string;
          /**
           * File beside the manifest with the query.
           */
          queryFile?: string;
          /**
           * More than this is a failure.
           */
          atMost?: number;
          /**
           * Less than this is a failure.
           */
          atLeast?: number;
          /**
           * Maximum amount by which the candidate's value may exceed the stable revision's in the same period.
           */
          maxIncrease?: number;
        }[]
      ];
    }[];
    /**
     * Analysis of the time after all traffic has moved; when it fails, the traffic goes back.
     */
    postPromotion?: string;
    /**
     * Maximum time until the candidate is healthy.
     */
    progressDeadline?: string;
    /**
     * How long what served before is kept running.
     */
    scaleDownDelay?: string;
    /**
     * How long a candidate that was given up is kept running.
     */
    abortScaleDownDelay?: string;
    /**
     * Going back to one of so many earlier releases skips the steps.
     */
    rollbackWindow?: number;
  };
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
