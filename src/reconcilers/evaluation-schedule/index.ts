import { notKnown } from '../../model/diagnostic.ts';
import type { Address } from '../../model/azure.ts';
import { fingerprintOf } from '../../model/fingerprint.ts';
import {
  equal,
  isArray,
  isObject,
  member,
  textAt,
  textOf,
  valueAt,
  without,
  type JsonObject,
} from '../../model/json.ts';
import type { Live, Location, Reconciler, Site, WriteContext } from '../../model/kind.ts';
import type { FieldChange } from '../../model/plan.ts';
import { edit, type EditRules } from '../shared/edit/edit.ts';
import { undone } from '../shared/edit/undone.ts';
import { graderFrom, judgeOf } from '../shared/eval-graders-live.ts';
import { ensureEvaluation, EVAL_METADATA, evalsAddress, projectEndpoint } from '../shared/evals.ts';
import { markFromTags, markTags, withoutMark } from '../shared/marks.ts';
import {
  canonicalDataset,
  changedEvaluators,
  dataSourceOf,
  evaluationContent,
  itemsSpec,
  marksOf,
  misfits,
  nameOf,
} from './content.ts';
import schema from './schema.json' with { type: 'json' };
import type { EvaluationScheduleSpec } from './spec.ts';
import { triggerBody, triggerSpec } from './trigger.ts';

const API_VERSION = 'v1';

/** Header of all its routes. */
export const PREVIEW = { 'foundry-features': 'Schedules=V1Preview' };

/** Member that a second look adds to the body of a schedule: the evaluation that it runs. */
const EVALUATION = 'ingate_evaluation';

/**
 * A schedule of a Foundry project (data plane, api-version v1, preview) and the evaluation that it runs. An evaluation
 * cannot be changed, so other graders make another one; earlier ones stay with their results.
 */
export const evaluationSchedule: Reconciler = {
  kind: 'EvaluationSchedule',
  schema,
  azureType: 'Foundry/schedules',
  apiVersion: API_VERSION,
  nameRule: { scope: 'parent', pattern: /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,254}$/, maxLength: 255, style: 'as-is' },
  ownership: 'tags',
  stateful: false,
  outputs: {
    id: 'Address of the schedule.',
    name: 'Id of the schedule.',
    evaluationId: 'Id of the evaluation that it runs.',
  },
  parts: {},
  canonical(spec) {
    const dataset = member(spec, 'dataset');
    return typeof dataset === 'string'
      ? { ...spec, dataset: canonicalDataset(dataset, textOf(spec, 'idField') || 'id') }
      : spec;
  },
  locate,
  identify: (item, { path }) => `${path}/${textOf(item, 'id')}`,
  observe,
  look: (reader, address) => reader.get({ ...address, headers: PREVIEW }),
  // A schedule of insights, one that happens once, or one whose items are kept elsewhere is no EvaluationSchedule.
  claims: (body) =>
    triggerSpec(member(body, 'trigger')) && isArray(valueAt(body, '/task/evalRun/data_source/source/content'))
      ? 'yes'
      : 'other',
  async inspect(reader, site, live) {
    const endpoint = projectEndpoint(site);
    const id = textAt(live.body, '/task/evalId');
    const evaluation = endpoint === undefined ? undefined : await reader.get(evalsAddress(endpoint, id));
    if (!evaluation) return live;
    const body = { ...live.body, [EVALUATION]: evaluation };
    const observation = observe(body, site);
    return { ...live, ...observation, body, fingerprint: fingerprintOf(observation) };
  },
  review: (spec) =>
    misfits(spec as unknown as EvaluationScheduleSpec).map((one) => ({ ...one, code: 'ING7007' as const })),
  write,
  remove: ({ azure, signal }, live) => azure.delete({ ...live.address, headers: PREVIEW }, { signal }),
};

function locate(site: Site): Location {
  const endpoint = projectEndpoint(site);
  if (endpoint === undefined) return { address: undefined, collection: undefined };
  const collection: Address = { path: `${endpoint}/schedules`, apiVersion: API_VERSION, headers: PREVIEW };
  return {
    address: { ...collection, path: `${collection.path}/${site.azureName}` },
    collection: { ...collection, query: { type: 'Evaluation' } },
  };
}

function observe(body: JsonObject, site: Site) {
  const wanted = site.spec as Partial<EvaluationScheduleSpec>;
  const dataSource = valueAt(body, '/task/evalRun/data_source');
  const trigger = triggerSpec(member(body, 'trigger'), wanted.trigger);
  const displayName = textOf(body, 'displayName');
  const description = textOf(body, 'description');
  const evaluation = member(body, EVALUATION);
  const spec: JsonObject = {
    project: wanted.project ?? null,
    ...targetSpec(member(dataSource, 'target'), site, wanted),
    enabled: member(body, 'enabled') ?? true,
    ...(displayName === '' ? {} : { displayName }),
    ...(description === '' ? {} : { description }),
    ...(trigger ? { trigger } : {}),
    ...itemsSpec(dataSource),
    ...(isObject(evaluation) ? graded(evaluation, site, wanted) : {}),
  };
  return {
    spec,
    outputs: {
      id: locate(site).address?.path ?? '',
      name: textOf(body, 'id'),
      evaluationId: textAt(body, '/task/evalId'),
    },
    mark: markFromTags(member(body, 'tags')),
  };
}

