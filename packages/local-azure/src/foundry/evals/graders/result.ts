import { defined, type Json, type JsonObject } from '../../../engine/json.ts';

/** How a score came about: by a formula, a rule of thumb in place of a model, a scripted reply, or a real model. */
export type ComputedBy = 'formula' | 'heuristic' | 'script' | 'endpoint';

/** Result of one grader for one row. `passed` is undefined when there is no result. */
export interface Grade {
  /** Name of the testing criterion. */
  readonly name: string;
  readonly type: string;
  readonly metric?: string;
  readonly score?: number;
  readonly label?: string;
  readonly passed: boolean | undefined;
  readonly threshold?: number;
  readonly reason?: string;
  readonly computedBy?: ComputedBy;
  readonly details?: JsonObject;
  readonly error?: { readonly code: string; readonly message: string };
}

/** A grade as one of `results` of an output item. */
export function showGrade(grade: Grade): Json {
  const { name, type, metric, score, label, passed, threshold, reason, computedBy, details, error } = grade;
  return defined({
    type,
    name,
    metric: metric ?? name,
    score: score ?? null,
    label: label ?? (passed === undefined ? null : passed ? 'pass' : 'fail'),
    passed: passed ?? null,
    threshold,
    reason: reason ?? error?.message,
    sample: error ? { error: { ...error } } : undefined,
    properties: { ...details, ...(computedBy === undefined ? {} : { computed_by: computedBy }) },
  });
}

/** A number with at most six decimals. */
export function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
