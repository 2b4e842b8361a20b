import { optionalBody } from '../../arm/body.ts';
import { requireIdle } from '../../arm/existence.ts';
import { beginOperation, pollHeaders } from '../../arm/operations.ts';
import { locationOf } from '../../arm/place.ts';
import { requireResource, viewOf } from '../../arm/read.ts';
import { requireValid } from '../../arm/refusals.ts';
import { render } from '../../arm/render.ts';
import type { Call } from '../../arm/contract.ts';
import { arrayAt, objectAt, overlayObjects, type Json, type JsonObject } from '../../engine/json.ts';
import type { StoredResource } from '../../engine/resources.ts';
import { empty, json, type Reply } from '../../http/reply.ts';
import { normalise } from '../../shape/normalise.ts';
import { compileObject } from '../../shape/notation.ts';
import { requireContainers, requireSecrets } from './container-checks.ts';
import { defaultContainers } from './container-view.ts';
import { createExecution, endExecution, isRunning } from './execution-progress.ts';
import { EXECUTION_TEMPLATE_SHAPE } from './job-shape.ts';
import { EXECUTION_TYPE } from './shared.ts';

const SHAPE = compileObject(EXECUTION_TEMPLATE_SHAPE);

/** `POST {job}/start`: an execution of the job's template, or of that in the body. Executions may run side by side. */
export function startJob(call: Call): Reply {
  const job = requireResource(call);
  requireIdle(call, job.id);
  const { engine, caller, directives } = call;
  const execution = createExecution(engine, job, {
    template: templateOf(call, job),
    at: engine.clock.now(),
    by: { by: caller.name, byType: caller.kind },
    fault: directives.operation ?? {},
  });
  return answerAction(call, execution, { id: execution.id, name: execution.name });
}

/** Containers in the body take the place of all containers of the job. */
function templateOf(call: Call, job: StoredResource): JsonObject {
  const { value: sent, problems } = normalise(SHAPE, optionalBody(call));
  requireValid(call.type, problems);
  const own = objectAt(job.writable, 'properties.template');
  if (arrayAt(sent, 'containers').length === 0) return own;
  const template = { ...own, ...overlayObjects(defaultContainers(sent), sent) };
  const whole = overlayObjects(job.writable, job.secret);
  const body = { properties: { ...objectAt(whole, 'properties'), template } };
  requireContainers(body);
  requireSecrets(body);
  return template;
}

/** `POST {execution}/stop`; one that has ended stays as it is. */
export function stopExecution(call: Call): Reply {
  const execution = requireResource(call);
  endExecution(call.engine, execution, 'Stopped', call.engine.clock.now());
  return answerAction(call, execution, {});
}

/** `POST {job}/stop`: all executions that run. */
export function stopJob(call: Call): Reply {
  const job = requireResource(call);
  const { engine } = call;
  const running = engine.resources.list({ type: EXECUTION_TYPE, parent: job.id }).filter(isRunning);
  for (const execution of running) endExecution(engine, execution, 'Stopped', engine.clock.now());
  const value = running.flatMap(({ id }) => {
    const stopped = engine.resources.get(id);
    return stopped ? [render(stopped, viewOf(call))] : [];
  });
  return answerAction(call, { ...job, id: `${job.id}/executions` }, { value });
}

/** 202 with a Location that leads to the result; the result at once where operations take no time. */
function answerAction(call: Call, resource: StoredResource, result: Json): Reply {
  const { engine } = call;
  const location = locationOf(engine, engine.resources.get(resource.parent) ?? resource);
  const start = { resource: { ...resource, location }, kind: 'action', result } as const;
  const operation = beginOperation({ ...call, directives: {} }, start);
  return operation.ended === undefined ? empty(202, pollHeaders(call, operation, ['location'])) : json(200, result);
}
