import type { Distribution } from './distributions.ts';
import type { ArmUsage } from './usage.ts';
import type { Check, Flip, Slice, Verdict } from '../verdict/types.ts';

/** Results of Foundry's own comparison of the two runs, by criterion; `note` where there is none. Never decisive. */
export interface FoundryComparison {
  readonly note?: string;
  readonly comparisons: readonly {
    readonly metric: string;
    /** Null where Foundry gives no number. */
    readonly delta: number | null;
    readonly p: number | null;
    /** Improved, Degraded, Changed, Inconclusive or TooFewSamples. */
    readonly effect: string;
  }[];
}

/** The report of a gate, as `apply` keeps it: plain JSON, without any answer of a model. */
export interface GateReport {
  readonly gate: string;
  readonly environment: string;
  readonly verdict: Verdict;
  readonly candidate: { readonly label: string; readonly digest: string };
  readonly baseline: { readonly label: string; readonly digest: string } | null;
  /** Id of the evaluation in Foundry. */
  readonly evaluation: string;
  readonly runs: { readonly candidate: readonly string[]; readonly baseline: readonly string[] };
  readonly items: number;
  readonly checks: readonly Check[];
  readonly flips: readonly Flip[];
  readonly slices: readonly Slice[];
  readonly unscored: readonly { readonly metric: string; readonly items: readonly string[] }[];
  readonly problems: readonly string[];
  /** Usage of the answers, and how many came from earlier runs. Absent in reports of earlier versions. */
  readonly usage?: { readonly candidate: ArmUsage; readonly baseline?: ArmUsage };
  /** Absent in reports of earlier versions. */
  readonly distributions?: readonly Distribution[];
  /** Absent where there was nothing to compare, or the target is not asked by Foundry. */
  readonly foundry?: FoundryComparison;
  /** Facts for signed evidence: digests of gate, items and target, and when it was evaluated. */
  readonly evidence?: {
    readonly gateSha256: string;
    readonly datasetSha256: string;
    readonly target: string;
    readonly started: string;
    readonly finished: string;
  };
}

/** `polite absolute`, or `polite absolute of language=de` for a part of the items. */
export function checkName({ metric, kind, slice }: Pick<Check, 'metric' | 'kind' | 'slice'>): string {
  return `${metric} ${kind}${slice === undefined ? '' : ` of ${slice}`}`;
}

/** A number as people read it. */
export function shown(value: number | undefined): string {
  return value === undefined ? '–' : String(Number(value.toPrecision(4)));
}

/** The limit and what has to reach it: `0.9 by point` where the estimate alone decides, else `0.9 by interval`. */
export function limitText({ limit, evidence }: Pick<Check, 'limit' | 'evidence'>): string {
  return `${shown(limit)} by ${evidence ?? 'interval'}`;
}

/** `0.9 [0.83, 0.95]` */
export function withBounds({ estimate, lower, upper }: Check): string {
  const bounds = lower === undefined && upper === undefined ? '' : ` [${shown(lower)}, ${shown(upper)}]`;
  return `${shown(estimate)}${bounds}`;
}

/** Slices in which the candidate does worst against the baseline, or by itself; at most five. */
export function worstSlices({ slices }: GateReport): readonly Slice[] {
  const loss = ({ candidate, baseline }: Slice): number => (baseline === undefined ? candidate : candidate - baseline);
  return slices.toSorted((a, b) => loss(a) - loss(b)).slice(0, 5);
}
