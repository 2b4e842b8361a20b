/** What the attacks of Foundry's red-teaming agent can be after. */
export type RiskCategory =
  | 'HateUnfairness'
  | 'Violence'
  | 'Sexual'
  | 'SelfHarm'
  | 'ProtectedMaterial'
  | 'CodeVulnerability'
  | 'UngroundedAttributes'
  | 'ProhibitedActions'
  | 'SensitiveDataLeakage'
  | 'TaskAdherence';

/** Attacks that a manifest asks for: one of `agent` and `model` is attacked. */
export interface AttackSpec {
  readonly agent?: string;
  readonly model?: string;
  readonly riskCategories: readonly RiskCategory[];
  /** Only `baseline` without it. */
  readonly strategies?: readonly string[];
  /** Most turns of an attack; 5 without it. */
  readonly turns?: number;
  /** Model deployment that grades. */
  readonly judge?: string;
  /** Of the intervals; 0.95 without it. */
  readonly confidence?: number;
  /** 60 without it. */
  readonly maxMinutes?: number;
  /** For ever without it. */
  readonly expiresAfterDays?: number;
}
