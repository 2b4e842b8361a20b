import { RE2JS } from 're2js';
import { member, textOf, type JsonObject } from '../../../model/json.ts';
import { flaw, objectsOf, reviewSteps, type RolloutFlaw } from '../../shared/rollout/review.ts';
import { rolloutOf } from '../../shared/rollout/target.ts';

/** What is wrong with the rollout of an app beyond its schema. */
export function reviewRollout(spec: JsonObject): readonly RolloutFlaw[] {
  const rollout = rolloutOf(spec);
  if (!rollout) return [];
  return [
    ...(member(spec, 'ingress') === undefined
      ? [flaw('/rollout', 'An app without ingress has no traffic to move')]
      : []),
    ...reviewSteps(rollout),
    ...objectsOf(rollout, 'smokeTests').flatMap((test, index) => {
      const broken = brokenPattern(textOf(test, 'matches'));
      return broken === undefined ? [] : [flaw(`/rollout/smokeTests/${index}/matches`, broken)];
    }),
  ];
}

function brokenPattern(pattern: string): string | undefined {
  try {
    RE2JS.compile(pattern);
    return undefined;
  } catch (error) {
    return `Not a regular expression: ${error instanceof Error ? error.message : String(error)}`;
  }
}
