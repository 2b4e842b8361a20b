import { sha256 } from '../../model/fingerprint.ts';
import {
  canonicalJson,
  isArray,
  member,
  pointer,
  textOf,
  valueAt,
  type Json,
  type JsonObject,
} from '../../model/json.ts';
import { jsonLines, type FieldFlaw } from '../../model/json-lines.ts';
import type { Site } from '../../model/kind.ts';
import { resourceId } from '../../model/resource-id.ts';
import { criterionOf, graderMisfits, identifyEvaluators, pinEvaluators } from '../shared/eval-graders.ts';
import { evalRows, itemSchema, targetDataSource, type EvalRow } from '../shared/eval-rows.ts';
import { EVAL_METADATA } from '../shared/evals.ts';
import type { EvaluationScheduleSpec } from './spec.ts';
import { triggerMisfits } from './trigger.ts';

const DEFAULT_INPUT = '{{item.query}}';

export function nameOf(site: Site, kind: string, name: string): string {
  return site.azureNameOf(resourceId(kind, name)) ?? name;
}

function rowsFor(spec: EvaluationScheduleSpec): readonly EvalRow[] {
  return evalRows(spec.dataset ?? '', spec.idField ?? 'id').rows;
}

function contentOf(site: Site): JsonObject {
  const spec = site.spec as EvaluationScheduleSpec;
  const schema = itemSchema(rowsFor(spec), spec.idField ?? 'id');
  const columns = Object.keys(schema['properties'] ?? {});
  const judge = spec.judge === undefined ? undefined : nameOf(site, 'ModelDeployment', spec.judge);
  return {
    data_source_config: { type: 'custom', item_schema: schema, include_sample_schema: true },
    testing_criteria: spec.metrics.map(({ name, grader }) => criterionOf(name, grader, columns, judge)),
  };
}

/** The evaluation that the schedule runs, without name and metadata: `POST {endpoint}/openai/v1/evals`. */
export function evaluationContent(site: Site): JsonObject {
  return pinEvaluators(site, contentOf(site));
}

/** Metadata that says which definitions the evaluators of this environment had. */
const EVALUATORS = 'ingate.evaluators';
const DIGEST_LENGTH = 8;

/** Evaluators of this environment that graders name without a version, with the start of what each will be. */
function definitionsOf(site: Site): Map<string, string> {
  const { metrics } = site.spec as EvaluationScheduleSpec;
  return new Map(
    metrics.flatMap(({ grader: { evaluator, version } }) => {
      const digest =
        evaluator === undefined || version !== undefined
          ? undefined
          : site.digestOf(resourceId('Evaluator', evaluator))?.slice(0, DIGEST_LENGTH);
      return evaluator === undefined || digest === undefined ? [] : [[evaluator, digest] as const];
    }),
  );
}

/** Evaluators whose definition is another one than when a live evaluation was made, by their name in the manifest. */
export function changedEvaluators(site: Site, evaluation: JsonObject): Set<string> {
  const text = textOf(member(evaluation, 'metadata'), EVALUATORS);
  const known = new Map(text.split(' ').map((one) => one.split('=') as [string, string]));
  const changed = [...definitionsOf(site)].filter(([name, digest]) => (known.get(name) ?? digest) !== digest);
  return new Set(changed.map(([name]) => name));
}

/** Metadata of the evaluation. It cannot change, so each content has its own. */
export function marksOf(site: Site): Readonly<Record<string, string>> {
  const { environment, id } = site;
  const content = identifyEvaluators(site, contentOf(site));
  const definitions = [...definitionsOf(site)].map(([name, digest]) => `${name}=${digest}`);
  return {
    ...(definitions.length === 0 ? {} : { [EVALUATORS]: fitting(definitions) }),
    [EVAL_METADATA.environment]: environment.name,
    [EVAL_METADATA.id]: id,
    [EVAL_METADATA.content]: sha256(canonicalJson({ id, environment: environment.name, content })),
  };
}

/** As many as metadata can hold. */
function fitting(definitions: readonly string[]): string {
  const kept = definitions.filter((_, index) => definitions.slice(0, index + 1).join(' ').length <= 512);
  return kept.join(' ');
}

/** What each run sends, and to whom: `data_source` of a run. */
export function dataSourceOf(site: Site): JsonObject {
  const spec = site.spec as EvaluationScheduleSpec;
  const target: JsonObject =
    spec.agent === undefined
      ? { type: 'azure_ai_model', model: nameOf(site, 'ModelDeployment', spec.model ?? '') }
      : { type: 'azure_ai_agent', name: nameOf(site, 'Agent', spec.agent) };
  return targetDataSource(target, rowsFor(spec), spec.input ?? DEFAULT_INPUT);
}

/**
 * A dataset in the one form that is compared: each item on a line, members in order. One with flaws stays as it is, so that they
 * are reported by the lines of the file.
 */
export function canonicalDataset(text: string, idField = 'id'): string {
  if (evalRows(text, idField).problems.length > 0) return text;
  return jsonLines(text)
    .map(({ value }) => `${canonicalJson(value ?? {})}\n`)
    .join('');
}

/** Dataset and input of a live run as a manifest would write them; nothing for items that are kept elsewhere. */
export function itemsSpec(dataSource: Json | undefined): JsonObject {
  const content = valueAt(dataSource, '/source/content');
  const input = valueAt(dataSource, '/input_messages/template/0/content/text');
  return {
    ...(isArray(content)
      ? { dataset: content.map((row) => `${canonicalJson(member(row, 'item') ?? {})}\n`).join('') }
      : {}),
    ...(typeof input === 'string' ? { input } : {}),
  };
}

/** What does not fit together in a schedule. */
export function misfits(spec: EvaluationScheduleSpec): FieldFlaw[] {
  const names = spec.metrics.map(({ name }) => name);
  const twice = names.findIndex((name, index) => names.indexOf(name) !== index);
  return [
    ...((spec.agent === undefined) === (spec.model === undefined)
      ? [{ field: '' as const, message: 'an agent or a model is evaluated, one of the two' }]
      : []),
    ...triggerMisfits(spec.trigger),
    ...evalRows(spec.dataset ?? '', spec.idField ?? 'id').problems.map((flaw) => ({
      field: '/dataset' as const,
      ...flaw,
    })),
    ...(twice < 0
      ? []
      : [{ field: pointer('/metrics', twice), message: `the name ${names[twice] ?? ''} is used twice` }]),
    ...spec.metrics.flatMap(({ name, grader }, index) =>
      graderMisfits(name, grader, pointer('/metrics', index, 'grader'), spec.judge),
    ),
  ];
}
