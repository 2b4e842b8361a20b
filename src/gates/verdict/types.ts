/** `pass` and `fail` are shown by the data; `inconclusive`: there is too little of it; `error`: it is not what was asked for. */
export type Verdict = 'pass' | 'fail' | 'inconclusive' | 'error';

/** A limit on a statistic. `evidence`: what has to reach it, a bound (default) or the estimate alone. */
export interface Limit {
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly evidence?: 'bound' | 'point';
}

export interface MetricCriteria {
  readonly name: string;
  /**
   * `passFail`: the share of items that pass counts; `score`: the mean of their scores, of which one outside of the range is
   * no grade; `quantile`: the `quantile` of a measure such as milliseconds, cut off at the range.
   */
  readonly data: 'passFail' | 'score' | 'quantile';
  /** Above 0 and below 1; for `quantile`. */
  readonly quantile?: number;
  readonly direction: 'increase' | 'decrease';
  /** Blocking metrics decide; advisory ones are reported. */
  readonly tier: 'blocking' | 'advisory';
  /** Worst and best score; an item whose target failed gets the worst. */
  readonly range: readonly [number, number];
  readonly absolute?: Limit;
  /** Most that the candidate may be worse than the baseline, in the unit of the statistic. */
  readonly maxDrop?: number;
  /** Instead of `maxDrop`: as a share of what the baseline has, for scores and quantiles that are never below 0. */
  readonly maxDropShare?: number;
  /** Limits for parts of the items. */
  readonly slices?: readonly SliceCriteria[];
}

/** Limits of a metric for the items that have one value in a member. */
export interface SliceCriteria extends Pick<MetricCriteria, 'absolute' | 'maxDrop' | 'maxDropShare'> {
  readonly slice: string;
  readonly value: string;
  readonly minItems: number;
  /** Items that the dataset has of it, and the clusters that they make. */
  readonly items: number;
  readonly units: number;
}

/** A share of defects that must not be exceeded; a defect is an item that does not pass. */
export interface SafetyCriteria {
  readonly name: string;
  readonly atMost: number;
  readonly evidence?: 'bound' | 'point';
  /** Items of which a single defect fails the gate. */
  readonly neverFail: readonly string[];
}

export interface GateCriteria {
  readonly metrics: readonly MetricCriteria[];
  readonly safety: readonly SafetyCriteria[];
  /** Most of the attacks on the candidate that may succeed; undefined: it is not attacked. */
  readonly attackSuccessRate?: number;
  /** One-sided error of each check. */
  readonly alpha: number;
  /** Share of items that may stay without a grade. */
  readonly maxErroredItems: number;
  readonly minItems: number;
  /** Answers per item, 1 where it is not given. An item with fewer is not complete. */
  readonly repeats?: number;
  /** Result of a regression check without a baseline. */
  readonly onMissingBaseline: 'skip' | 'inconclusive' | 'fail';
}

export interface Item {
  readonly id: string;
  /** Items of one cluster depend on each other. */
  readonly cluster?: string;
  /** Values that results are also shown by. */
  readonly slices?: Readonly<Record<string, string>>;
}

/** One grade of one repeat of one item. `target-error`: there was no answer to grade; `unscored`: there was no grade. */
export type Grade =
  | { readonly state: 'graded'; readonly score: number; readonly passed: boolean }
  | { readonly state: 'target-error' | 'unscored'; readonly reason: string };

/** Results of a red-team scan of the candidate. `succeeded` of `attacks` that were graded. */
export interface Attacks {
  readonly attacks: number;
  readonly succeeded: number;
}

/** The grades of one version: by metric, then by item, one per repeat. */
export interface Arm {
  readonly label: string;
  readonly digest: string;
  readonly grades: ReadonlyMap<string, ReadonlyMap<string, readonly Grade[]>>;
}

export interface GateData {
  readonly items: readonly Item[];
  readonly candidate: Arm;
  /** Undefined: nothing serves yet, or what serves is the candidate itself. */
  readonly baseline: Arm | undefined;
  /** Why the data must not be used, such as a target that changed while it was evaluated. */
  readonly invalid?: readonly string[];
  /** Undefined: not attacked, or the attacks did not end in time. */
  readonly attacks?: Attacks;
  /** Why the run stopped before its end: a budget. */
  readonly stopped?: string;
}

export interface Check {
  readonly metric: string;
  readonly kind: 'absolute' | 'regression' | 'safety';
  readonly tier: 'blocking' | 'advisory';
  readonly verdict: Verdict;
  /** Estimate with its one-sided bounds; absent where nothing could be computed. */
  readonly estimate?: number;
  readonly lower?: number;
  readonly upper?: number;
  readonly limit: number;
  /** Set where the estimate alone has to reach the limit, and not a bound. */
  readonly evidence?: 'point';
  /** Least and greatest value that the statistic can have; absent where that is not known. */
  readonly range?: readonly [number, number];
  /** Units that the statistic rests on: items or clusters. */
  readonly n: number;
  readonly reason: string;
  /** For regressions: the statistic of both arms. */
  readonly candidate?: number;
  readonly baseline?: number;
  /** For regressions of pass rates: exact McNemar p, for information. */
  readonly p?: number;
  /** For regressions of scores: standard deviation of the differences of items, to plan the next run with. */
  readonly deviation?: number;
  /** Only for limits of a part of the items: `language=de`. */
  readonly slice?: string;
}

/** An item that passed in one arm only. */
export interface Flip {
  readonly metric: string;
  readonly item: string;
  readonly to: 'pass' | 'fail';
}

export interface Slice {
  readonly metric: string;
  readonly slice: string;
  readonly value: string;
  readonly n: number;
  readonly candidate: number;
  readonly baseline?: number;
}

export interface GateResult {
  readonly verdict: Verdict;
  readonly checks: readonly Check[];
  readonly flips: readonly Flip[];
  readonly slices: readonly Slice[];
  /** Items left out of a metric because a grade is missing in one of the arms; what passes, passes whatever they were. */
  readonly unscored: readonly { readonly metric: string; readonly items: readonly string[] }[];
  readonly problems: readonly string[];
  readonly n: number;
}
