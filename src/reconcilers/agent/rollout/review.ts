import { member, textOf, type JsonObject } from '../../../model/json.ts';
import { flaw, objectsOf, reviewSteps, type RolloutFlaw } from '../../shared/rollout/review.ts';
import { rolloutOf } from '../../shared/rollout/target.ts';

/** What is wrong with the rollout of an agent beyond its schema. */
export function reviewAgentRollout(spec: JsonObject): readonly RolloutFlaw[] {
  const rollout = rolloutOf(spec);
  if (!rollout) return [];
  return [
    ...reviewSteps(rollout),
    ...(member(rollout, 'smokeTests') === undefined
      ? []
      : [flaw('/rollout/smokeTests', 'An agent is tried by an EvaluationGate, not by requests')]),
    ...objectsOf(rollout, 'analysis').flatMap((one, at) =>
      objectsOf(one, 'metrics').flatMap((metric, index) =>
        textOf(metric, 'source') === 'logAnalytics'
          ? []
          : [flaw(`/rollout/analysis/${at}/metrics/${index}`, 'Agents have no platform metrics; query a workspace')],
      ),
    ),
  ];
}
