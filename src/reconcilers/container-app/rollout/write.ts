import type { Address } from '../../../model/azure.ts';
import {
  isArray,
  isObject,
  member,
  withValueAt,
  type Json,
  type JsonObject,
  type Pointer,
} from '../../../model/json.ts';
import type { Live, Site, WriteContext } from '../../../model/kind.ts';
import { decide } from '../../../rollout/decide.ts';
import { createBody, updateBody } from '../../shared/arm-body.ts';
import { locateArm } from '../../shared/arm-location.ts';
import type { RolloutKind } from '../../shared/rollout/kind.ts';
import { runRollout } from '../../shared/rollout/run.ts';
import { stopped } from '../../shared/rollout/stopped.ts';
import { rolloutOf, targetOf } from '../../shared/rollout/target.ts';
import { withSecrets } from '../../shared/secrets.ts';
import { compiled, wantedTemplate, withoutTemplate } from '../arm.ts';
import { appPort, readApp, type AppRollout } from './port.ts';
import { sightOf } from './observe.ts';
import { snapshotOf } from './snapshot.ts';

const OPTIONS = { deadlineMs: 20 * 60_000 };

/** Creates the app, or changes its configuration and takes its template through the rollout as far as it can go now. */
export async function writeInSteps(
  context: WriteContext,
  site: Site,
  rollout: JsonObject,
  live: Live | undefined,
  removed: readonly Pointer[],
): Promise<JsonObject> {
  const request = requestFor(site, rollout);
  const { azure, signal, report } = context;
  const target = targetOf(rollout, request.hash, context.generation);
  const spec = await withSecrets(site.spec as JsonObject, context.secret);
  if (live) {
    const { body, revisions } = await readApp(azure, request.app);
    const first = decide(target, snapshotOf(body, revisions, request), azure.now());
    if (first.do === 'stop' && first.reason === 'StaleDesired') throw stopped(site.id, first.reason, first.why);
    const patch = withoutTemplate(updateBody(compiled, spec, site, body, removed));
    if (!covers(body, patch)) await azure.patch(request.app, patch, { ...OPTIONS, signal, report });
  } else {
    const body = createBody(compiled, spec, site);
    const named = withValueAt(body, '/properties/template/revisionSuffix', `g${request.hash}`) as JsonObject;
    await azure.put(request.app, named, { ...OPTIONS, signal, report });
  }
  const ending = await runRollout(appPort(context, request), target, { report, signal });
  if (ending.do === 'stop') throw stopped(site.id, ending.reason, ending.why);
  return (await azure.get(request.app)) ?? {};
}

function requestFor(site: Site, rollout: JsonObject): AppRollout & { readonly app: Address } {
  const { template, hash } = wantedTemplate(site);
  const app = locateArm(compiled, site).address;
  if (!app || hash === undefined) throw new Error(`What ${site.id} needs is not known although it was applied`);
  return { site, app: { path: app.path, apiVersion: app.apiVersion }, rollout, hash, template };
}

/** True when a patch would change nothing. Values of secrets are never returned, so they are not compared. */
function covers(live: Json | undefined, wanted: Json, key = ''): boolean {
  if (key === 'secrets') return isArray(wanted) && isArray(live) && wanted.length === live.length;
  if (wanted === null) return live === undefined || live === null;
  if (isArray(wanted))
    return isArray(live) && live.length === wanted.length && wanted.every((item, index) => covers(live[index], item));
  if (isObject(wanted))
    return isObject(live) && Object.entries(wanted).every(([name, value]) => covers(member(live, name), value, name));
  return typeof wanted === 'string' && typeof live === 'string'
    ? wanted.toLowerCase() === live.toLowerCase()
    : wanted === live;
}

/** Rollouts of container apps, for `ingate rollout`. */
export const appRollouts: RolloutKind = {
  hashOf: (site) => (rolloutOf(site.spec as JsonObject) ? wantedTemplate(site).hash : undefined),
  async read(reader, site, live) {
    const { body, revisions } = await readApp(reader, live.address);
    const { hash = '', template } = wantedTemplate(site);
    return snapshotOf(body, revisions, { hash, template });
  },
  targetOf: (site, generation, force) =>
    targetOf(rolloutOf(site.spec as JsonObject) ?? {}, wantedTemplate(site).hash ?? '', generation, force),
  port: (context, site) => appPort(context, requestFor(site, rolloutOf(site.spec as JsonObject) ?? {})),
  reasonOf: (_, __, live) => Promise.resolve(sightOf(live.body).tags.reason),
};
