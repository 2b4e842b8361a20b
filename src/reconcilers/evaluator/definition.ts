import { sha256 } from '../../model/fingerprint.ts';
import {
  canonicalJson,
  isArray,
  isObject,
  member,
  textAt,
  textOf,
  valueAt,
  type JsonObject,
} from '../../model/json.ts';
import type { EvaluatorSpec } from './spec.ts';

/** Fields of a metric here, and as the service names them. */
const METRIC_FIELDS = {
  type: 'type',
  direction: 'desirable_direction',
  min: 'min_value',
  max: 'max_value',
  threshold: 'threshold',
  primary: 'is_primary',
} as const;

/** What makes a version: `definition` of `POST /evaluators/{name}/versions`. */
export function definitionOf(spec: EvaluatorSpec): JsonObject {
  const isCode = spec.code !== undefined;
  return {
    type: isCode ? 'code' : 'prompt',
    ...(isCode ? { code_text: plain(spec.code ?? '') } : { prompt_text: plain(spec.prompt ?? '') }),
    init_parameters: (spec.parameters as JsonObject | undefined) ?? usualParameters(isCode),
    ...(isCode && spec.inputs === undefined
      ? {}
      : { data_schema: (spec.inputs as JsonObject | undefined) ?? inputsIn(spec.prompt ?? '') }),
    metrics: Object.fromEntries(
      Object.entries(spec.metrics).map(([name, metric]) => [name, metricBody((metric ?? {}) as unknown as JsonObject)]),
    ),
  };
}

/** sha256 of a definition: the same for the same definition, whoever asks. */
export function definitionHash(spec: EvaluatorSpec): string {
  return sha256(canonicalJson(definitionOf(spec)));
}

function plain(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

/** Names of the parameters that the service hands to evaluators of a type. */
function usualParameters(isCode: boolean): JsonObject {
  const threshold = isCode ? 'pass_threshold' : 'threshold';
  return {
    type: 'object',
    properties: { deployment_name: { type: 'string' }, [threshold]: { type: 'number' } },
    required: ['deployment_name', threshold],
  };
}

function inputsIn(prompt: string): JsonObject {
  const names = [...new Set([...prompt.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name = '']) => name))];
  return {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
    required: names,
  };
}

function metricBody(metric: JsonObject): JsonObject {
  const given = { direction: 'increase', ...metric };
  return Object.fromEntries(
    Object.entries(METRIC_FIELDS).flatMap(([name, wire]) => {
      const value = member(given, name);
      return value === undefined ? [] : [[wire, value]];
    }),
  );
}

/** A live version as a manifest would write it, without its project. */
export function specOf(version: JsonObject): JsonObject {
  const description = textOf(version, 'description');
  const displayName = textOf(version, 'display_name');
  const levels = member(version, 'supported_evaluation_levels');
  const metrics = valueAt(version, '/definition/metrics');
  const inputs = valueAt(version, '/definition/data_schema');
  const parameters = valueAt(version, '/definition/init_parameters');
  const isCode = textAt(version, '/definition/type') === 'code';
  return {
    ...(displayName === '' ? {} : { displayName }),
    ...(description === '' ? {} : { description }),
    categories: member(version, 'categories') ?? [],
    ...(isArray(levels) && levels.length > 0 ? { levels } : {}),
    ...(isCode
      ? { code: textAt(version, '/definition/code_text') }
      : { prompt: textAt(version, '/definition/prompt_text') }),
    ...(isObject(inputs) ? { inputs } : {}),
    ...(isObject(parameters) ? { parameters } : {}),
    metrics: Object.fromEntries(
      Object.entries(isObject(metrics) ? metrics : {}).map(([name, metric]) => [
        name,
        metricSpec(metric as JsonObject),
      ]),
    ),
  };
}

function metricSpec(body: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(METRIC_FIELDS).flatMap(([name, wire]) => {
      const value = member(body, wire);
      return value === undefined || value === null ? [] : [[name, value]];
    }),
  );
}
