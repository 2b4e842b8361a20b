import { member, objectAt, textAt, without, type JsonObject } from '../../engine/json.ts';
import { requireEval } from '../evals/store.ts';
import { startRun } from '../evals/run-create.ts';
import { startInsight } from '../insights/create.ts';
import type { FoundryCall } from '../shared/route.ts';
import { occurrences } from './occurrences.ts';
import { scheduleCollection, scheduleRuns, type Schedule } from './store.ts';

/** Most runs that are made up for at once, the newest ones. */
const MOST_RUNS = 50;

/**
 * Starts the runs of a project's schedules that have come due. It happens before a request to the project is answered, which a
 * client cannot tell from having happened at its time.
 */
export async function startDueRuns(call: FoundryCall): Promise<void> {
  const { engine, project } = call;
  const schedules = scheduleCollection(project);
  const now = engine.clock.now();
  for (const schedule of schedules.list(engine.documents)) {
    const { body, created, settled } = schedule;
    if (settled >= now) continue;
    schedules.put(engine.documents, schedule.id, { ...schedule, settled: now });
    if (member(body, 'enabled') !== true) continue;
    const due = occurrences(objectAt(body, 'trigger'), created, settled, now).slice(-MOST_RUNS);
    for (const time of due) await runOnce(call, schedule, time);
  }
}

async function runOnce(call: FoundryCall, { id, body }: Schedule, time: number): Promise<void> {
  const { engine, project } = call;
  const { clock } = engine;
  const atTime = { ...call, engine: { ...engine, clock: { ...clock, now: () => time } }, directives: {} };
  const outcome = await carryOut(atTime, objectAt(body, 'task'));
  const run = {
    id: engine.ids.guid(),
    scheduleId: id,
    success: outcome.error === undefined,
    triggerTime: new Date(time).toISOString(),
    ...outcome,
  };
  scheduleRuns(project, id).put(engine.documents, run.id, run);
}

async function carryOut(
  call: FoundryCall,
  task: JsonObject,
): Promise<{ readonly error?: string; readonly properties: JsonObject }> {
  try {
    if (textAt(task, 'type') === 'Insight') {
      return { properties: { insightId: startInsight(call, objectAt(task, 'insight')).id } };
    }
    const evaluation = requireEval(call.engine, call.project, textAt(task, 'evalId') ?? '');
    const run = await startRun(call, evaluation, without(objectAt(task, 'evalRun'), 'eval_id'));
    return { properties: { evalId: evaluation.id, evalRunId: run.id } };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error), properties: {} };
  }
}
