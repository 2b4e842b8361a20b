import { ArmError } from '../../arm/arm-error.ts';
import { requireIdle } from '../../arm/existence.ts';
import { requireResource } from '../../arm/read.ts';
import type { Call, Handler, ResourceType, View } from '../../arm/resource-type.ts';
import type { Engine, TaskHandler } from '../../engine/engine.ts';
import { timestamp } from '../../engine/clock.ts';
import {
  arrayAt,
  objectAt,
  overlayObjects,
  sameText,
  textAt,
  valueAt,
  withValue,
  type Json,
  type JsonObject,
} from '../../engine/json.ts';
import type { Resource, StoredResource } from '../../engine/resources.ts';
import { empty } from '../../server/reply.ts';
import { logForApp } from '../../logs/app-logs.ts';
import { lastServed, recordRestart } from '../../live/served.ts';
import { APP_VERSIONS, REVISION_TYPE } from './shared.ts';

/** Microsoft.App/containerApps/revisions: made by writing the app, never by themselves. */
export const revisions: ResourceType = {
  type: REVISION_TYPE,
  apiVersions: APP_VERSIONS,
  placement: 'child',
  hasSystemData: false,
  reportsApiVersions: true,
  body: { properties: 'any' },
  statuses: {},
  codes: { busy: 'ContainerAppOperationInProgress', notFound: 'RevisionNotFound' },
  present: presentRevision,
  actions: {
    activate: revisionAction((call, revision) => activate(call.engine, revision)),
    deactivate: revisionAction((call, revision) => deactivate(call.engine, revision)),
    restart: revisionAction((call, revision) => {
      recordRestart(call.engine, revision.parent, revision.name);
      activate(call.engine, revision);
    }),
  },
};

function revisionAction(act: (call: Call, revision: StoredResource) => void): Handler {
  return (call) => {
    const revision = requireResource(call);
    requireIdle(call, revision.parent);
    act(call, revision);
    return empty(200);
  };
}

/** Revisions of an app, oldest first. */
export function revisionsOf(engine: Engine, app: Resource): StoredResource[] {
  return engine.resources.list({ type: REVISION_TYPE, parent: app.id });
}

export function isActive(revision: Resource): boolean {
  return valueAt(revision.readOnly, 'properties.active') === true;
}

