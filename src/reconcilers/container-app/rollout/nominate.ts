import { textAt, textOf, type JsonObject } from '../../../model/json.ts';
import type { Nomination, Nominee, Site, WriteContext } from '../../../model/kind.ts';
import type { FieldChange } from '../../../model/plan.ts';
import { candidateOf } from '../../../rollout/decide.ts';
import { stableOf } from '../../../rollout/traffic.ts';
import { STEP } from '../../../rollout/types.ts';
import { runRollout } from '../../shared/rollout/run.ts';
import { stopped } from '../../shared/rollout/stopped.ts';
import { rolloutOf, targetOf } from '../../shared/rollout/target.ts';
import { appPort, readApp } from './port.ts';
import { requestFor, writeInSteps } from './write.ts';

/**
 * Makes ready what a gate asks: with a rollout the candidate, healthy and without traffic, else the app as it is. An app
 * that does not exist yet is created first; nobody uses it.
 */
export async function nominateApp(
  context: WriteContext,
  site: Site,
  fields: readonly FieldChange[] = [],
): Promise<Nomination> {
  const rollout = rolloutOf(site.spec as JsonObject);
  const request = requestFor(site, rollout ?? {}, fields);
  const { azure, report, signal } = context;
  const exists = (await azure.get(request.app)) !== undefined;
  if (!rollout) return { candidate: await appItself(context, site, request.hash), incumbent: undefined };
  if (!exists) await writeInSteps(context, site, rollout, { live: undefined, fields: [] });
  const port = appPort(context, request);
  const before = await port.read();
  const target = { ...targetOf(rollout, request.hash, context.generation), steps: [{ pause: {} }], rollbackWindow: 0 };
  const isUnderWay = before.progress?.hash === request.hash && before.progress.step > STEP.claimed;
  if (!isUnderWay && stableOf(before)?.hash !== request.hash) {
    const ending = await runRollout(port, target, { report, signal });
    if (ending.do === 'stop') throw stopped(site.id, ending.reason, ending.why);
  }
  const live = await port.read();
  const candidate = candidateOf(target, live);
  const stable = stableOf(live);
  if (!candidate) throw new Error(`${site.id} has no candidate`);
  const { revisions } = await readApp(azure, request.app);
  const nominee = (name: string, digest: string): Nominee => ({
    target: {
      type: 'http',
      host: textAt(
        revisions.find((one) => textOf(one, 'name') === name),
        '/properties/fqdn',
      ),
    },
    label: `${site.azureName} revision ${name}`,
    digest,
  });
  return {
    candidate: nominee(candidate.name, request.hash),
    incumbent: stable && stable.name !== candidate.name ? nominee(stable.name, stable.hash ?? stable.name) : undefined,
  };
}

async function appItself({ azure }: WriteContext, site: Site, hash: string): Promise<Nominee> {
  const { app } = requestFor(site, {});
  const body = await azure.get(app);
  const host = textAt(body, '/properties/configuration/ingress/fqdn');
  if (host === '') throw new Error(`${site.id} has no address that could be asked`);
  const revision = textAt(body, '/properties/latestRevisionName');
  return { target: { type: 'http', host }, label: `${site.azureName} revision ${revision}`, digest: hash };
}
