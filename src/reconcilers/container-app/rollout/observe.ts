import { isObject, member, textAt, valueAt, type JsonObject } from '../../../model/json.ts';
import type { Site } from '../../../model/kind.ts';
import { readTags } from '../../../rollout/tags.ts';
import { STEP } from '../../../rollout/types.ts';
import type { Sight } from '../../shared/rollout/outlook.ts';
import { rolloutOf } from '../../shared/rollout/target.ts';
import { hashOf, tagsOf, trafficOf } from './snapshot.ts';

/**
 * Which template a live app is compared by. `wanted`: its rollout is under way or was given up, and that is told by
 * itself; `newest`: the one in the body; `other`: the one of the named revision, which has to be read.
 */
export type Compared = { readonly by: 'wanted' | 'newest' } | { readonly by: 'other'; readonly revision: string };

export function comparedBy(body: JsonObject, site: Site, hash: string | undefined): Compared {
  if (!rolloutOf(site.spec as JsonObject)) return { by: 'newest' };
  const { progress, aborted } = readTags(tagsOf(body));
  if (hash !== undefined && aborted.includes(hash)) return { by: 'wanted' };
  if (hash !== undefined && progress?.hash === hash && progress.step < STEP.promoted) return { by: 'wanted' };
  const stable = servingRevision(body);
  if (stable === undefined || stable === textAt(body, '/properties/latestRevisionName')) return { by: 'newest' };
  return hash !== undefined && hashOf(stable) === hash ? { by: 'wanted' } : { by: 'other', revision: stable };
}

/** The revision that has all traffic, or the label of the stable one; undefined while it follows the newest. */
export function servingRevision(body: JsonObject): string | undefined {
  const traffic = trafficOf(body);
  return (traffic.find(({ label }) => label === 'stable') ?? traffic.find(({ weight }) => weight === 100))?.revision;
}

/** What a plan sees of a rollout in the body of an app. */
export function sightOf(body: JsonObject): Sight {
  const traffic = trafficOf(body);
  return {
    tags: readTags(tagsOf(body)),
    settled: traffic.length === 1 && traffic[0]?.weight === 100 && traffic[0].revision !== undefined,
    serving: servingRevision(body) ?? textAt(body, '/properties/latestRevisionName'),
  };
}

/** The body as if this were its template. */
export function withTemplate(body: JsonObject, template: JsonObject): JsonObject {
  const properties = member(body, 'properties');
  return { ...body, properties: { ...(isObject(properties) ? properties : {}), template } };
}

export function templateOf(body: JsonObject): JsonObject {
  const template = valueAt(body, '/properties/template');
  return isObject(template) ? template : {};
}
