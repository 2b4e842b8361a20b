import { problem, ProblemError } from '../../../model/diagnostic.ts';
import type { ProblemCode } from '../../../model/problems.ts';
import type { ResourceId } from '../../../model/resource-id.ts';
import type { StopReason } from '../../../rollout/types.ts';

const CODES: Readonly<Record<StopReason, ProblemCode>> = {
  Aborted: 'ING8010',
  StaleDesired: 'ING8011',
  StableUnhealthy: 'ING8012',
  PreviousUnhealthy: 'ING8012',
  AmbiguousStable: 'ING8013',
  Inconclusive: 'ING8014',
};

const HINTS: Readonly<Partial<Record<StopReason, (id: ResourceId) => string>>> = {
  Aborted: (id) => `Correct what was wrong, or try the same once more: ingate rollout retry ${id}`,
};

/** A rollout that cannot go on, as a problem of its resource. */
export function stopped(id: ResourceId, reason: StopReason, why: string): ProblemError {
  return new ProblemError(problem(CODES[reason], why, { resource: id, hint: HINTS[reason]?.(id) }));
}
