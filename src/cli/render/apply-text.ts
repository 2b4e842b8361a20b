import type { Action, Plan } from '../../model/plan.ts';
import type { ApplyEvent, ApplyResult } from '../../reconcilers/apply/events.ts';
import { styled, type Line } from '../text.ts';
import { diagnosticLines } from './diagnostics.ts';

const VERBS: Readonly<Record<Action, readonly [doing: string, done: string]>> = {
  keep: ['keeping', 'kept'],
  create: ['creating', 'created'],
  update: ['updating', 'updated'],
  replace: ['replacing', 'replaced'],
  delete: ['deleting', 'deleted'],
  run: ['running', 'ran'],
};

export function doing(action: Action): string {
  return VERBS[action][0];
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/** One event as one line, for logs of pipelines. */
export function eventLine(event: ApplyEvent): Line {
  const [ing, ed] = VERBS[event.action];
  switch (event.type) {
    case 'started':
      return [`${event.id}: ${ing}`];
    case 'progress':
      return [styled('dim', `${event.id}: ${event.message}`)];
    case 'attached':
      return [styled('dim', `${event.id}: report kept`)];
    case 'finished':
      return [styled('add', 'ok'), ` ${event.id}: ${ed} (${seconds(event.milliseconds)})`];
    case 'failed':
      return [styled('error', 'failed'), ` ${event.id}: ${event.problem.message}`];
    case 'blocked':
      return [styled('warning', 'skipped'), ` ${event.id}: waits for ${event.by}, which failed`];
    case 'unstarted':
      return [styled('warning', 'skipped'), ` ${event.id}: not started`];
  }
}

/** Problems that come back at every apply until somebody decides. */
const NEEDS_MORE: ReadonlySet<string> = new Set(['ING8010', 'ING8011']);

/** How an apply ended: counts, every failure once, and what to do next. */
export function resultLines(plan: Plan, result: ApplyResult): Line[] {
  const { counts, applied } = resultSummary(plan, result);
  const problems = result.outcomes.flatMap((outcome) => outcome.problem ?? []);
  if (result.complete)
    return [
      [],
      [
        styled(
          'strong',
          `Apply complete: ${applied.add} added, ${applied.change} changed, ${applied.destroy} destroyed.`,
        ),
      ],
    ];
  const parts = [
    `${counts.done} done`,
    `${counts.failed} failed`,
    `${counts.blocked} blocked`,
    `${counts.unstarted} not started`,
  ];
  return [
    [],
    ...diagnosticLines(problems),
    [styled('error', result.interrupted ? 'Apply interrupted:' : 'Apply incomplete:'), ` ${parts.join(', ')}.`],
    ...(result.interrupted || problems.length === 0 || problems.some(({ code }) => !NEEDS_MORE.has(code))
      ? [['Apply again to continue; completed changes are kept.'] as Line]
      : [['Completed changes are kept. Applying again does not help before the problem above is resolved.'] as Line]),
  ];
}

/** The same for programs. */
export function resultSummary(plan: Plan, result: ApplyResult) {
  const count = (status: string): number => result.outcomes.filter((one) => one.status === status).length;
  const done = (...actions: readonly Action[]): number =>
    result.outcomes.filter((one) => one.status === 'done' && actions.includes(one.action)).length;
  return {
    outcome: result.complete ? 'ok' : result.interrupted ? 'interrupted' : 'incomplete',
    plan_hash: plan.digest,
    counts: { done: count('done'), failed: count('failed'), blocked: count('blocked'), unstarted: count('unstarted') },
    applied: {
      add: done('create', 'replace'),
      change: done('update'),
      destroy: done('delete', 'replace'),
      run: done('run'),
    },
  };
}
