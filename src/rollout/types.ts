/** A target of traffic: a revision of a container app or a version of an agent. Times are milliseconds of Azure's clock. */
export interface Revision {
  readonly name: string;
  /** Hash of what it was made from; undefined when that is not known. */
  readonly hash: string | undefined;
  readonly created: number;
  readonly active: boolean;
  readonly health: 'healthy' | 'unhealthy' | 'unknown';
}

/** One entry of the traffic. Weights are whole percents and sum to 100. */
export interface Share {
  /** `undefined` stands for whatever is newest. */
  readonly revision: string | undefined;
  readonly weight: number;
  readonly label?: string;
}

/** Labels of traffic entries that a rollout keeps. */
export const LABELS = { stable: 'stable', candidate: 'candidate', previous: 'previous' } as const;

/** Steps of a rollout that are not steps of its strategy. */
export const STEP = {
  claimed: 0,
  /** All traffic moved; what comes after is measured. */
  promoted: 900,
  /** Found good; what it replaced is kept for a while. */
  proven: 950,
  aborted: 990,
  done: 999,
} as const;

/** How far a rollout is, as kept on the resource itself. */
export interface Progress {
  readonly hash: string;
  readonly step: number;
  /** Seconds since 1970. */
  readonly entered: number;
  /** Seconds since 1970 of the commit that asked for it. */
  readonly generation: number;
  readonly paused: boolean;
}

/** The live state. */
export interface Snapshot {
  readonly revisions: readonly Revision[];
  readonly traffic: readonly Share[];
  /** The revision that an entry without a name stands for. */
  readonly newest: string | undefined;
  readonly progress: Progress | undefined;
  /** Hashes that were given up, newest first. */
  readonly aborted: readonly string[];
  /** Commit time in seconds of the newest release that was ever asked for. */
  readonly generation: number;
}

export type Step =
  | { readonly setWeight: number }
  /** Without a duration it waits for `rollout promote`. */
  | { readonly pause: { readonly seconds?: number } }
  /** Names an analysis. */
  | { readonly analysis: string };

/** The wanted state. Durations are seconds. */
export interface Target {
  readonly hash: string;
  readonly generation: number;
  readonly steps: readonly Step[];
  /** Whether there is something to try on the candidate before it gets traffic. */
  readonly smokeTests: boolean;
  readonly postAnalysis: string | undefined;
  readonly progressDeadline: number;
  readonly scaleDownDelay: number;
  readonly abortScaleDownDelay: number;
  /** Going back to one of so many earlier releases skips the steps. */
  readonly rollbackWindow: number;
  /** A candidate that Git approves: it does not wait for anybody. */
  readonly approved: string | undefined;
  /** Goes on although what serves now is unhealthy. */
  readonly force: boolean;
}

/** Result of a measurement. `pending`: too early to say; `until` in milliseconds. */
export type Finding =
  | { readonly verdict: 'pass' }
  | { readonly verdict: 'fail' | 'inconclusive'; readonly reason: string }
  | { readonly verdict: 'pending'; readonly until: number; readonly reason: string };

/** Found in this run, for the candidate as it is now. */
export interface Findings {
  readonly smoke?: Finding;
  readonly analysis?: Finding;
}

export type StopReason =
  | 'AmbiguousStable'
  | 'StaleDesired'
  | 'Aborted'
  | 'StableUnhealthy'
  | 'PreviousUnhealthy'
  | 'Inconclusive';

/** The next action: at most one request that writes, or a measurement, or nothing. `why` is for people. */
export type Decision = { readonly why: string } & (
  | {
      readonly do: 'shares';
      readonly shares: readonly Share[];
      readonly progress: Progress;
      readonly aborted?: readonly string[];
      readonly reason?: string;
    }
  | { readonly do: 'create'; readonly suffix: string }
  | { readonly do: 'activate' | 'deactivate'; readonly revision: string }
  | { readonly do: 'smoke'; readonly revision: string }
  | {
      readonly do: 'analyse';
      readonly analysis: string;
      readonly revision: string;
      readonly baseline: string | undefined;
      /** Milliseconds: from when on the candidate had its present share. */
      readonly since: number;
    }
  /** `soon`: Azure is working; otherwise until a time, or until a person decides. */
  | { readonly do: 'wait'; readonly soon?: boolean; readonly until?: number }
  | { readonly do: 'stop'; readonly reason: StopReason }
  | { readonly do: 'done' }
);
