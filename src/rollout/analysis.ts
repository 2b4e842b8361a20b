import type { Finding } from './types.ts';

/** A number that separates good from bad. `bad`: the share of requests with such a status is measured, 0 to 1. */
export interface Metric {
  readonly name: string;
  readonly atMost: number | undefined;
  readonly atLeast: number | undefined;
  /** Maximum amount by which the candidate's value may exceed the stable revision's in the same period. */
  readonly maxIncrease: number | undefined;
}

/** Durations are seconds. */
export interface Analysis {
  readonly name: string;
  readonly window: number;
  /** How late Azure Monitor may be; the newest so many seconds are never read. */
  readonly initialDelay: number;
  readonly minRequests: number;
  /** How many windows more it may take until there is enough to say. */
  readonly inconclusiveLimit: number;
  readonly metrics: readonly Metric[];
}

export interface Measured {
  /** Requests that the candidate answered; undefined when that is not known. */
  readonly requests: number | undefined;
  /** By name of the metric; a value that is absent was not there or was no number. */
  readonly values: ReadonlyMap<string, { readonly candidate?: number; readonly baseline?: number }>;
  /** Metrics that could not be read. */
  readonly problems: readonly string[];
}

/** Milliseconds between which is measured: from when the share was given to what has surely arrived by now. */
export function spanOf(
  { initialDelay }: Analysis,
  since: number,
  now: number,
): { readonly from: number; readonly to: number } {
  return { from: since, to: Math.max(since, now - initialDelay * 1000) };
}

/** The measurements as a verdict. Too little data never counts as success: the measurement takes longer, and then a person must decide. */
export function judge(analysis: Analysis, measured: Measured, since: number, now: number): Finding {
  const { minRequests } = analysis;
  const enough = minRequests === 0 || (measured.requests !== undefined && measured.requests >= minRequests);
  const verdicts = analysis.metrics.map((metric) => judgeMetric(metric, measured));
  const failures = verdicts.flatMap((one) => (one.verdict === 'fail' ? [one.reason] : []));
  if (enough && failures.length > 0) return { verdict: 'fail', reason: failures.join('; ') };
  const ripe = since + (analysis.window + analysis.initialDelay) * 1000;
  if (now < ripe)
    return { verdict: 'pending', until: ripe, reason: `measures ${analysis.name} for ${analysis.window} seconds` };
  const missing = verdicts.flatMap((one) => (one.verdict === 'unknown' ? [one.reason] : []));
  const few = enough
    ? []
    : [`${analysis.name}: ${measured.requests ?? 'no'} requests, ${analysis.minRequests} are needed`];
  const reasons = [...few, ...missing, ...measured.problems];
  if (reasons.length === 0) return { verdict: 'pass' };
  const next = ripe + Math.ceil((now - ripe + 1) / (analysis.window * 1000)) * analysis.window * 1000;
  const last = ripe + analysis.inconclusiveLimit * analysis.window * 1000;
  const reason = reasons.join('; ');
  return next <= last ? { verdict: 'pending', until: next, reason } : { verdict: 'inconclusive', reason };
}

type MetricVerdict = { readonly verdict: 'pass' } | { readonly verdict: 'fail' | 'unknown'; readonly reason: string };

function judgeMetric({ name, atMost, atLeast, maxIncrease }: Metric, { values }: Measured): MetricVerdict {
  const { candidate, baseline } = values.get(name) ?? {};
  if (candidate === undefined) return { verdict: 'unknown', reason: `${name} has no value` };
  if (atMost !== undefined && candidate > atMost)
    return { verdict: 'fail', reason: `${name} is ${shown(candidate)}, more than ${shown(atMost)}` };
  if (atLeast !== undefined && candidate < atLeast)
    return { verdict: 'fail', reason: `${name} is ${shown(candidate)}, less than ${shown(atLeast)}` };
  if (maxIncrease === undefined) return { verdict: 'pass' };
  if (baseline === undefined) return { verdict: 'unknown', reason: `${name} has no value of the stable revision` };
  return candidate - baseline > maxIncrease
    ? {
        verdict: 'fail',
        reason: `${name} is ${shown(candidate)}, more than ${shown(maxIncrease)} above the ${shown(baseline)} of the stable revision`,
      }
    : { verdict: 'pass' };
}

function shown(value: number): string {
  return String(Number(value.toPrecision(4)));
}
