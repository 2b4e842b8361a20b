import type { Diagnostic } from '../model/diagnostic.ts';
import type { Plan } from '../model/plan.ts';
import type { ResourceId } from '../model/resource-id.ts';
import { createRun, type RunOptions } from './apply/carry-out.ts';
import type { ApplyEvent, ApplyResult, Outcome } from './apply/events.ts';
import { operationsOf, type Operation } from './apply/operations.ts';
import { problemOf } from './apply/problem-of.ts';
import { runSchedule, type Ended } from './apply/schedule.ts';

export interface ApplyRequest extends Omit<RunOptions, 'report' | 'attach'> {
  /** Most operations at once. */
  readonly parallelism: number;
  readonly onEvent: (event: ApplyEvent) => void;
}

/** Carries out exactly what a plan says. Nothing is decided here; every failure is told once and stops its dependents only. */
export async function applyPlan(request: ApplyRequest): Promise<ApplyResult> {
  const { plan, onEvent, now, stop } = request;
  const carryOut = createRun({
    ...request,
    report: ({ id, action }, message) => onEvent({ type: 'progress', id, action, message }),
    attach: ({ id, action }, document) => onEvent({ type: 'attached', id, action, document }),
  });
  const problems = new Map<ResourceId, Diagnostic>();
  const started = new Map<ResourceId, number>();
  const operations = operationsOf(plan);
  const ended = await runSchedule<Operation>({
    tasks: operations,
    parallelism: request.parallelism,
    stop,
    async run({ change, type }) {
      const { id, action } = change;
      const since = started.get(id) ?? now();
      if (!started.has(id)) onEvent({ type: 'started', id, action });
      started.set(id, since);
      try {
        const address = await carryOut(type, change);
        const halfway = type === 'remove' && action === 'replace';
        if (!halfway) onEvent({ type: 'finished', id, action, milliseconds: now() - since, address });
        return true;
      } catch (error) {
        const found = problemOf(error, id);
        problems.set(id, found);
        onEvent({ type: 'failed', id, action, milliseconds: now() - since, problem: found });
        return false;
      }
    },
    skipped({ change: { id, action } }, by) {
      if (problems.has(id)) return;
      onEvent(by ? { type: 'blocked', id, action, by: by.change.id } : { type: 'unstarted', id, action });
    },
  });
  const outcomes = outcomesOf(plan, operations, ended, problems);
  return { outcomes, complete: outcomes.every((one) => one.status === 'done'), interrupted: stop.aborted };
}

function outcomesOf(
  plan: Plan,
  operations: readonly Operation[],
  ended: ReadonlyMap<string, Ended>,
  problems: ReadonlyMap<ResourceId, Diagnostic>,
): Outcome[] {
  const byId = Map.groupBy(operations, (operation) => operation.change.id);
  return plan.changes.flatMap(({ id, action }): Outcome[] => {
    const steps = (byId.get(id) ?? []).map((operation) => ended.get(operation.key) ?? 'unstarted');
    if (steps.length === 0) return [];
    const status = steps.find((step) => step === 'failed') ?? steps.find((step) => step !== 'done') ?? 'done';
    const found = problems.get(id);
    return [{ id, action, status, ...(found ? { problem: found } : {}) }];
  });
}
