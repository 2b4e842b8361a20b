import type { Attacks } from '../../gates/verdict/types.ts';
import { isAzureError } from '../../model/azure.ts';
import { problem, ProblemError, notKnown } from '../../model/diagnostic.ts';
import type { Site, WriteContext } from '../../model/kind.ts';
import { scanKey } from '../shared/red-team/content.ts';
import { scan } from '../shared/red-team/run.ts';
import type { EvaluationGateSpec } from './spec.ts';

/**
 * Has Foundry's red-teaming agent attack what the gate is about, in an evaluation of its own; the same target is not
 * attacked twice. Undefined: the gate does not ask for it, or it did not end in time. Rejects when it cannot be done.
 */
export async function attackCandidate(
  context: WriteContext,
  site: Site,
  endpoint: string,
): Promise<Attacks | undefined> {
  const { redTeam, target, project, judge, maxMinutes, expiresAfterDays = 14 } = site.spec as EvaluationGateSpec;
  if (redTeam === undefined) return undefined;
  const { riskCategories, strategies, turns } = redTeam;
  const spec = {
    project,
    riskCategories,
    expiresAfterDays,
    ...(strategies === undefined ? {} : { strategies }),
    ...(turns === undefined ? {} : { turns }),
    ...(target.agent === undefined ? { model: target.model ?? '' } : { agent: target.agent }),
    ...(judge === undefined ? {} : { judge }),
    ...(maxMinutes === undefined ? {} : { maxMinutes }),
  };
  const attacked: Site = { ...site, spec };
  const key = scanKey(attacked);
  if (key === undefined) throw notKnown(`What ${site.id} attacks is not known although it was applied`);
  try {
    const { report } = await scan(context, attacked, endpoint, key);
    return report?.total;
  } catch (error) {
    if (!isAzureError(error) && !(error instanceof ProblemError)) throw error;
    const why = isAzureError(error) ? error.details.message : error.problem.message;
    throw new ProblemError(
      problem('ING7003', `${site.id}: the attacks could not be carried out: ${why}`, { resource: site.id }),
    );
  }
}
