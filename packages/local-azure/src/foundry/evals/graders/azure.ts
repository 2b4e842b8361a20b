import { member, objectAt, textAt, type Json, type JsonObject } from '../../../engine/json.ts';
import type { AssetVersion } from '../../shared/assets.ts';
import { findBuiltin, type Scale } from '../../evaluators/builtin.ts';
import { answerPrompt } from '../../models/answer.ts';
import type { ModelSettings } from '../../../engine/model-settings.ts';
import { asText, fill, MissingValue, type Scope } from './template.ts';
import { overallQuality, QUALITY_RULES } from './heuristics.ts';
import { numberIn } from './openai.ts';
import { rounded, type ComputedBy, type Grade } from './result.ts';
import { safetyScore } from './safety.ts';

/** An `azure_ai_evaluator` criterion, with the custom evaluator that it names; undefined for the built-in ones. */
export interface AzureCriterion {
  readonly criterion: JsonObject;
  readonly custom: AssetVersion | undefined;
}

/** Grades a row by a built-in or a custom evaluator, on its own scale and with its threshold. */
export async function gradeAzure(
  { criterion, custom }: AzureCriterion,
  scope: Scope,
  models: ModelSettings,
): Promise<Grade> {
  const inputs = inputsOf(criterion, scope);
  const parameters = objectAt(criterion, 'initialization_parameters');
  const scored = custom
    ? await scoreCustom(custom, inputs, parameters, models)
    : scoreBuiltin(criterion, inputs, parameters);
  const wanted = member(parameters, 'threshold') ?? member(parameters, 'pass_threshold');
  const threshold = typeof wanted === 'number' ? wanted : scored.scale.threshold;
  return {
    name: textAt(criterion, 'name') ?? '',
    type: 'azure_ai_evaluator',
    metric: scored.metric,
    score: rounded(scored.score),
    threshold,
    passed: scored.scale.better === 'increase' ? scored.score >= threshold : scored.score <= threshold,
    reason: scored.reason,
    computedBy: scored.computedBy,
  };
}

interface Scored {
  readonly metric: string;
  readonly score: number;
  readonly scale: Scale;
  readonly reason: string;
  readonly computedBy: ComputedBy;
}

/** The data mapping, filled; without one the columns of the row. */
function inputsOf(criterion: JsonObject, scope: Scope): JsonObject {
  const mapping = Object.entries(objectAt(criterion, 'data_mapping'));
  if (mapping.length === 0) return { ...scope.item, ...responseOf(scope) };
  return Object.fromEntries(mapping.map(([name, template]) => [name, fill(template, scope)]));
}

function responseOf({ sample }: Scope): JsonObject {
  const text = member(sample, 'output_text');
  return text === undefined ? {} : { response: text };
}

function scoreBuiltin(criterion: JsonObject, inputs: JsonObject, parameters: JsonObject): Scored {
  const name = textAt(criterion, 'evaluator_name') ?? '';
  const builtin = findBuiltin(name);
  if (!builtin) throw new Error(`There is no evaluator '${name}'`);
  const metric = name.replace(/^builtin\./u, '');
  const missing = builtin.needs.find((input) => member(inputs, input) === undefined);
  if (missing !== undefined) throw new MissingValue(missing);
  const { scale } = builtin;
  const severity = safetyScore(name, inputs);
  if (severity !== undefined) {
    return { metric, score: severity, scale, reason: 'words and patterns in the response', computedBy: 'heuristic' };
  }
  const quality = QUALITY_RULES[name]?.(inputs, parameters);
  if (!quality) throw new Error(`The embedded Azure does not imitate the evaluator '${name}'`);
  return {
    metric,
    score: onScale(quality.value, scale),
    scale,
    reason: quality.reason,
    computedBy: quality.exact ? 'formula' : 'heuristic',
  };
}

/** 0 to 1 on a scale; whole steps where it has some. */
function onScale(value: number, { type, least, most }: Scale): number {
  const score = least + (most - least) * value;
  return type === 'continuous' ? score : Math.round(score);
}

/** Prompts are answered by the responder, rubrics by a rule of thumb; the first metric that is primary counts. */
async function scoreCustom(
  { name, body }: AssetVersion,
  inputs: JsonObject,
  parameters: JsonObject,
  models: ModelSettings,
): Promise<Scored> {
  const definition = objectAt(body, 'definition');
  const type = textAt(definition, 'type') ?? '';
  const { metric, scale } = primaryMetric(definition, name);
  if (type === 'rubric') {
    const value = overallQuality(inputs);
    return {
      metric,
      scale,
      score: onScale(value, scale),
      reason: 'fit to the question or the expected answer',
      computedBy: 'heuristic',
    };
  }
  if (type !== 'prompt') throw new Error(`The embedded Azure does not run evaluators of type '${type}'`);
  const prompt = asText(definition['prompt_text'] ?? '').replaceAll(
    /\{\{\s*(?<key>\w+)\s*\}\}/gu,
    (whole, key: string) => {
      const value = member(inputs, key);
      return value === undefined ? whole : asText(value);
    },
  );
  const answer = await answerPrompt(models, {
    deployment: textAt(parameters, 'deployment_name') ?? textAt(parameters, 'model') ?? '',
    agent: undefined,
    instructions: '',
    messages: [{ role: 'user', text: prompt }],
    knowledge: [],
    format: undefined,
  });
  const isSaid = answer.answeredBy === 'script' || answer.answeredBy === 'endpoint';
  const said = isSaid ? numberIn(answer.text) : undefined;
  return {
    metric,
    scale,
    score: said ?? onScale(overallQuality(inputs), scale),
    reason: said === undefined ? 'fit to the question or the expected answer' : answer.text,
    computedBy: said === undefined ? 'heuristic' : answer.answeredBy === 'endpoint' ? 'endpoint' : 'script',
  };
}

function primaryMetric(definition: JsonObject, name: string): { readonly metric: string; readonly scale: Scale } {
  const metrics = Object.entries(objectAt(definition, 'metrics'));
  const [metric, found] = metrics.find(([, each]) => member(each, 'is_primary') === true) ?? metrics[0] ?? [name, {}];
  const number = (key: string, preset: number): number => numberAt(found, key) ?? preset;
  const isRubric = textAt(definition, 'type') === 'rubric';
  const least = number('min_value', isRubric ? 0 : 1);
  const most = number('max_value', isRubric ? 1 : 5);
  const preset = isRubric ? (numberAt(definition, 'pass_threshold') ?? 0.5) : (least + most) / 2;
  return {
    metric,
    scale: {
      type: (['ordinal', 'boolean'] as const).find((type) => type === textAt(found, 'type')) ?? 'continuous',
      least,
      most,
      threshold: number('threshold', preset),
      better: textAt(found, 'desirable_direction') === 'decrease' ? 'decrease' : 'increase',
    },
  };
}

function numberAt(value: Json, key: string): number | undefined {
  const found = member(value, key);
  return typeof found === 'number' ? found : undefined;
}
