import { timestamp } from '../../engine/clock.ts';
import type { Engine, TaskHandler } from '../../arm/contract.ts';
import {
  arrayAt,
  member,
  objectAt,
  overlayObjects,
  sameText,
  textAt,
  valueAt,
  withValue,
  type JsonObject,
} from '../../engine/json.ts';
import type { Resource, StoredResource } from '../../engine/resources.ts';
import { logForApp } from './app-logs.ts';
import { lastTurn, recordReplicas, recordRestart } from './activity.ts';
import { APP_TYPE, REVISION_TYPE } from './shared.ts';
import { isSingle } from './traffic.ts';

const STARTING: JsonObject = {
  provisioningState: 'Provisioning',
  healthState: 'None',
  runningState: 'Activating',
  replicas: 0,
};
const INACTIVE: JsonObject = {
  active: false,
  healthState: 'None',
  runningState: 'Stopped',
  replicas: 0,
  provisioningState: 'Deprovisioned',
};
/** An active revision of a stopped app (**unverified**). */
const STOPPED: JsonObject = { healthState: 'None', runningState: 'Stopped', replicas: 0 };

/** Revisions of an app, oldest first. */
function revisionsOf(engine: Engine, app: Resource): StoredResource[] {
  return engine.resources.list({ type: REVISION_TYPE, parent: app.id });
}

export function isActive(revision: Resource): boolean {
  return valueAt(revision.readOnly, 'properties.active') === true;
}

/** True when a revision can answer requests, at once or after waking up. */
export function isReady(revision: Resource): boolean {
  return isActive(revision) && textAt(revision.readOnly, 'properties.healthState') === 'Healthy';
}

export function isStopped(app: Resource): boolean {
  return textAt(app.readOnly, 'properties.runningStatus') === 'Stopped';
}

/** Stores a new revision of an app; it becomes healthy, or does not, when its time has come. */
export function createRevision(engine: Engine, app: Resource, name: string): void {
  const now = engine.clock.now();
  const template = objectAt(app.writable, 'properties.template');
  const { subscription, resourceGroup, created, modified } = app;
  const id = `${app.id}/revisions/${name}`;
  engine.resources.put({
    id,
    name,
    type: REVISION_TYPE,
    parent: app.id,
    subscription,
    resourceGroup,
    created: { ...created, at: now },
    modified,
    writable: { properties: { template } },
    secret: {},
    readOnly: { properties: { createdTime: timestamp(now), active: true, ...STARTING } },
  });
  recordReplicas(engine, app.id, { at: now, revision: name, replicas: 0 });
  scheduleReadiness(engine, id);
}

function scheduleReadiness(engine: Engine, id: string): void {
  engine.tasks.schedule('revision-ready', engine.clock.now() + engine.timing.revisionMs, { id });
}

function update(engine: Engine, revision: StoredResource, properties: JsonObject, at = engine.clock.now()): void {
  const before = valueAt(revision.readOnly, 'properties.replicas');
  const replicas = member(properties, 'replicas');
  if (typeof replicas === 'number' && replicas !== before)
    recordReplicas(engine, revision.parent, { at, revision: revision.name, replicas });
  engine.resources.put({ ...revision, readOnly: overlayObjects(revision.readOnly, { properties }) });
}

/** Starts a revision. One that is already active is not disturbed. */
export function activate(engine: Engine, revision: StoredResource): void {
  if (!isActive(revision)) start(engine, revision);
}

function start(engine: Engine, revision: StoredResource): void {
  update(engine, revision, { active: true, ...STARTING });
  scheduleReadiness(engine, revision.id);
}

/** Restarts the replicas of an active revision; an inactive one does not change (**unverified**). */
export function restart(engine: Engine, revision: StoredResource): void {
  if (!isActive(revision)) return;
  recordRestart(engine, revision.parent, { at: engine.clock.now(), revision: revision.name });
  start(engine, revision);
}

export function deactivate(engine: Engine, revision: StoredResource): void {
  update(engine, revision, { ...INACTIVE, lastActiveTime: timestamp(engine.clock.now()) });
  const app = engine.resources.get(revision.parent);
  if (app) forgetOldRevisions(engine, app);
}

/** Keeps the newest `maxInactiveRevisions` of those that are inactive. */
export function forgetOldRevisions(engine: Engine, app: Resource): void {
  const most = Number(valueAt(app.writable, 'properties.configuration.maxInactiveRevisions') ?? 100);
  const inactive = revisionsOf(engine, app).filter((revision) => !isActive(revision));
  for (const old of inactive.slice(0, Math.max(0, inactive.length - most))) engine.resources.delete(old.id);
}

