import { json, type Reply } from '../../http/reply.ts';
import { readBody } from '../shared/body.ts';
import { FoundryError } from '../shared/foundry-error.ts';
import { cursorPage } from '../shared/paging.ts';
import { canceledNow } from '../shared/progress.ts';
import type { FoundryCall, Route } from '../shared/route.ts';
import { startJob } from './create.ts';
import { isEnded, jobCollection, jobStatus, requireJob, type FineTuningJob } from './store.ts';
import { checkpointsOf, eventsOf, showJob } from './view.ts';

const JOBS = 'openai/v1/fine_tuning/jobs';

/** Fine-tuning jobs (OpenAI-compatible). The model that comes out can be named by a model deployment of ARM. */
export const FINE_TUNING_ROUTES: readonly Route[] = [
  { method: 'POST', path: JOBS, withoutApiVersion: true, handle: (call) => show(call, startJob(call, readBody(call))) },
  { method: 'GET', path: JOBS, withoutApiVersion: true, handle: listJobs },
  { method: 'GET', path: `${JOBS}/{id}`, withoutApiVersion: true, handle: (call) => show(call, jobOf(call)) },
  { method: 'POST', path: `${JOBS}/{id}/cancel`, withoutApiVersion: true, handle: cancel },
  { method: 'POST', path: `${JOBS}/{id}/pause`, withoutApiVersion: true, handle: pause },
  { method: 'POST', path: `${JOBS}/{id}/resume`, withoutApiVersion: true, handle: resume },
  { method: 'GET', path: `${JOBS}/{id}/events`, withoutApiVersion: true, handle: listEvents },
  { method: 'GET', path: `${JOBS}/{id}/checkpoints`, withoutApiVersion: true, handle: listCheckpoints },
];

function jobOf({ engine, project, names }: FoundryCall): FineTuningJob {
  return requireJob(engine, project, names['id'] ?? '');
}

function show({ engine }: FoundryCall, job: FineTuningJob): Reply {
  return json(200, showJob(job, engine.clock.now()));
}

function save(call: FoundryCall, job: FineTuningJob): Reply {
  jobCollection(call.project).put(call.engine.documents, job.id, job);
  return show(call, job);
}

function listJobs({ engine, project, request }: FoundryCall): Reply {
  const jobs = jobCollection(project).list(engine.documents);
  return cursorPage(
    request,
    jobs.map((job) => ({ id: job.id, body: showJob(job, engine.clock.now()) })),
  );
}

/** The job, unless it has ended: 400. */
function requireOpen(call: FoundryCall, verb: string): FineTuningJob {
  const job = jobOf(call);
  const status = jobStatus(job, call.engine.clock.now());
  if (!isEnded(status)) return job;
  throw new FoundryError(400, 'invalid_request_error', `The job '${job.id}' is ${status} and cannot be ${verb}.`);
}

function cancel(call: FoundryCall): Reply {
  const job = requireOpen(call, 'cancelled');
  return save(call, { ...job, progress: canceledNow(job.progress, call.engine.clock.now()) });
}

function pause(call: FoundryCall): Reply {
  const job = requireOpen(call, 'paused');
  const now = call.engine.clock.now();
  if (jobStatus(job, now) !== 'running')
    throw new FoundryError(400, 'invalid_request_error', `The job '${job.id}' is not running and cannot be paused.`);
  return save(call, { ...job, paused: now });
}

/** The time that it was paused is added to its time. */
function resume(call: FoundryCall): Reply {
  const job = requireOpen(call, 'resumed');
  const { paused, progress } = job;
  if (paused === undefined)
    throw new FoundryError(400, 'invalid_request_error', `The job '${job.id}' is not paused and cannot be resumed.`);
  const ends = progress.ends === undefined ? undefined : progress.ends + call.engine.clock.now() - paused;
  return save(call, { ...job, paused: undefined, progress: { ...progress, ends } });
}

function listEvents(call: FoundryCall): Reply {
  return cursorPage(call.request, eventsOf(jobOf(call), call.engine.clock.now()));
}

function listCheckpoints(call: FoundryCall): Reply {
  return cursorPage(call.request, checkpointsOf(jobOf(call), call.engine.clock.now()));
}
