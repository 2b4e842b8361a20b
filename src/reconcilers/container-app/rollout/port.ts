import { AzureError, isAzureError, type Address, type Azure, type WriteOptions } from '../../../model/azure.ts';
import { isArray, isObject, member, textAt, textOf, valueAt, type JsonObject } from '../../../model/json.ts';
import type { Site, WriteContext } from '../../../model/kind.ts';
import type { FieldChange } from '../../../model/plan.ts';
import { judge, spanOf } from '../../../rollout/analysis.ts';
import { writeTags } from '../../../rollout/tags.ts';
import type { Share, Snapshot } from '../../../rollout/types.ts';
import type { RolloutPort, RolloutWrite } from '../../shared/rollout/run.ts';
import { workspacesOf } from '../../shared/rollout/query.ts';
import { analysisOf } from '../../shared/rollout/target.ts';
import { measure } from './measure.ts';
import { runSmokeTests } from './smoke.ts';
import { snapshotOf, tagsOf } from './snapshot.ts';
import { difference } from '../../shared/edit/call.ts';
import { candidateTemplate } from './candidate.ts';
import { templateOf } from './observe.ts';

const OPTIONS = { deadlineMs: 20 * 60_000 };

export interface AppRollout {
  readonly site: Site;
  readonly app: Address;
  readonly rollout: JsonObject;
  readonly hash: string;
  /** The `template` that is wanted, without a suffix. */
  readonly template: JsonObject;
  /** The planned changes, as far as a plan knows them. */
  readonly fields: readonly FieldChange[];
}

/** The app as it is, and all its revisions. Rejects when there is no app. */
export async function readApp(
  azure: Pick<Azure, 'get' | 'list'>,
  app: Address,
): Promise<{ readonly body: JsonObject; readonly revisions: readonly JsonObject[] }> {
  const [body, revisions] = await Promise.all([
    azure.get(app),
    azure.list({ path: `${app.path}/revisions`, apiVersion: app.apiVersion }),
  ]);
  if (!body) {
    const message = 'The app is gone: somebody deleted it';
    throw new AzureError({ code: 'ResourceNotFound', message, method: 'GET', url: app.path, status: 404 });
  }
  return { body, revisions: revisions ?? [] };
}

type Seen = Awaited<ReturnType<typeof readApp>>;

/** A rollout of Microsoft.App/containerApps 2026-01-01. */
export function appPort(context: WriteContext, request: AppRollout): RolloutPort {
  const { azure, signal, probe } = context;
  const { app, site, rollout } = request;
  const options: WriteOptions = { ...OPTIONS, signal };
  let seen: Seen | undefined;
  return {
    now: () => azure.now(),
    sleep: (milliseconds, signal) => azure.sleep(milliseconds, signal),
    async read() {
      seen = await readApp(azure, app);
      const snapshot = snapshotOf(seen.body, seen.revisions, request);
      await wakeStarting(context, seen.revisions, snapshot, request.hash);
      return snapshot;
    },
    async carryOut(write, live) {
      if (write.do === 'shares') await azure.patch(app, sharesBody(seen?.body ?? {}, write, live), options);
      else if (write.do === 'create') await azure.patch(app, templateBody(seen, request, write.suffix), options);
      else await act(azure, app, write.revision, write.do, options);
    },
    async smoke(revision) {
      const tests = member(rollout, 'smokeTests');
      const found = seen?.revisions.find((one) => textOf(one, 'name') === revision);
      const host = textAt(found, '/properties/fqdn');
      if (host === '') return { verdict: 'fail', reason: `${revision} has no address` };
      return runSmokeTests(probe, host, (isArray(tests) ? tests : []).filter(isObject));
    },
    async analyse({ analysis: name, revision, baseline, since }, now) {
      const found = analysisOf(rollout, name);
      if (!found) return { verdict: 'inconclusive', reason: `There is no analysis ${name}` };
      const workspaceOf = workspacesOf(site);
      const span = spanOf(found.analysis, since, now);
      const asked = { azure, app: app.path, revision, baseline, ...span, metrics: found.metrics, workspaceOf };
      return judge(found.analysis, await measure(asked), since, now);
    },
  };
}

/** Traffic and step in one request, so that they are never apart. Azure replaces the tags as a whole. */
function sharesBody(body: JsonObject, write: Extract<RolloutWrite, { do: 'shares' }>, live: Snapshot): JsonObject {
  const { progress, shares, aborted = live.aborted, reason } = write;
  const traffic = shares.map(({ revision, weight, label }: Share): JsonObject => ({
    ...(revision === undefined ? { latestRevision: true } : { revisionName: revision }),
    weight,
    ...(label === undefined ? {} : { label }),
  }));
  return {
    tags: { ...tagsOf(body), ...writeTags(live, progress, aborted, reason) },
    properties: { configuration: { ingress: { traffic } } },
  };
}

/** The template of the candidate as a merge patch of the newest one, since that is what Azure merges it into. */
function templateBody(seen: Seen | undefined, request: AppRollout, suffix: string): JsonObject {
  const { body = {}, revisions = [] } = seen ?? {};
  const template = candidateTemplate(body, revisions, request);
  return { properties: { template: { ...difference(templateOf(body), template), revisionSuffix: suffix } } };
}

const BUSY = new Set(['ContainerAppOperationInProgress', 'ContainerAppLockConflict']);

/** Both can be sent twice. A lost answer and a busy app are told by the next look. */
async function act(
  azure: Azure,
  app: Address,
  revision: string,
  action: 'activate' | 'deactivate',
  options: WriteOptions,
): Promise<void> {
  try {
    await azure.post(
      { path: `${app.path}/revisions/${revision}/${action}`, apiVersion: app.apiVersion },
      undefined,
      options,
    );
  } catch (error) {
    if (!isAzureError(error) || !(error.details.maybeDone || BUSY.has(error.details.code))) throw error;
  }
}

/** A candidate that is scaled to zero becomes healthy only when somebody asks for it. */
async function wakeStarting(
  { probe }: WriteContext,
  bodies: readonly JsonObject[],
  { revisions }: Snapshot,
  hash: string,
): Promise<void> {
  const asleep = revisions.filter((one) => one.hash === hash && one.active && one.health === 'unknown');
  for (const { name } of asleep) {
    const body = bodies.find((one) => textOf(one, 'name') === name);
    const host = textAt(body, '/properties/fqdn');
    if (host === '' || Number(valueAt(body, '/properties/template/scale/minReplicas') ?? 0) > 0) continue;
    await probe(`https://${host}/`, { method: 'GET', timeoutMs: 5_000 }).catch(() => undefined);
  }
}