/** Stores a new revision of an app; it becomes healthy, or does not, when its time has come. */
export function createRevision(engine: Engine, app: Resource, name: string): void {
  const now = engine.clock.now();
  const template = objectAt(app.writable, 'properties.template');
  const { subscription, resourceGroup, created, modified } = app;
  engine.resources.put({
    id: `${app.id}/revisions/${name}`,
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
  scheduleReadiness(engine, `${app.id}/revisions/${name}`);
}

const STARTING: JsonObject = {
  provisioningState: 'Provisioning',
  healthState: 'None',
  runningState: 'Activating',
  replicas: 0,
};
const STOPPED: JsonObject = {
  active: false,
  healthState: 'None',
  runningState: 'Stopped',
  replicas: 0,
  provisioningState: 'Deprovisioned',
};

function scheduleReadiness(engine: Engine, id: string): void {
  engine.tasks.schedule('revision-ready', engine.clock.now() + engine.timing.revisionMs, { id });
}

function update(engine: Engine, revision: StoredResource, properties: JsonObject): void {
  engine.resources.put({ ...revision, readOnly: overlayObjects(revision.readOnly, { properties }) });
}

function activate(engine: Engine, revision: StoredResource): void {
  update(engine, revision, { active: true, ...STARTING });
  scheduleReadiness(engine, revision.id);
}

function deactivate(engine: Engine, revision: StoredResource): void {
  update(engine, revision, { ...STOPPED, lastActiveTime: timestamp(engine.clock.now()) });
}

/** A request starts a replica of a revision that was scaled to zero; it goes again when its cooldown is over. */
export function wakeRevision(engine: Engine, revision: StoredResource): void {
  const isAsleep = textAt(revision.readOnly, 'properties.runningState') === 'ScaledToZero';
  if (isAsleep) update(engine, revision, { runningState: 'Running', replicas: 1 });
  if (!isAsleep || valueAt(revision.writable, 'properties.template.scale.minReplicas')) return;
  const cooldown = Number(valueAt(revision.writable, 'properties.template.scale.cooldownPeriod') ?? 300);
  engine.tasks.schedule('revision-idle', engine.clock.now() + 1000 * cooldown, { id: revision.id });
}

/** The end of a cooldown: a revision that answered since then stays for another one. */
export const revisionIdle: TaskHandler = (engine, payload, due) => {
  const revision = engine.resources.get(textAt(payload, 'id') ?? '');
  if (!revision || textAt(revision.readOnly, 'properties.runningState') !== 'Running') return;
  const cooldown = 1000 * Number(valueAt(revision.writable, 'properties.template.scale.cooldownPeriod') ?? 300);
  const last = lastServed(engine, revision.parent, revision.name);
  if (last + cooldown > due) engine.tasks.schedule('revision-idle', last + cooldown, { id: revision.id });
  else update(engine, revision, { runningState: 'ScaledToZero', replicas: 0 });
};

/** Images that never start, so that rollouts have something to fail on: any whose name or tag contains `unhealthy`. */
const SICK_IMAGE = /unhealthy/u;

/** The end of a revision's start. In Single mode the revisions before it are then deactivated. */
export const revisionReady: TaskHandler = (engine, payload) => {
  const revision = engine.resources.get(textAt(payload, 'id') ?? '');
  const app = revision && engine.resources.get(revision.parent);
  if (!revision || !app || !isActive(revision)) return;
  const containers = arrayAt(revision.writable, 'properties.template.containers');
  if (containers.some((container) => SICK_IMAGE.test(textAt(container, 'image') ?? ''))) {
    update(engine, revision, {
      provisioningState: 'Provisioned',
      healthState: 'Unhealthy',
      runningState: 'Degraded',
      replicas: 1,
    });
    recordRestart(engine, app.id, revision.name);
    tell(engine, app, revision, 'Warning', 'ProbeFailed', 'The container did not become ready and is started again');
    return;
  }
  const replicas = Number(valueAt(revision.writable, 'properties.template.scale.minReplicas') ?? 0);
  update(engine, revision, {
    provisioningState: 'Provisioned',
    healthState: 'Healthy',
    runningState: replicas > 0 ? 'Running' : 'ScaledToZero',
    replicas,
  });
  tell(engine, app, revision, 'Normal', 'RevisionReady', 'Successfully provisioned revision');
  promote(engine, app, revision);
};

function tell(
  engine: Engine,
  app: StoredResource,
  revision: StoredResource,
  type: string,
  reason: string,
  text: string,
): void {
  const row = { RevisionName_s: revision.name, Type_s: type, Reason_s: reason, Log_s: `${text} '${revision.name}'` };
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

export function isSingle(app: Resource): boolean {
  return sameText(textAt(app.writable, 'properties.configuration.activeRevisionsMode') ?? 'Single', 'Single');
}

/** Deactivates all revisions but one. */
export function retire(engine: Engine, app: Resource, except: string): void {
  for (const other of revisionsOf(engine, app))
    if (isActive(other) && !sameText(other.name, except)) deactivate(engine, other);
}

/** Traffic is the app's; the share of a revision is computed when it is read. */
function presentRevision(body: JsonObject, revision: StoredResource, { engine }: View): JsonObject {
  const app = engine.resources.get(revision.parent);
  const domain = textAt(app?.readOnly, 'properties.configuration.ingress.fqdn')?.replace(/^[^.]+\./u, '');
  const fqdn = domain === undefined ? {} : { fqdn: `${revision.name}.${domain}` };
  return overlayObjects(body, { properties: { trafficWeight: app ? trafficWeight(app, revision) : 0, ...fqdn } });
}

/** `latestRevision` means the latest one that became ready. */
function trafficWeight(app: StoredResource, revision: StoredResource): number {
  const ready =
    textAt(app.readOnly, 'properties.latestReadyRevisionName') ??
    textAt(app.readOnly, 'properties.latestRevisionName') ??
    '';
  const applies = (rule: Json): boolean =>
    sameText(valueAt(rule, 'latestRevision') === true ? ready : (textAt(rule, 'revisionName') ?? ''), revision.name);
  const rules = arrayAt(app.writable, 'properties.configuration.ingress.traffic').filter(applies);
  return rules.reduce<number>((sum, rule) => sum + Number(valueAt(rule, 'weight') ?? 0), 0);
}

/** Refuses a revision name that another template already has. */
export function requireNewName(engine: Engine, app: Resource, name: string): void {
  if (!engine.resources.get(`${app.id}/revisions/${name}`)) return;
  const suffix = name.split('--').at(-1) ?? '';
  const message = `The following field(s) are either invalid or missing. Field 'template.revisionsuffix' is invalid with details: 'Invalid value: "${suffix}": revision with suffix ${suffix} already exists.';.`;
  throw new ArmError(400, 'InvalidParameterValueInContainerTemplate', message, { target: 'template.revisionSuffix' });
}
