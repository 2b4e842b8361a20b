import { RE2JS } from 're2js';
import { isArray, isObject, member, textOf, type JsonObject, type Pointer } from '../../../model/json.ts';
import type { ProblemCode } from '../../../model/problems.ts';
import { rolloutOf } from '../../shared/rollout/target.ts';

interface Found {
  readonly field: Pointer;
  readonly code: ProblemCode;
  readonly message: string;
}

/** What is wrong with a rollout beyond its schema. */
export function reviewRollout(spec: JsonObject): readonly Found[] {
  const rollout = rolloutOf(spec);
  if (!rollout) return [];
  const found = (field: Pointer, message: string): Found => ({ field, code: 'ING8015', message });
  const strategy = textOf(rollout, 'strategy');
  const steps = listOf(rollout, 'steps');
  const names = new Set(listOf(rollout, 'analysis').map((one) => textOf(one, 'name')));
  const unknown = (name: string): boolean => name !== '' && !names.has(name);
  return [
    ...(member(spec, 'ingress') === undefined
      ? [found('/rollout', 'An app without ingress has no traffic to move')]
      : []),
    ...(strategy === 'canary' && steps.length === 0 ? [found('/rollout', 'A canary needs steps')] : []),
    ...(strategy === 'blueGreen' && steps.length > 0
      ? [found('/rollout/steps', 'blueGreen has no steps; use the strategy canary')]
      : []),
    ...steps.flatMap((step, index) =>
      unknown(textOf(step, 'analysis'))
        ? [found(`/rollout/steps/${index}/analysis`, `There is no analysis "${textOf(step, 'analysis')}"`)]
        : [],
    ),
    ...(unknown(textOf(rollout, 'postPromotion'))
      ? [found('/rollout/postPromotion', `There is no analysis "${textOf(rollout, 'postPromotion')}"`)]
      : []),
    ...listOf(rollout, 'smokeTests').flatMap((test, index) => {
      const broken = brokenPattern(textOf(test, 'matches'));
      return broken === undefined ? [] : [found(`/rollout/smokeTests/${index}/matches`, broken)];
    }),
    ...listOf(rollout, 'analysis').flatMap((one, at) =>
      listOf(one, 'metrics').flatMap((metric, index) => {
        const message = problemWith(metric);
        return message === undefined ? [] : [found(`/rollout/analysis/${at}/metrics/${index}`, message)];
      }),
    ),
  ];
}

function listOf(value: JsonObject, name: string): JsonObject[] {
  const list = member(value, name);
  return isArray(list) ? list.filter(isObject) : [];
}

function brokenPattern(pattern: string): string | undefined {
  try {
    RE2JS.compile(pattern);
    return undefined;
  } catch (error) {
    return `Not a regular expression: ${error instanceof Error ? error.message : String(error)}`;
  }
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
