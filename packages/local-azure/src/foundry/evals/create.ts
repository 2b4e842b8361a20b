import { arrayAt, isObject, member, objectAt, textAt, textsAt, type JsonObject } from '../../engine/json.ts';
import { assetsOf } from '../shared/assets.ts';
import { readBody, requireOpenAiShape } from '../shared/body.ts';
import { findBuiltin } from '../evaluators/builtin.ts';
import { FoundryError, invalid } from '../shared/foundry-error.ts';
import { requireMetadata } from '../shared/metadata.ts';
import { newId } from '../shared/project-documents.ts';
import type { FoundryCall } from '../shared/route.ts';
import { CREATE_EVAL } from './shape.ts';
import type { Eval } from './store.ts';

/** An evaluation from the body of `POST /evals`. 400 for what it cannot be made of. */
export function newEval(call: FoundryCall): Eval {
  const body = requireOpenAiShape(CREATE_EVAL, readBody(call));
  const criteria = arrayAt(body, 'testing_criteria') as readonly JsonObject[];
  requireMetadata(objectAt(body, 'metadata'));
  requireMetadata(objectAt(body, 'properties'), 'properties');
  requireCriteria(call, criteria);
  const { engine, caller } = call;
  const now = engine.clock.now();
  const id = newId(engine, 'eval_').slice(0, 37);
  return {
    id,
    created: now,
    modified: now,
    createdBy: caller.name,
    name: textAt(body, 'name') ?? '',
    metadata: objectAt(body, 'metadata'),
    properties: objectAt(body, 'properties'),
    dataSourceConfig: withSchema(objectAt(body, 'data_source_config')),
    testingCriteria: criteria.map((criterion) => ({
      ...criterion,
      id: `${textAt(criterion, 'name') ?? ''}-${engine.ids.guid()}`,
    })),
  };
}

function requireCriteria(call: FoundryCall, criteria: readonly JsonObject[]): void {
  if (criteria.length === 0) throw invalid('testing_criteria is empty', 'testing_criteria');
  const names = criteria.map((criterion) => textAt(criterion, 'name') ?? '');
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw invalid(`Two testing criteria are named '${twice}'`, 'testing_criteria');
  for (const [index, criterion] of criteria.entries()) requireCriterion(call, criterion, `testing_criteria.${index}`);
}

function requireCriterion(call: FoundryCall, criterion: JsonObject, place: string): void {
  switch (textAt(criterion, 'type')) {
    case 'python':
      throw new FoundryError(501, 'not_imitated', 'The embedded Azure does not run Python graders', place);
    case 'label_model':
      if (textsAt(criterion, 'passing_labels').some((label) => !textsAt(criterion, 'labels').includes(label)))
        throw invalid('passing_labels holds a label that labels does not', `${place}.passing_labels`);
      break;
    case 'azure_ai_evaluator':
      requireEvaluator(call, criterion, place);
      break;
    default:
  }
}

function requireEvaluator({ engine, project }: FoundryCall, criterion: JsonObject, place: string): void {
  const name = textAt(criterion, 'evaluator_name') ?? '';
  const version = textAt(criterion, 'evaluator_version');
  const builtin = findBuiltin(name);
  const parameters = objectAt(criterion, 'initialization_parameters');
  if (builtin) {
    const hasJudge = textAt(parameters, 'deployment_name') ?? textAt(parameters, 'model');
    if (builtin.judged && hasJudge === undefined)
      throw invalid(
        `The evaluator '${name}' needs the deployment of a judge`,
        `${place}.initialization_parameters.deployment_name`,
      );
    return;
  }
  const evaluators = assetsOf(engine, project, 'evaluators');
  const custom = version === undefined ? evaluators.versions(name).at(-1) : evaluators.find(name, version);
  if (!custom)
    throw invalid(
      `There is no evaluator '${name}'${version === undefined ? '' : ` version ${version}`}`,
      `${place}.evaluator_name`,
    );
  const type = textAt(custom.body, 'definition.type') ?? '';
  if (type === 'code' || type === 'endpoint')
    throw new FoundryError(501, 'not_imitated', `The embedded Azure does not run evaluators of type '${type}'`, place);
}

/** The answer has `schema` around what the request called `item_schema`. */
function withSchema({ item_schema: itemSchema, include_sample_schema: withSample, ...config }: JsonObject): JsonObject {
  if (!isObject(itemSchema)) return config;
  const sample = {
    type: 'object',
    properties: { output_text: { type: 'string' }, output_items: { type: 'array' }, model: { type: 'string' } },
    required: ['output_text'],
  };
  return {
    ...config,
    schema: {
      type: 'object',
      properties: { item: itemSchema, ...(withSample === true ? { sample } : {}) },
      required: ['item'],
    },
  };
}

/** 400 for rows that lack a column which the evaluation requires. */
export function requireColumns({ dataSourceConfig }: Eval, items: readonly JsonObject[]): void {
  const required = textsAt(dataSourceConfig, 'schema.properties.item.required');
  for (const [index, item] of items.entries()) {
    const absent = required.find((column) => member(item, column) === undefined);
    if (absent !== undefined)
      throw invalid(`Row ${index} has no '${absent}', which the item schema requires`, 'data_source');
  }
}
