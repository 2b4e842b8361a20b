import { ArmError } from '../../arm/arm-error.ts';
import { parseBody } from '../../arm/body.ts';
import { requireResource, viewOf } from '../../arm/read.ts';
import { requireValid } from '../../arm/refusals.ts';
import { render } from '../../arm/render.ts';
import type { Call } from '../../arm/contract.ts';
import { member, objectAt, sameText, textAt, type JsonObject } from '../../engine/json.ts';
import type { StoredResource } from '../../engine/resources.ts';
import { json, type Reply } from '../../http/reply.ts';
import { normalise } from '../../shape/normalise.ts';
import { compileObject } from '../../shape/notation.ts';
import { RUN_REQUEST } from './run-request.ts';
import { startRun } from './run-progress.ts';
import { REGISTRY_TYPE, TASK_TYPE } from './shared.ts';

const SHAPE = compileObject(RUN_REQUEST);

/** `POST {registry}/scheduleRun`: answers 200 with a run that is Queued. */
export function scheduleRun(call: Call): Reply {
  const registry = requireResource(call);
  const { value: request, problems } = normalise(SHAPE, parseBody(call));
  requireValid(call.type, problems);
  const run = scheduleRequest(call, registry, request);
  return json(200, render(run, viewOf(call)));
}

/** Starts what a request asks for. Throws where it cannot be done at all. */
export function scheduleRequest(call: Call, registry: StoredResource, request: JsonObject): StoredResource {
  const resolved = textAt(request, 'type') === 'TaskRunRequest' ? requestOfTask(call, registry, request) : request;
  requireLocalContext(resolved);
  return startRun(call, registry, resolved);
}

/** The step of a task, with what the request lays over it. */
function requestOfTask({ engine }: Call, registry: StoredResource, request: JsonObject): JsonObject {
  const taskId = textAt(request, 'taskId') ?? '';
  const task = engine.resources.get(taskId);
  if (!task || !sameText(task.type, TASK_TYPE) || !sameText(task.parent, registry.id))
    throw new ArmError(404, 'TaskNotFound', `The task '${taskId}' of ${REGISTRY_TYPE} was not found.`, {
      target: 'taskId',
    });
  const { step, platform, agentConfiguration } = objectAt(task.writable, 'properties');
  const secrets = objectAt(task.secret, 'properties.step');
  const override = objectAt(request, 'overrideTaskStepProperties');
  const kinds: Readonly<Record<string, string>> = {
    Docker: 'DockerBuildRequest',
    EncodedTask: 'EncodedTaskRunRequest',
    FileTask: 'FileTaskRunRequest',
  };
  const file = textAt(override, 'file');
  const contextPath = textAt(override, 'contextPath') ?? textAt(step, 'contextPath');
  return {
    ...objectAt(task.writable, 'properties.step'),
    ...secrets,
    ...override,
    ...(file === undefined ? {} : { dockerFilePath: file, taskFilePath: file }),
    ...(contextPath === undefined ? {} : { sourceLocation: contextPath }),
    type: kinds[textAt(step, 'type') ?? ''] ?? '',
    platform: platform ?? { os: 'linux' },
    ...(agentConfiguration === undefined ? {} : { agentConfiguration }),
    task: task.name,
    isArchiveEnabled: member(request, 'isArchiveEnabled') ?? false,
  };
}

/** Contexts that would have to be fetched from somewhere else are not imitated. */
function requireLocalContext(request: JsonObject): void {
  const source = textAt(request, 'sourceLocation') ?? '';
  if (!/^(?:https?|git|oci):/iu.test(source)) return;
  const message = `The embedded Azure does not fetch build contexts such as '${source.split('?')[0] ?? ''}'; upload one.`;
  throw new ArmError(501, 'NotImplemented', message, { target: 'sourceLocation' });
}
