// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * Input and output that a model deployment refuses: content filters, jailbreak shields, blocklists.
 */
export interface GuardrailPolicySpec {
  /**
   * Account that holds the policy.
   */
  account: string;
  /**
   * Azure tags, added to the tags of the environment. Tags that others set are left alone.
   */
  tags?: {
    [k: string]: string | undefined;
  };
  /**
   * Policy of Azure that it starts from.
   */
  basePolicy?: "Microsoft.Default" | "Microsoft.DefaultV2";
  /**
   * Default and Blocking hold an answer back until it was checked; Asynchronous_filter streams it and checks beside; Deferred checks later.
   */
  mode?: "Default" | "Deferred" | "Blocking" | "Asynchronous_filter";
  /**
   * Filters, each for input or output.
   *
   * @minItems 1
   */
  contentFilters: [
    {
      /**
       * Filter: Hate, Sexual, Violence, Selfharm, Jailbreak, Indirect Attack, Protected Material Text, Protected Material Code, Profanity, or another name that Azure knows.
       */
      name: string;
      /**
       * Where it is looked for.
       */
      source: "Prompt" | "Completion" | "PreToolCall" | "PostToolCall" | "PreRun" | "PostRun";
      /**
       * Lowest severity that counts; not for filters that have none.
       */
      severityThreshold?: "Low" | "Medium" | "High";
      /**
       * Whether it is looked for.
       */
      enabled?: boolean;
      /**
       * Refuse, and not only annotate.
       */
      blocking?: boolean;
    },
    ...{
      /**
       * Filter: Hate, Sexual, Violence, Selfharm, Jailbreak, Indirect Attack, Protected Material Text, Protected Material Code, Profanity, or another name that Azure knows.
       */
      name: string;
      /**
       * Where it is looked for.
       */
      source: "Prompt" | "Completion" | "PreToolCall" | "PostToolCall" | "PreRun" | "PostRun";
      /**
       * Lowest severity that counts; not for filters that have none.
       */
      severityThreshold?: "Low" | "Medium" | "High";
      /**
       * Whether it is looked for.
       */
      enabled?: boolean;
      /**
       * Refuse, and not only annotate.
       */
      blocking?: boolean;
    }[]
  ];
  /**
   * Blocklists of the account that apply.
   */
  blocklists?: {
    /**
     * Name of the blocklist.
     */
    name: string;
    /**
     * Where its terms are looked for.
     */
    source: "Prompt" | "Completion";
    /**
     * Refuse, and not only annotate.
     */
    blocking?: boolean;
  }[];
}
