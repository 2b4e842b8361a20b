import { isArray, isObject, member, textOf, type JsonObject, type Pointer } from '../../../model/json.ts';
import type { ProblemCode } from '../../../model/problems.ts';

/** Something wrong with a rollout, below `spec`. */
export interface RolloutFlaw {
  readonly field: Pointer;
  readonly code: ProblemCode;
  readonly message: string;
}

export function flaw(field: Pointer, message: string): RolloutFlaw {
  return { field, code: 'ING8015', message };
}

/** Objects of a list; none where there is no list. */
export function objectsOf(value: JsonObject, name: string): JsonObject[] {
  const list = member(value, name);
  return isArray(list) ? list.filter(isObject) : [];
}

/** What is wrong with strategy, steps and the analyses that they name, whatever is rolled out. */
export function reviewSteps(rollout: JsonObject): RolloutFlaw[] {
  const strategy = textOf(rollout, 'strategy');
  const steps = objectsOf(rollout, 'steps');
  const names = new Set(objectsOf(rollout, 'analysis').map((one) => textOf(one, 'name')));
  const unknown = (name: string): boolean => name !== '' && !names.has(name);
  return [
    ...(strategy === 'canary' && steps.length === 0 ? [flaw('/rollout', 'A canary needs steps')] : []),
    ...(strategy === 'blueGreen' && steps.length > 0
      ? [flaw('/rollout/steps', 'blueGreen has no steps; use the strategy canary')]
      : []),
    ...steps.flatMap((step, index) =>
      unknown(textOf(step, 'analysis'))
        ? [flaw(`/rollout/steps/${index}/analysis`, `There is no analysis "${textOf(step, 'analysis')}"`)]
        : [],
    ),
    ...(unknown(textOf(rollout, 'postPromotion'))
      ? [flaw('/rollout/postPromotion', `There is no analysis "${textOf(rollout, 'postPromotion')}"`)]
      : []),
    ...objectsOf(rollout, 'analysis').flatMap((one, at) =>
      objectsOf(one, 'metrics').flatMap((metric, index) => {
        const message = problemWith(metric);
        return message === undefined ? [] : [flaw(`/rollout/analysis/${at}/metrics/${index}`, message)];
      }),
    ),
  ];
}

function problemWith(metric: JsonObject): string | undefined {
  const has = (name: string): boolean => member(metric, name) !== undefined;
  if (!has('atMost') && !has('atLeast') && !has('maxIncrease'))
    return 'A metric needs a limit: atMost, atLeast or maxIncrease';
  if (textOf(metric, 'source') === 'logAnalytics')
    return has('workspace') && (has('query') || has('queryFile'))
      ? undefined
      : 'A query needs workspace and query or queryFile';
  return has('metric') || has('bad') ? undefined : 'A platform metric needs its name, or the status codes that are bad';
}
