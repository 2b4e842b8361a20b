import { timestamp } from '../../engine/clock.ts';
import type { Engine, TaskHandler } from '../../arm/contract.ts';
import type { Call } from '../../arm/contract.ts';
import {
  defined,
  member,
  objectAt,
  overlayObjects,
  textAt,
  valueAt,
  type Json,
  type JsonObject,
} from '../../engine/json.ts';
import type { StoredResource } from '../../engine/resources.ts';
import { registryCollection } from './image-store.ts';
import { appendLog, logTime } from './run-log.ts';
import { performRun, type Result } from './perform-run.ts';
import { RUN_TYPE } from './shared.ts';

interface Requested {
  readonly request: JsonObject;
  /** A fault that ends the run. */
  readonly error?: string;
}

type Registry = Pick<StoredResource, 'id'>;

function requestsOf(registry: Registry): ReturnType<typeof registryCollection<Requested>> {
  return registryCollection<Requested>(registry, 'run-requests');
}

/** Creates a run, which then progresses by the clock: Queued, Started, Running, and its end. */
export function startRun(call: Call, registry: StoredResource, request: JsonObject): StoredResource {
  const { engine, caller, directives } = call;
  const now = engine.clock.now();
  const runId = nextRunId(engine, registry);
  const stamp = { at: now, by: caller.name, byType: caller.kind };
  const { subscription, resourceGroup } = registry;
  engine.resources.put({
    id: `${registry.id}/runs/${runId}`,
    name: runId,
    type: RUN_TYPE,
    parent: registry.id,
    subscription,
    resourceGroup,
    writable: {},
    secret: {},
    readOnly: { properties: queued(runId, now, request) },
    created: stamp,
    modified: stamp,
  });
  const { durationMs = engine.timing.operationMs, error, stuck } = directives.operation ?? {};
  requestsOf(registry).put(
    engine.documents,
    runId,
    defined({ request, error: error?.message }) as unknown as Requested,
  );
  appendLog(engine, registry, runId, [`${logTime(now)} Queued a run with ID: ${runId}`]);
  const id = `${registry.id}/runs/${runId}`;
  for (const [phase, share] of PHASES) {
    if (phase === 'end' && stuck) continue;
    engine.tasks.schedule('registry-run', now + Math.round(durationMs * share), { id, phase });
  }
  return engine.resources.get(id) as StoredResource;
}

const PHASES = [
  ['Started', 0.25],
  ['Running', 0.5],
  ['end', 1],
] as const;

function nextRunId({ documents }: Engine, registry: Registry): string {
  const counters = registryCollection<{ readonly count: number }>(registry, 'counters');
  const count = (counters.get(documents, 'runs')?.count ?? 0) + 1;
  counters.put(documents, 'runs', { count });
  return `cb${count}`;
}

function queued(runId: string, now: number, request: JsonObject): JsonObject {
  const isBuild = textAt(request, 'type') === 'DockerBuildRequest';
  return defined({
    runId,
    status: 'Queued',
    lastUpdatedTime: timestamp(now),
    runType: isBuild ? 'QuickBuild' : 'QuickRun',
    createTime: timestamp(now),
    task: textAt(request, 'task'),
    agentPoolName: textAt(request, 'agentPoolName'),
    platform: { architecture: 'amd64', ...platformOf(request) },
    agentConfiguration: { cpu: Number(valueAt(request, 'agentConfiguration.cpu') ?? 2) },
    provisioningState: 'Succeeded',
    isArchiveEnabled: member(request, 'isArchiveEnabled') ?? false,
  });
}

/** Azure writes the system in lower case. */
function platformOf(request: JsonObject): JsonObject {
  const platform = objectAt(request, 'platform');
  return { ...platform, os: (textAt(platform, 'os') ?? 'linux').toLowerCase() };
}

/** The next step of a run. One that was cancelled or whose registry is gone goes no further. */
export const advanceRun: TaskHandler = (engine, payload, due) => {
  const run = engine.resources.get(textAt(payload, 'id') ?? '');
  const registry = run && engine.resources.get(run.parent);
  if (!run || !registry || isOver(run)) return;
  const phase = textAt(payload, 'phase') ?? '';
  if (phase !== 'end') {
    appendLog(engine, registry, run.name, [`${logTime(due)} ${phase === 'Started' ? 'Agent started' : 'Running'}`]);
    update(engine, run, { status: phase, ...(phase === 'Started' ? { startTime: timestamp(due) } : {}) }, due);
    return;
  }
  const requested = requestsOf(registry).get(engine.documents, run.name);
  const result: Result =
    requested?.error === undefined
      ? performRun(engine, registry, run.name, requested?.request ?? {}, due)
      : { log: [], error: requested.error, images: [] };
  appendLog(engine, registry, run.name, result.log);
  finish(engine, registry, run, result, due);
};

function isOver(run: StoredResource): boolean {
  return ['Succeeded', 'Failed', 'Canceled', 'Error', 'Timeout'].includes(statusOf(run));
}

function statusOf(run: StoredResource): string {
  return textAt(run.readOnly, 'properties.status') ?? '';
}

function finish(engine: Engine, registry: Registry, run: StoredResource, { error, images }: Result, at: number): void {
  const took = Math.round((at - run.created.at) / 1000);
  const outcome = error === undefined ? `was successful after ${took}s` : `failed after ${took}s. Error: ${error}`;
  appendLog(
    engine,
    registry,
    run.name,
    [`Run ID: ${run.name} ${outcome}`],
    error === undefined ? 'successful' : 'failed',
  );
  const outputImages: Json = images.map((image) => ({ ...image }));
  update(
    engine,
    run,
    defined({
      status: error === undefined ? 'Succeeded' : 'Failed',
      finishTime: timestamp(at),
      outputImages: images.length === 0 ? undefined : outputImages,
      runErrorMessage: error,
      provisioningState: error === undefined ? 'Succeeded' : 'Failed',
    }),
    at,
  );
}

/** Ends a run where it is. */
export function cancelRun(engine: Engine, run: StoredResource): void {
  if (isOver(run)) return;
  const now = engine.clock.now();
  appendLog(engine, { id: run.parent }, run.name, [`Run ID: ${run.name} was canceled`], 'canceled');
  update(engine, run, { status: 'Canceled', finishTime: timestamp(now), provisioningState: 'Canceled' }, now);
}

export function update(engine: Engine, run: StoredResource, properties: JsonObject, at: number): void {
  const changes = { properties: { ...properties, lastUpdatedTime: timestamp(at) } };
  engine.resources.put({ ...run, readOnly: overlayObjects(run.readOnly, changes) });
}
