import { LOCAL_GRADERS, type LocalGrader, type LocalGraderType } from '../../gates/graders/local.ts';
import { TRACE_GRADERS, type TraceGrader, type TraceGraderType } from '../../gates/graders/trace.ts';
import type { GateCriteria, Limit, MetricCriteria, SliceCriteria } from '../../gates/verdict/types.ts';
import { pointer, type Json, type JsonObject, type Pointer } from '../../model/json.ts';
import { JUDGED } from '../shared/eval-graders.ts';
import type { Row } from './items.ts';
import type { EvaluationGateSpec } from './spec.ts';

export type Grader = EvaluationGateSpec['metrics'][number]['grader'];

/** A metric or a safety check with its grader. */
export interface Graded {
  readonly name: string;
  readonly grader: Grader;
  readonly field: Pointer;
}

/** Everything that is graded, in the order of the manifest. */
export function gradedOf({ metrics, safety = [] }: EvaluationGateSpec): Graded[] {
  return [
    ...metrics.map(({ name, grader }, index) => ({ name, grader, field: pointer('/metrics', index) })),
    ...safety.map(({ name, grader }, index) => ({ name, grader, field: pointer('/safety', index) })),
  ];
}

/** The grader as one that runs here; undefined for those that run in Foundry. */
export function localGrader({ type, ...rest }: Grader): LocalGrader | undefined {
  return (LOCAL_GRADERS as readonly string[]).includes(type) ? { type: type as LocalGraderType, ...rest } : undefined;
}

/** The grader as one that looks at how an answer came about; undefined for all others. */
export function traceGrader({ type, ...rest }: Grader): TraceGrader | undefined {
  return (TRACE_GRADERS as readonly string[]).includes(type) ? { type: type as TraceGraderType, ...rest } : undefined;
}

/** True for graders that run here. */
export function runsHere(grader: Grader): boolean {
  return localGrader(grader) !== undefined || traceGrader(grader) !== undefined;
}

/** The gate's rules as the statistics take them. */
export function criteriaOf(spec: EvaluationGateSpec, rows: readonly Row[]): GateCriteria {
  return {
    metrics: spec.metrics.map((metric) => metricOf(metric, spec, rows)),
    safety: (spec.safety ?? []).map(({ name, maxDefectRate, evidence, neverFail = [] }) => ({
      name,
      atMost: maxDefectRate,
      ...(evidence === undefined ? {} : { evidence }),
      neverFail: rows.filter(({ tags }) => tags.some((tag) => neverFail.includes(tag))).map(({ item }) => item.id),
    })),
    ...(spec.redTeam === undefined ? {} : { attackSuccessRate: spec.redTeam.maxSuccessRate }),
    alpha: spec.alpha ?? 0.05,
    maxErroredItems: spec.maxErroredItems ?? 0.02,
    minItems: spec.minItems ?? 1,
    repeats: spec.repeats ?? 1,
    onMissingBaseline: spec.onMissingBaseline ?? 'skip',
  };
}

type Metric = EvaluationGateSpec['metrics'][number];

function metricOf(metric: Metric, spec: EvaluationGateSpec, rows: readonly Row[]): MetricCriteria {
  const { name, grader, data = 'passFail', direction = 'increase', tier = 'blocking', quantile = 0.95 } = metric;
  const [one = 0, other = usualMost(grader, data, spec)] = grader.range ?? [];
  const percent = direction === 'increase' ? metric.maxDropPercent : metric.maxIncreasePercent;
  return {
    name,
    data,
    ...(data === 'quantile' ? { quantile } : {}),
    direction,
    tier,
    range: [Math.min(one, other), Math.max(one, other)],
    ...limitsOf(metric),
    ...(percent === undefined ? {} : { maxDropShare: percent / 100 }),
    ...(metric.slices === undefined ? {} : { slices: slicesOf(metric.slices, rows) }),
  };
}

function limitsOf({
  atLeast,
  atMost,
  evidence,
  maxDrop,
}: Pick<Metric, 'atLeast' | 'atMost' | 'evidence' | 'maxDrop'>): Pick<MetricCriteria, 'absolute' | 'maxDrop'> {
  const limit: Limit = {
    ...(atLeast === undefined ? {} : { atLeast }),
    ...(atMost === undefined ? {} : { atMost }),
    ...(evidence === undefined ? {} : { evidence }),
  };
  return {
    ...(atLeast !== undefined || atMost !== undefined ? { absolute: limit } : {}),
    ...(maxDrop === undefined ? {} : { maxDrop }),
  };
}

