import type { Engine, TaskHandler, Write } from '../../arm/contract.ts';
import { collectionOf } from '../../engine/documents.ts';
import { objectAt, textAt } from '../../engine/json.ts';
import type { Resource } from '../../engine/resources.ts';
import { fitsCron, parseCron } from '../../engine/cron.ts';
import { createExecution } from './execution-progress.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const CRON = 'properties.configuration.scheduleTriggerConfig.cronExpression';

/** The token of the schedule that counts for a job; tasks with another one are of an earlier schedule. */
const schedules = collectionOf<{ readonly token: string }>('job-schedules');

/** Plans the next start of a job whose schedule is new or changed. Expressions with names or macros start nothing. */
export function keepSchedule({ engine, existing, now }: Write, job: Resource): void {
  const cron = textAt(job.writable, CRON);
  if (cron === undefined || (existing && textAt(existing.writable, CRON) === cron)) return;
  const token = engine.ids.guid();
  schedules.put(engine.documents, job.id.toLowerCase(), { token });
  plan(engine, job.id, cron, token, now);
}

function plan(engine: Engine, id: string, cron: string, token: string, after: number): void {
  const next = nextStart(cron, after);
  if (next !== undefined) engine.tasks.schedule('job-schedule', next, { id, token });
}

/** The first minute after a moment that fits, in UTC, within a year. */
function nextStart(expression: string, after: number): number | undefined {
  const cron = parseCron(expression);
  if (!cron) return undefined;
  for (let time = (Math.floor(after / MINUTE) + 1) * MINUTE; time <= after + 366 * DAY; time += MINUTE) {
    const date = new Date(time);
    const moment = {
      minute: date.getUTCMinutes(),
      hour: date.getUTCHours(),
      day: date.getUTCDate(),
      month: date.getUTCMonth() + 1,
      weekday: date.getUTCDay(),
    };
    if (fitsCron(cron, moment)) return time;
  }
  return undefined;
}

/** The time of a schedule has come. Starts that were missed for more than a day do not happen any more. */
export const scheduleIsDue: TaskHandler = (engine, payload, due) => {
  const id = textAt(payload, 'id') ?? '';
  const token = textAt(payload, 'token') ?? '';
  const job = engine.resources.get(id);
  const cron = textAt(job?.writable, CRON);
  if (!job || cron === undefined || schedules.get(engine.documents, id.toLowerCase())?.token !== token) return;
  const { by, byType } = job.modified;
  const template = objectAt(job.writable, 'properties.template');
  createExecution(engine, job, { template, at: due, by: { by, byType }, fault: {} });
  plan(engine, id, cron, token, Math.max(due, engine.clock.now() - DAY));
};
