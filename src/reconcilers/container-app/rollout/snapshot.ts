import { isArray, isObject, member, textAt, textOf, valueAt, type Json, type JsonObject } from '../../../model/json.ts';
import { canonicalJson } from '../../../model/json.ts';
import { readTags } from '../../../rollout/tags.ts';
import type { Revision, Share, Snapshot } from '../../../rollout/types.ts';

/** Microsoft.App/containerApps and its revisions, 2026-01-01, as a rollout sees them. */
export function snapshotOf(
  app: JsonObject,
  revisions: readonly JsonObject[],
  desired: { readonly hash: string; readonly template: JsonObject },
): Snapshot {
  const { progress, aborted, generation } = readTags(tagsOf(app));
  const newest = textAt(app, '/properties/latestReadyRevisionName') || textAt(app, '/properties/latestRevisionName');
  return {
    revisions: revisions.map((revision) => revisionOf(revision, desired)),
    traffic: trafficOf(app),
    newest: newest || undefined,
    progress,
    aborted,
    generation,
  };
}

export function tagsOf(app: JsonObject): JsonObject {
  const tags = member(app, 'tags');
  return isObject(tags) ? tags : {};
}

/** Weights that are absent count as nothing. */
export function trafficOf(app: JsonObject): Share[] {
  const traffic = valueAt(app, '/properties/configuration/ingress/traffic');
  return (isArray(traffic) ? traffic : []).filter(isObject).map((share): Share => {
    const label = textOf(share, 'label');
    return {
      revision: member(share, 'latestRevision') === true ? undefined : textOf(share, 'revisionName'),
      weight: Number(member(share, 'weight') ?? 0),
      ...(label === '' ? {} : { label }),
    };
  });
}

function revisionOf(body: JsonObject, desired: { readonly hash: string; readonly template: JsonObject }): Revision {
  const name = textOf(body, 'name');
  const template = valueAt(body, '/properties/template');
  const same = isObject(template) && canonicalJson(plain(template)) === canonicalJson(plain(desired.template));
  return {
    name,
    hash: same ? desired.hash : hashOf(name),
    created: Date.parse(textAt(body, '/properties/createdTime')) || 0,
    active: valueAt(body, '/properties/active') === true,
    health: healthOf(body),
  };
}

/** The hash in the suffix of a revision that a rollout made. */
export function hashOf(revision: string): string | undefined {
  return /--g(?<hash>[0-9a-f]{10})(?:-\d+)?$/.exec(revision)?.groups?.['hash'];
}

/** A revision that is scaled to zero answers as soon as somebody asks. */
function healthOf(body: JsonObject): Revision['health'] {
  const [health, running, provisioning] = ['healthState', 'runningState', 'provisioningState'].map((name) =>
    textAt(body, `/properties/${name}`).toLowerCase(),
  );
  if (health === 'unhealthy' || running === 'failed' || provisioning === 'failed') return 'unhealthy';
  if (health === 'healthy') return 'healthy';
  return running === 'scaledtozero' && provisioning === 'provisioned' ? 'healthy' : 'unknown';
}

/** What Azure fills in says nothing about what was asked for; anything else does. */
const FILLED_IN: Readonly<Record<string, Json>> = { cooldownPeriod: 300, pollingInterval: 30, maxReplicas: 10 };
const COMPUTED = new Set(['revisionSuffix', 'ephemeralStorage', 'imageType']);

function plain(value: Json): Json {
  if (isArray(value)) return value.map(plain);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).flatMap(([key, item]): [string, Json][] => {
    const inner = plain(item);
    if (COMPUTED.has(key) || FILLED_IN[key] === inner || isEmpty(inner)) return [];
    return [[key, inner]];
  });
  return Object.fromEntries(kept);
}

function isEmpty(value: Json): boolean {
  if (value === null || value === '') return true;
  if (isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}