/** Starts or ends the replicas of all active revisions, as the app is started or stopped. */
export function switchRevisions(engine: Engine, app: Resource, status: 'Running' | 'Stopped'): void {
  for (const revision of revisionsOf(engine, app).filter(isActive)) {
    if (status === 'Running') start(engine, revision);
    else update(engine, revision, STOPPED);
  }
}

/** Images that never start, so that rollouts have something to fail on: any whose name or tag contains `unhealthy`. */
const SICK_IMAGE = /unhealthy/u;

/** The end of a revision's start. In Single mode the revisions before it are then deactivated. */
export const revisionReady: TaskHandler = (engine, payload, due) => {
  const revision = engine.resources.get(textAt(payload, 'id') ?? '');
  const app = revision && engine.resources.get(revision.parent);
  if (!revision || !app || !isActive(revision)) return;
  if (isStopped(app)) {
    update(engine, revision, STOPPED, due);
    return;
  }
  const containers = arrayAt(revision.writable, 'properties.template.containers');
  if (containers.some((container) => SICK_IMAGE.test(textAt(container, 'image') ?? ''))) {
    const state = { provisioningState: 'Provisioned', healthState: 'Unhealthy', runningState: 'Degraded', replicas: 1 };
    update(engine, revision, state, due);
    recordRestart(engine, app.id, { at: due, revision: revision.name });
    tell(engine, app, revision, ['Warning', 'ProbeFailed', 'The container did not become ready and is started again:']);
    return;
  }
  const replicas = Number(valueAt(revision.writable, 'properties.template.scale.minReplicas') ?? 0);
  const runningState = replicas > 0 ? 'Running' : 'ScaledToZero';
  update(engine, revision, { provisioningState: 'Provisioned', healthState: 'Healthy', runningState, replicas }, due);
  tell(engine, app, revision, ['Normal', 'RevisionReady', 'Successfully provisioned revision']);
  promote(engine, app, revision);
};

function tell(
  engine: Engine,
  app: StoredResource,
  { name }: StoredResource,
  [type, reason, text]: readonly [type: string, reason: string, text: string],
): void {
  const row = { RevisionName_s: name, Type_s: type, Reason_s: reason, Log_s: `${text} '${name}'` };
  logForApp(engine, app, 'ContainerAppSystemLogs_CL', row);
}

function promote(engine: Engine, app: StoredResource, revision: StoredResource): void {
  if (!sameText(textAt(app.readOnly, 'properties.latestRevisionName') ?? '', revision.name)) return;
  engine.resources.put({
    ...app,
    readOnly: withValue(app.readOnly, 'properties.latestReadyRevisionName', revision.name),
  });
  if (isSingle(app)) retire(engine, app, revision.name);
}

/** Deactivates all revisions but one. */
export function retire(engine: Engine, app: Resource, except: string): void {
  for (const other of revisionsOf(engine, app))
    if (isActive(other) && !sameText(other.name, except)) deactivate(engine, other);
}

/** Gives a revision that is scaled to zero its first replica, until no request came for its cooldown period. */
export function wake(engine: Engine, revision: StoredResource): void {
  if (valueAt(revision.readOnly, 'properties.replicas') !== 0) return;
  update(engine, revision, { replicas: 1, runningState: 'Running' });
  engine.tasks.schedule('revision-idle', engine.clock.now() + cooldownOf(revision), { id: revision.id });
}

/** Milliseconds without a request after which a revision scales to zero; 300 seconds unless the template says otherwise. */
function cooldownOf(revision: Resource): number {
  return Number(valueAt(revision.writable, 'properties.template.scale.cooldownPeriod') ?? 300) * 1000;
}

/** The end of a cooldown period: back to zero replicas, or another period when requests came meanwhile. */
export const revisionIdle: TaskHandler = (engine, payload, due) => {
  const id = textAt(payload, 'id') ?? '';
  const revision = engine.resources.get(id);
  const app = revision && engine.resources.get(revision.parent);
  if (!revision || app?.type !== APP_TYPE || !isReady(revision)) return;
  if (Number(valueAt(revision.readOnly, 'properties.replicas') ?? 0) === 0) return;
  const end = (lastTurn(engine, app.id, revision.name) ?? 0) + cooldownOf(revision);
  if (end > due) engine.tasks.schedule('revision-idle', end, { id });
  else update(engine, revision, { replicas: 0, runningState: 'ScaledToZero' }, due);
};