function targetSpec(target: unknown, site: Site, wanted: Partial<EvaluationScheduleSpec>): JsonObject {
  const live = isObject(target) ? target : {};
  const shown = (kind: string, name: string, own: string | undefined): string =>
    own !== undefined && nameOf(site, kind, own) === name ? own : name;
  return textOf(live, 'type') === 'azure_ai_agent'
    ? { agent: shown('Agent', textOf(live, 'name'), wanted.agent) }
    : { model: shown('ModelDeployment', textOf(live, 'model'), wanted.model) };
}

/** Graders and judge of an evaluation: what is declared when it was made from that, else what it holds. */
function graded(evaluation: JsonObject, site: Site, wanted: Partial<EvaluationScheduleSpec>): JsonObject {
  const required = valueAt(evaluation, '/data_source_config/schema/properties/item/required/0');
  const idField = { idField: typeof required === 'string' ? required : 'id' };
  const content = textOf(member(evaluation, 'metadata'), EVAL_METADATA.content);
  const { metrics, judge } = wanted;
  if (metrics !== undefined && content === marksOf(site)[EVAL_METADATA.content])
    return { ...idField, metrics: metrics as unknown as JsonObject[], ...(judge === undefined ? {} : { judge }) };
  const criteria = member(evaluation, 'testing_criteria');
  const own = (isArray(criteria) ? criteria : []).filter((one): one is JsonObject => isObject(one));
  const asked = judgeOf(own);
  return {
    ...idField,
    metrics: own.map((one) => ({ name: textOf(one, 'name'), grader: shownGrader(graderFrom(one), site, evaluation) })),
    ...(asked === undefined
      ? {}
      : { judge: judge !== undefined && nameOf(site, 'ModelDeployment', judge) === asked ? judge : asked }),
  };
}

/** A live grader; that its evaluator has another definition now is said in its name. */
function shownGrader(grader: JsonObject, site: Site, evaluation: JsonObject): JsonObject {
  const name = textOf(grader, 'evaluator');
  const changed = [...changedEvaluators(site, evaluation)].some((one) => nameOf(site, 'Evaluator', one) === name);
  return changed ? { ...grader, evaluator: `${name} (earlier definition)` } : grader;
}

/** Computed by the service, or added by a second look. */
const READ_ONLY = ['id', 'provisioningStatus', 'systemData', EVALUATION];

async function write(
  context: WriteContext,
  site: Site,
  live: Live | undefined,
  fields: readonly FieldChange[],
): Promise<JsonObject> {
  const { address } = locate(site);
  const endpoint = projectEndpoint(site);
  if (!address || endpoint === undefined)
    throw notKnown(`The endpoint of the project of ${site.id} is not known although it was applied`);
  const name = `${site.environment.name}/${site.azureName}`;
  const evaluation = await ensureEvaluation(context, endpoint, name, evaluationContent(site), marksOf(site));
  const kept = without(live?.body ?? {}, ...READ_ONLY);
  const before = bodyOf({ ...site, spec: undone(site.spec as JsonObject, fields) }, textAt(kept, '/task/evalId'));
  const after = bodyOf(site, textOf(evaluation, 'id'));
  const edited = live ? edit({ live: kept, before, after }, EDIT_RULES) : after;
  const body: JsonObject = {
    ...(isObject(edited) ? edited : {}),
    // Triggers of different types have no member in common.
    ...(equal(before['trigger'], after['trigger']) ? {} : { trigger: after['trigger'] ?? null }),
    tags: { ...withoutMark(member(kept, 'tags')), ...markTags(site) },
  };
  const written = await context.azure.put(address, body, { signal: context.signal });
  if (textOf(written, 'provisioningStatus') === 'Failed')
    throw new Error(`Foundry could not set up the schedule ${site.azureName}`);
  return { ...written, [EVALUATION]: evaluation };
}

const EDIT_RULES: EditRules = { lists: new Map(), removed: new Set(), writeOnly: new Set(), whole: false };

/** What the manifest says of a schedule that runs an evaluation. */
function bodyOf(site: Site, evalId: string): JsonObject {
  const spec = site.spec as EvaluationScheduleSpec;
  return {
    displayName: spec.displayName ?? site.azureName,
    ...(spec.description === undefined ? {} : { description: spec.description }),
    enabled: spec.enabled ?? true,
    trigger: triggerBody(spec.trigger),
    task: {
      type: 'Evaluation',
      evalId,
      evalRun: { eval_id: evalId, name: site.azureName, data_source: dataSourceOf(site) },
    },
  };
}
