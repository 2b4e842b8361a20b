import type { Address } from '../../model/azure.ts';
import { problem, ProblemError } from '../../model/diagnostic.ts';
import { textAt, textOf, valueAt, type JsonObject } from '../../model/json.ts';
import type { Nominee, Site, WriteContext } from '../../model/kind.ts';
import { resourceId } from '../../model/resource-id.ts';
import type { EvaluationGateSpec } from './spec.ts';

/** The deployment that grades, as it is in Azure. */
export interface Judge {
  readonly deployment: string;
  readonly model: string;
  readonly version: string;
  /** Azure does not move it to another version by itself. */
  readonly pinned: boolean;
}

/** Deployments are read with the api-version of their kind. */
const API_VERSION = '2026-07-01';

function pathOfJudge(site: Site): string | undefined {
  const { judge } = site.spec as EvaluationGateSpec;
  return judge === undefined ? undefined : site.pathOf(resourceId('ModelDeployment', judge));
}

/** Reads the judge of a gate; undefined without one. Its members are empty where Azure has no such deployment. */
export async function readJudge({ azure }: WriteContext, site: Site): Promise<Judge | undefined> {
  const path = pathOfJudge(site);
  if (path === undefined) return undefined;
  const body = (await azure.get({ path, apiVersion: API_VERSION })) ?? {};
  return {
    deployment: path.slice(path.lastIndexOf('/') + 1),
    model: textAt(body, '/properties/model/name'),
    version: textAt(body, '/properties/model/version'),
    pinned: valueAt(body, '/properties/versionUpgradeOption') === 'NoAutoUpgrade',
  };
}

/** Why verdicts of this judge must not count; empty for one that can be relied on. */
export function judgeFaults(spec: EvaluationGateSpec, judge: Judge | undefined): string[] {
  if (judge === undefined) return [];
  const { judge: name = '', judgeModel, judgeVersion } = spec;
  const differs = (what: string, wanted: string | undefined, live: string): string[] =>
    wanted === undefined || wanted.toLowerCase() === live.toLowerCase()
      ? []
      : [`the ${what} of the judge ${name} is ${live || 'not known'}, and the gate asks for ${wanted}`];
  return [
    ...(judge.pinned
      ? []
      : [`the model of the judge ${name} is not pinned; set versionUpgradeOption to NoAutoUpgrade`]),
    ...differs('model', judgeModel, judge.model),
    ...differs('version', judgeVersion, judge.version),
  ];
}

/** Reads the judge and refuses one that cannot be relied on, before anything is made or asked. */
export async function requireJudge(context: WriteContext, site: Site): Promise<Judge | undefined> {
  const judge = await readJudge(context, site);
  const faults = judgeFaults(site.spec as EvaluationGateSpec, judge);
  if (faults.length > 0) throw refusal(site, faults.join('; '));
  return judge;
}

/** Refuses a judge that would grade answers of its own model, unless the gate allows it. */
export async function requireOtherModel(
  context: WriteContext,
  site: Site,
  endpoint: string,
  judge: Judge | undefined,
  { target }: Nominee,
): Promise<void> {
  const { forbidSameModelAsTarget = true } = site.spec as EvaluationGateSpec;
  if (judge === undefined || !forbidSameModelAsTarget) return;
  const deployment = await answeringDeployment(context, endpoint, target);
  if (deployment === undefined) return;
  if (deployment.toLowerCase() === judge.deployment.toLowerCase())
    throw refusal(site, `the judge would grade itself: the target answers with the deployment ${deployment}`);
  const path = pathOfJudge(site)?.replace(/[^/]+$/, deployment);
  const body = path === undefined || deployment.includes('/') ? undefined : await read(context, path, API_VERSION);
  const model = textAt(body, '/properties/model/name');
  if (model !== '' && model.toLowerCase() === judge.model.toLowerCase())
    throw refusal(site, `the judge would grade its own model: the target answers with ${model} as well`);
}

/** Deployment that a target answers with; undefined where it does not tell: apps, and agents that bring their own code. */
async function answeringDeployment(
  context: WriteContext,
  endpoint: string,
  target: JsonObject,
): Promise<string | undefined> {
  if (textOf(target, 'type') === 'azure_ai_model') return textOf(target, 'model') || undefined;
  if (textOf(target, 'type') !== 'azure_ai_agent') return undefined;
  const path = `${endpoint}/agents/${textOf(target, 'name')}/versions/${textOf(target, 'version')}`;
  const headers = { 'foundry-features': 'DraftAgents=V1Preview' };
  const version = await read(context, path, 'v1', headers);
  return textAt(version, '/definition/model') || undefined;
}

function read({ azure }: WriteContext, path: string, apiVersion: string, headers?: Address['headers']) {
  return azure.get({ path, apiVersion, ...(headers === undefined ? {} : { headers }) });
}

function refusal(site: Site, why: string): ProblemError {
  return new ProblemError(
    problem('ING7008', `${site.id}: ${why}`, {
      resource: site.id,
      hint: 'Nothing was asked. Use a pinned deployment of another model as the judge, or say in the gate what is meant.',
    }),
  );
}
