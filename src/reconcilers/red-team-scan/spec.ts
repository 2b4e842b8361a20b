// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * Attacks an agent or a model deployment with Foundry's red-teaming agent and reports how many attacks succeed. It never blocks anything. Attacks reach the tools of an agent: do not scan where they can do harm.
 */
export interface RedTeamScanSpec {
  /**
   * Project in which the scan runs.
   */
  project: string;
  /**
   * An agent, in the version that is declared, or
   */
  agent?: string;
  /**
   * a model deployment.
   */
  model?: string;
  /**
   * Risk categories of the attacks.
   *
   * @minItems 1
   */
  riskCategories: [
    (
      | "HateUnfairness"
      | "Violence"
      | "Sexual"
      | "SelfHarm"
      | "ProtectedMaterial"
      | "CodeVulnerability"
      | "UngroundedAttributes"
      | "ProhibitedActions"
      | "SensitiveDataLeakage"
      | "TaskAdherence"
    ),
    ...(
      | "HateUnfairness"
      | "Violence"
      | "Sexual"
      | "SelfHarm"
      | "ProtectedMaterial"
      | "CodeVulnerability"
      | "UngroundedAttributes"
      | "ProhibitedActions"
      | "SensitiveDataLeakage"
      | "TaskAdherence"
    )[]
  ];
  /**
   * How attacks are disguised; baseline sends them as they are.
   *
   * @minItems 1
   */
  strategies?: [
    (
      | "easy"
      | "moderate"
      | "difficult"
      | "ascii_art"
      | "ascii_smuggler"
      | "atbash"
      | "base64"
      | "binary"
      | "caesar"
      | "character_space"
      | "jailbreak"
      | "ansi_attack"
      | "character_swap"
      | "suffix_append"
      | "string_join"
      | "unicode_confusable"
      | "unicode_substitution"
      | "diacritic"
      | "flip"
      | "leetspeak"
      | "rot13"
      | "morse"
      | "url"
      | "baseline"
      | "indirect_jailbreak"
      | "tense"
      | "multi_turn"
      | "crescendo"
    ),
    ...(
      | "easy"
      | "moderate"
      | "difficult"
      | "ascii_art"
      | "ascii_smuggler"
      | "atbash"
      | "base64"
      | "binary"
      | "caesar"
      | "character_space"
      | "jailbreak"
      | "ansi_attack"
      | "character_swap"
      | "suffix_append"
      | "string_join"
      | "unicode_confusable"
      | "unicode_substitution"
      | "diacritic"
      | "flip"
      | "leetspeak"
      | "rot13"
      | "morse"
      | "url"
      | "baseline"
      | "indirect_jailbreak"
      | "tense"
      | "multi_turn"
      | "crescendo"
    )[]
  ];
  /**
   * Maximum number of turns of a multi-turn attack.
   */
  turns?: number;
  /**
   * Model deployment that grades, which TaskAdherence needs.
   */
  judge?: string;
  /**
   * Confidence of the intervals.
   */
  confidence?: number;
  /**
   * Maximum time to wait for a scan. A longer scan continues in Foundry and is picked up by the next apply.
   */
  maxMinutes?: number;
  /**
   * How long results stay valid; by default without limit.
   */
  expiresAfterDays?: number;
}
