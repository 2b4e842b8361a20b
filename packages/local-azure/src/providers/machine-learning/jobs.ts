import { requireResource, viewOf } from '../../arm/read.ts';
import { render } from '../../arm/render.ts';
import type { Caller } from '../../arm/caller.ts';
import type { Engine, ResourceType, TaskHandler } from '../../arm/contract.ts';
import { timestamp } from '../../engine/clock.ts';
import type { OperationFault } from '../../engine/faults.ts';
import { defined, objectAt, overlayObjects, textAt, type Json, type JsonObject } from '../../engine/json.ts';
import type { StoredResource } from '../../engine/resources.ts';
import { json } from '../../http/reply.ts';
import { JOB_TYPE, ML_VERSIONS } from './shared.ts';

/** Microsoft.MachineLearningServices/workspaces/batchEndpoints/jobs: what invocations led to. Made by invoking only. */
export const batchJobs: ResourceType = {
  type: JOB_TYPE,
  apiVersions: ML_VERSIONS,
  placement: 'child',
  body: { properties: 'readonly' },
  actions: {
    cancel: (call) => {
      const job = requireResource(call);
      cancelJob(call.engine, job);
      return json(200, render(requireResource(call), viewOf(call)));
    },
  },
};

/** Content of an invocation request. */
export interface Invocation {
  readonly deployment: StoredResource;
  readonly inputs: JsonObject;
  readonly outputs: JsonObject;
  readonly caller: Caller;
  readonly fault: OperationFault;
}

const PHASES = [
  ['Queued', 0.1],
  ['Running', 0.3],
  ['end', 1],
] as const;

/** Creates a job that progresses by the clock: Preparing, Queued, Running, and its end. */
export function startJob(engine: Engine, endpoint: StoredResource, invocation: Invocation): StoredResource {
  const { deployment, inputs, outputs, caller, fault } = invocation;
  const now = engine.clock.now();
  const name = `batchjob-${engine.ids.guid()}`;
  const id = `${endpoint.id}/jobs/${name}`;
  const stamp = { at: now, by: caller.name, byType: caller.kind };
  const { subscription, resourceGroup } = endpoint;
  const properties = {
    jobType: 'Batch',
    displayName: name,
    status: 'Preparing',
    deploymentName: deployment.name,
    creationTimeUtc: timestamp(now),
    inputData: inputs,
    outputData: outputsOf(name, deployment, outputs),
    provisioningState: 'Succeeded',
  };
  engine.resources.put({
    id,
    name,
    type: JOB_TYPE,
    parent: endpoint.id,
    subscription,
    resourceGroup,
    writable: {},
    secret: {},
    readOnly: { properties },
    created: stamp,
    modified: stamp,
  });
  const duration = fault.durationMs ?? engine.timing.operationMs;
  for (const [phase, share] of PHASES) {
    if (phase === 'end' && fault.stuck) continue;
    const payload = defined({ id, phase, error: phase === 'end' ? fault.error?.message : undefined });
    engine.tasks.schedule('batch-job', now + Math.round(duration * share), payload);
  }
  return engine.resources.get(id) as StoredResource;
}

/** Without its own output a job writes the deployment's file into the default store. */
function outputsOf(job: string, { writable }: StoredResource, outputs: JsonObject): JsonObject {
  if (Object.keys(outputs).length > 0) return outputs;
  const file = textAt(writable, 'properties.outputFileName') ?? 'predictions.csv';
  const path = `azureml://datastores/workspaceblobstore/paths/azureml/${job}/score/${file}`;
  return { score: { JobOutputType: 'UriFile', Uri: path } };
}

/** Inputs with this word in them cannot be scored, so that there is something to fail on. */
const UNPROCESSABLE = /unprocessable/u;

export const advanceJob: TaskHandler = (engine, payload, due) => {
  const job = engine.resources.get(textAt(payload, 'id') ?? '');
  if (!job || isOver(job)) return;
  const phase = textAt(payload, 'phase') ?? '';
  if (phase !== 'end') {
    update(engine, job, { status: phase, ...(phase === 'Running' ? { startTimeUtc: timestamp(due) } : {}) });
    return;
  }
  const inputs = JSON.stringify(objectAt(job.readOnly, 'properties.inputData'));
  const reason = UNPROCESSABLE.test(inputs) ? 'The input data could not be processed.' : undefined;
  const message = textAt(payload, 'error') ?? reason;
  const error: Json | undefined = message === undefined ? undefined : { code: 'UserError', message };
  update(engine, job, defined({ status: error ? 'Failed' : 'Completed', endTimeUtc: timestamp(due), error }));
};

function isOver(job: StoredResource): boolean {
  return ['Completed', 'Failed', 'Canceled'].includes(textAt(job.readOnly, 'properties.status') ?? '');
}

/** Ends a job where it is. */
export function cancelJob(engine: Engine, job: StoredResource): void {
  if (!isOver(job)) update(engine, job, { status: 'Canceled', endTimeUtc: timestamp(engine.clock.now()) });
}

function update(engine: Engine, job: StoredResource, properties: JsonObject): void {
  engine.resources.put({ ...job, readOnly: overlayObjects(job.readOnly, { properties }) });
}