/** One entry per value: those that are named, else those that occur. */
function slicesOf(slices: NonNullable<Metric['slices']>, rows: readonly Row[]): SliceCriteria[] {
  return slices.flatMap(({ field, values, minItems = 1, ...limits }) => {
    const groups = Map.groupBy(rows, ({ item }) => item.slices?.[field] ?? '');
    return (values ?? [...groups.keys()]).map((value): SliceCriteria => {
      const own = groups.get(value) ?? [];
      const units = new Set(own.map(({ item }) => item.cluster ?? `item ${item.id}`)).size;
      return { slice: field, value, minItems, items: own.length, units, ...limitsOf(limits) };
    });
  });
}

/** True when any limit of the gate is about what serves now, so that it is asked as well. */
export function comparesWithBaseline({ metrics }: EvaluationGateSpec): boolean {
  return metrics.some(
    ({ maxDrop, maxDropPercent, maxIncreasePercent, slices }) =>
      [maxDrop, maxDropPercent, maxIncreasePercent].some((one) => one !== undefined) ||
      slices?.some((slice) => slice.maxDrop !== undefined) === true,
  );
}

/** Greatest score where no range says it: nobody waits longer for an app than it may take. */
function usualMost({ type }: Grader, data: string, { request }: EvaluationGateSpec): number {
  if (type === 'latency') return (request?.withinSeconds ?? 60) * 1000;
  return data === 'passFail' || (LOCAL_GRADERS as readonly string[]).includes(type) ? 1 : 5;
}

/** True when a grader asks the judge. */
export function asksJudge({ type, evaluator = '' }: Grader): boolean {
  return (
    type === 'scoreModel' || (type === 'evaluator' && (JUDGED.has(evaluator) || !evaluator.startsWith('builtin.')))
  );
}

/** Inputs that evaluators take under the same name, from columns that rows usually have. */
const USUAL: Readonly<Record<string, string>> = { query: 'query', ground_truth: 'ground_truth', context: 'context' };

/** The evaluation of Foundry that a gate runs: `POST {endpoint}/openai/v1/evals` without name and metadata. */
export function evaluationContent(
  spec: EvaluationGateSpec,
  rows: readonly Row[],
  judge: string | undefined,
): JsonObject {
  const columns = columnTypes(rows);
  const remote = gradedOf(spec).filter(({ grader }) => !runsHere(grader));
  const criteria = remote.map(({ name, grader }) => criterionOf(name, grader, Object.keys(columns), judge));
  return {
    data_source_config: {
      type: 'custom',
      item_schema: { type: 'object', properties: columns, required: [spec.idField ?? 'id'] },
      include_sample_schema: true,
    },
    // Foundry wants one criterion at least; that there is an answer is what every gate needs.
    testing_criteria: criteria.length > 0 ? criteria : [ANSWERED],
  };
}

const ANSWERED: JsonObject = {
  type: 'string_check',
  name: 'answered',
  input: '{{sample.output_text}}',
  operation: 'ne',
  reference: '',
};

function criterionOf(name: string, grader: Grader, columns: readonly string[], judge: string | undefined): JsonObject {
  if (grader.type === 'scoreModel')
    return {
      type: 'score_model',
      name,
      model: judge ?? '',
      input: [{ role: 'user', content: grader.prompt ?? '' }],
      range: grader.range ?? [1, 5],
      ...(grader.passAt === undefined ? {} : { pass_threshold: grader.passAt }),
    };
  const usual = Object.entries(USUAL).filter(([, column]) => columns.includes(column));
  const mapping: JsonObject = {
    ...Object.fromEntries(usual.map(([input, column]) => [input, `{{item.${column}}}`])),
    response: isAboutAgents(grader.evaluator ?? '') ? '{{sample.output_items}}' : '{{sample.output_text}}',
    ...(grader.mapping as JsonObject | undefined),
  };
  const parameters: JsonObject = {
    // Newer evaluators read `model`, older ones `deployment_name`.
    ...(asksJudge(grader) && judge !== undefined ? { deployment_name: judge, model: judge } : {}),
    ...(grader.threshold === undefined ? {} : { threshold: grader.threshold }),
  };
  return {
    type: 'azure_ai_evaluator',
    name,
    evaluator_name: grader.evaluator ?? '',
    ...(grader.version === undefined ? {} : { evaluator_version: grader.version }),
    ...(Object.keys(parameters).length > 0 ? { initialization_parameters: parameters } : {}),
    data_mapping: mapping,
  };
}

/** Evaluators of agents take all items of an answer, tool calls included. */
function isAboutAgents(evaluator: string): boolean {
  return /^builtin\.(?:task_|tool_|intent_)/.test(evaluator);
}

function columnTypes(rows: readonly Row[]): JsonObject {
  const types = new Map<string, string>();
  for (const { content } of rows)
    for (const [name, value] of Object.entries(content)) types.set(name, types.get(name) ?? typeName(value));
  return Object.fromEntries([...types].map(([name, type]) => [name, { type }]));
}

function typeName(value: Json): string {
  if (Array.isArray(value)) return 'array';
  if (value === null) return 'string';
  return typeof value === 'object' ? 'object' : typeof value;
}
