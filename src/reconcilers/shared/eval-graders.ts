import { isArray, member, pointer, textOf, type Json, type JsonObject, type Pointer } from '../../model/json.ts';
import type { Site } from '../../model/kind.ts';
import { resourceId, type ResourceId } from '../../model/resource-id.ts';

/** A grader that runs in Foundry: `evalGrader` of the common schema. */
export interface FoundryGrader {
  readonly type: 'evaluator' | 'scoreModel' | 'labelModel' | 'textSimilarity' | 'stringCheck';
  readonly evaluator?: string;
  readonly version?: string;
  readonly mapping?: Readonly<Record<string, string | undefined>>;
  readonly threshold?: number;
  readonly prompt?: string;
  readonly range?: readonly [number, number];
  readonly labels?: readonly string[];
  readonly passing?: readonly string[];
  readonly measure?: string;
  readonly operation?: string;
  readonly reference?: string;
}

/** Evaluators of Foundry that ask a model. */
export const JUDGED = new Set(
  `coherence fluency relevance groundedness retrieval response_completeness similarity task_completion task_adherence
   intent_resolution tool_call_accuracy tool_selection tool_input_accuracy tool_output_utilization tool_call_success
   customer_satisfaction quality_grader output_quality tool_use_quality`
    .split(/\s+/)
    .map((name) => `builtin.${name}`),
);

/** True when a grader cannot do without the judge. */
function needsJudge({ type, evaluator = '' }: FoundryGrader): boolean {
  return type === 'scoreModel' || type === 'labelModel' || (type === 'evaluator' && JUDGED.has(evaluator));
}

/** Members that a grader of a type cannot do without. */
const NEEDED: Readonly<Record<FoundryGrader['type'], readonly (keyof FoundryGrader)[]>> = {
  evaluator: ['evaluator'],
  scoreModel: ['prompt', 'range'],
  labelModel: ['prompt', 'labels', 'passing'],
  textSimilarity: ['reference'],
  stringCheck: [],
};

/** What does not fit together in a named grader at a field; also that it needs a judge and there is none. */
export function graderMisfits(
  name: string,
  grader: FoundryGrader,
  field: Pointer,
  judge: string | undefined,
): { readonly field: Pointer; readonly message: string }[] {
  const missing = NEEDED[grader.type].filter((key) => grader[key] === undefined);
  const stranger = (grader.passing ?? []).find((label) => !(grader.labels ?? []).includes(label));
  return [
    ...missing.map((key) => ({ field, message: `${name}: a grader of type ${grader.type} needs ${key}` })),
    ...(stranger === undefined
      ? []
      : [{ field: pointer(field, 'passing'), message: `${name}: ${stranger} is none of the labels` }]),
    ...(judge === undefined && needsJudge(grader)
      ? [{ field, message: `${name}: the grader asks a model, and no judge is named` }]
      : []),
  ];
}

const ANSWER = '{{sample.output_text}}';

/** Inputs that evaluators take under the same name, where items have such a member. */
const USUAL = ['query', 'ground_truth', 'context'];

/** A grader as Foundry takes it in `testing_criteria`. `columns`: members of the items; `judge`: name of the deployment. */
export function criterionOf(
  name: string,
  grader: FoundryGrader,
  columns: readonly string[],
  judge: string | undefined,
): JsonObject {
  const threshold = grader.threshold === undefined ? {} : { pass_threshold: grader.threshold };
  switch (grader.type) {
    case 'evaluator':
      return evaluatorCriterion(name, grader, columns, judge);
    case 'scoreModel': {
      const input = [{ role: 'user', content: grader.prompt ?? '' }];
      return {
        type: 'score_model',
        name,
        model: judge ?? '',
        input,
        range: [...(grader.range ?? [1, 5])],
        ...threshold,
      };
    }
    case 'labelModel':
      return {
        type: 'label_model',
        name,
        model: judge ?? '',
        input: [{ role: 'user', content: grader.prompt ?? '' }],
        labels: [...(grader.labels ?? [])],
        passing_labels: [...(grader.passing ?? [])],
      };
    case 'textSimilarity':
      return {
        type: 'text_similarity',
        name,
        input: ANSWER,
        reference: grader.reference ?? '',
        evaluation_metric: grader.measure ?? 'fuzzy_match',
        pass_threshold: grader.threshold ?? 0.5,
      };
    case 'stringCheck':
      return {
        type: 'string_check',
        name,
        input: ANSWER,
        operation: grader.operation ?? 'eq',
        reference: grader.reference ?? '',
      };
  }
}

function evaluatorCriterion(
  name: string,
  { evaluator = '', version, mapping = {}, threshold }: FoundryGrader,
  columns: readonly string[],
  judge: string | undefined,
): JsonObject {
  const asks = judge !== undefined && (JUDGED.has(evaluator) || !evaluator.startsWith('builtin.'));
  const parameters: JsonObject = {
    // Newer evaluators read `model`, older ones `deployment_name`.
    ...(asks ? { deployment_name: judge, model: judge } : {}),
    ...(threshold === undefined ? {} : { threshold }),
  };
  const own = Object.entries(mapping).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    type: 'azure_ai_evaluator',
    name,
    evaluator_name: evaluator,
    ...(version === undefined ? {} : { evaluator_version: version }),
    ...(Object.keys(parameters).length > 0 ? { initialization_parameters: parameters } : {}),
    data_mapping: {
      ...Object.fromEntries(USUAL.filter((one) => columns.includes(one)).map((one) => [one, `{{item.${one}}}`])),
      // Evaluators of agents take all items of an answer, tool calls included.
      response: /^builtin\.(?:task_|tool_|intent_)/.test(evaluator) ? '{{sample.output_items}}' : ANSWER,
      ...Object.fromEntries(own),
    },
  };
}

/**
 * Criteria as they are sent: with the version that each Evaluator of this environment stands for, which is known once it
 * was applied. Graders that name a version keep it; built-in evaluators and those of others stay as they are.
 */
export function pinEvaluators(site: Site, content: JsonObject): JsonObject {
  return withVersions(site, content, (id) => site.outputOf(id, 'version'));
}

/**
 * Criteria as they are told apart, also before an Evaluator of this environment was applied: with what it will be, in
 * place of its version.
 */
export function identifyEvaluators(site: Site, content: JsonObject): JsonObject {
  return withVersions(site, content, (id) => site.digestOf(id));
}

function withVersions(site: Site, content: JsonObject, versionOf: (id: ResourceId) => Json | undefined): JsonObject {
  const criteria = member(content, 'testing_criteria');
  if (!isArray(criteria)) return content;
  const pinned = criteria.map((criterion): Json => {
    const evaluator = textOf(criterion, 'evaluator_name');
    const id = resourceId('Evaluator', evaluator);
    const name = evaluator === '' ? undefined : site.azureNameOf(id);
    if (name === undefined) return criterion;
    const version = textOf(criterion, 'evaluator_version') || versionOf(id) || '';
    return { ...(criterion as JsonObject), evaluator_name: name, evaluator_version: version };
  });
  return { ...content, testing_criteria: pinned };
}
