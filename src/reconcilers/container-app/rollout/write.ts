import { notKnown } from '../../../model/diagnostic.ts';
import type { Address } from '../../../model/azure.ts';
import { segmentsOf, withValueAt, type JsonObject } from '../../../model/json.ts';
import type { Live, Site, WriteContext } from '../../../model/kind.ts';
import type { FieldChange } from '../../../model/plan.ts';
import { decide } from '../../../rollout/decide.ts';
import { createBody } from '../../shared/arm-body.ts';
import { writeArm } from '../../shared/arm-kind.ts';
import { locateArm } from '../../shared/arm-location.ts';
import type { RolloutKind } from '../../shared/rollout/kind.ts';
import { runRollout } from '../../shared/rollout/run.ts';
import { stopped } from '../../shared/rollout/stopped.ts';
import { rolloutOf, targetOf } from '../../shared/rollout/target.ts';
import { withSecrets } from '../../shared/secrets.ts';
import { compiled, TEMPLATE_FIELDS, wantedTemplate } from '../arm.ts';
import { appPort, readApp, type AppRollout } from './port.ts';
import { sightOf } from './observe.ts';
import { snapshotOf } from './snapshot.ts';

const OPTIONS = { deadlineMs: 20 * 60_000 };

/** Creates the app, or changes its configuration and takes its template through the rollout as far as it can go now. */
export async function writeInSteps(
  context: WriteContext,
  site: Site,
  rollout: JsonObject,
  { live, fields }: { readonly live: Live | undefined; readonly fields: readonly FieldChange[] },
): Promise<JsonObject> {
  const request = requestFor(site, rollout, fields);
  const { azure, signal, report } = context;
  const target = targetOf(rollout, request.hash, context.generation);
  if (live) {
    const { body, revisions } = await readApp(azure, request.app);
    const first = decide(target, snapshotOf(body, revisions, request), azure.now());
    if (first.do === 'stop' && first.reason === 'StaleDesired') throw stopped(site.id, first.reason, first.why);
    const beside = fields.filter(({ field }) => !TEMPLATE_FIELDS.includes(segmentsOf(field)[0] ?? ''));
    await writeArm(compiled, context, site, { path: request.app.path, live: body, fields: beside });
  } else {
    const spec = await withSecrets(site.spec as JsonObject, context.secret);
    const body = createBody(compiled, spec, site);
    const named = withValueAt(body, '/properties/template/revisionSuffix', `g${request.hash}`) as JsonObject;
    await azure.put(request.app, named, { ...OPTIONS, signal, report });
  }
  const ending = await runRollout(appPort(context, request), target, { report, signal });
  if (ending.do === 'stop') throw stopped(site.id, ending.reason, ending.why);
  return (await azure.get(request.app)) ?? {};
}

export function requestFor(
  site: Site,
  rollout: JsonObject,
  fields: readonly FieldChange[] = [],
): AppRollout & { readonly app: Address } {
  const { template, hash } = wantedTemplate(site);
  const app = locateArm(compiled, site).address;
  if (!app || hash === undefined) throw notKnown(`What ${site.id} needs is not known although it was applied`);
  return { site, app: { path: app.path, apiVersion: app.apiVersion }, rollout, hash, template, fields };
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
