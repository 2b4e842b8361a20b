import { timestamp } from '../../engine/clock.ts';
import type { Engine, TaskHandler } from '../../arm/contract.ts';
import type { OperationFault } from '../../engine/faults.ts';
import { arrayAt, member, overlayObjects, textAt, valueAt, type JsonObject } from '../../engine/json.ts';
import type { Stamp, StoredResource } from '../../engine/resources.ts';
import { withEphemeralStorage } from './container-view.ts';
import { EXECUTION_TYPE } from './shared.ts';

/** Trigger of an execution. */
export interface ExecutionStart {
  readonly template: JsonObject;
  /** Milliseconds of the clock. */
  readonly at: number;
  readonly by: Omit<Stamp, 'at'>;
  readonly fault: OperationFault;
}

/** Starts an execution, which ends by the clock: well, or badly where image, variables, timeout or a fault say so. */
export function createExecution(engine: Engine, job: StoredResource, start: ExecutionStart): StoredResource {
  const { template, at, by, fault } = start;
  const name = `${job.name}-${engine.ids.hex(7)}`;
  const id = `${job.id}/executions/${name}`;
  const { subscription, resourceGroup } = job;
  engine.resources.put({
    id,
    name,
    type: EXECUTION_TYPE,
    parent: job.id,
    subscription,
    resourceGroup,
    writable: {},
    secret: {},
    readOnly: { properties: { status: 'Running', startTime: timestamp(at), template: shownTemplate(template) } },
    created: { at, ...by },
    modified: { at, ...by },
  });
  const limit = 1000 * Number(valueAt(job.writable, 'properties.configuration.replicaTimeout') ?? Infinity);
  const duration = fault.durationMs ?? engine.timing.jobMs;
  const fails = duration > limit || fault.error !== undefined || isMeantToFail(template);
  const status = fails ? 'Failed' : 'Succeeded';
  if (!fault.stuck) engine.tasks.schedule('job-execution-end', at + Math.min(duration, limit), { id, status });
  return engine.resources.get(id) as StoredResource;
}

/** Containers with the members that an execution shows. */
function shownTemplate(template: JsonObject): JsonObject {
  const shown = (list: string): JsonObject[] =>
    arrayAt(template, list).map((container) => {
      const kept = ['name', 'image', 'command', 'args', 'env', 'resources'].flatMap((key) => {
        const value = member(container, key);
        return value === undefined ? [] : [[key, value] as const];
      });
      return overlayObjects(Object.fromEntries(kept), withEphemeralStorage(container));
    });
  const init = shown('initContainers');
  return { containers: shown('containers'), ...(init.length === 0 ? {} : { initContainers: init }) };
}

/** So that clients have something to fail on: an image or a variable that contains one of these words. */
const FAILURE = /unhealthy|LOCAL_FAIL/u;

function isMeantToFail(template: JsonObject): boolean {
  const containers = ['containers', 'initContainers'].flatMap((list) => arrayAt(template, list));
  const texts = containers.flatMap((container) => [
    textAt(container, 'image'),
    ...arrayAt(container, 'env').flatMap((variable) => [textAt(variable, 'name'), textAt(variable, 'value')]),
  ]);
  return texts.some((text) => text !== undefined && FAILURE.test(text));
}

export function isRunning(execution: StoredResource): boolean {
  return textAt(execution.readOnly, 'properties.status') === 'Running';
}

/** Ends an execution that still runs. */
export function endExecution(engine: Engine, execution: StoredResource, status: string, at: number): void {
  if (!isRunning(execution)) return;
  const properties = { status, endTime: timestamp(at) };
  engine.resources.put({ ...execution, readOnly: overlayObjects(execution.readOnly, { properties }) });
  forgetOld(engine, execution.parent);
}

/** Azure remembers the last 100 executions that ended. */
function forgetOld(engine: Engine, job: string): void {
  const ended = engine.resources.list({ type: EXECUTION_TYPE, parent: job }).filter((each) => !isRunning(each));
  for (const old of ended.slice(0, Math.max(0, ended.length - 100))) engine.resources.delete(old.id);
}

export const executionEnds: TaskHandler = (engine, payload, due) => {
  const execution = engine.resources.get(textAt(payload, 'id') ?? '');
  if (execution) endExecution(engine, execution, textAt(payload, 'status') ?? 'Unknown', due);
};
