import type { ArmUsage } from '../../gates/report/usage.ts';
import type { JsonObject } from '../../model/json.ts';
import { gradedOf } from './criteria.ts';
import type { EvaluationGateSpec } from './spec.ts';
import { traceOf } from './trace.ts';

/** Answers of one run, or of one round of requests to an app. `reused`: an earlier evaluation had asked for them. */
export interface Answers {
  readonly items: readonly JsonObject[];
  readonly reused: boolean;
}

/** Sums over all answers. Tokens are only told when at least one answer tells them. */
export function usageOf(spec: EvaluationGateSpec, rounds: readonly Answers[]): ArmUsage {
  const traces = rounds.flatMap(({ items }) => items.map(traceOf));
  const sum = (of: 'inputTokens' | 'outputTokens'): number | undefined => {
    const known = traces.flatMap((trace) => trace[of] ?? []);
    return known.length === 0 ? undefined : known.reduce((total, one) => total + one, 0);
  };
  const inputTokens = sum('inputTokens');
  const outputTokens = sum('outputTokens');
  const priced = gradedOf(spec).find(({ grader }) => grader.type === 'cost')?.grader;
  const cost =
    priced === undefined || inputTokens === undefined || outputTokens === undefined
      ? undefined
      : (inputTokens * (priced.inputPrice ?? 0) + outputTokens * (priced.outputPrice ?? 0)) / 1e6;
  return {
    answers: traces.length,
    reused: rounds.reduce((total, { items, reused }) => total + (reused ? items.length : 0), 0),
    ...(inputTokens === undefined ? {} : { inputTokens }),
    ...(outputTokens === undefined ? {} : { outputTokens }),
    ...(cost === undefined ? {} : { cost }),
  };
}
