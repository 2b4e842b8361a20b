import type { Address } from '../../model/azure.ts';
import { ProblemError, problem, notKnown } from '../../model/diagnostic.ts';
import { fingerprintOf, sha256 } from '../../model/fingerprint.ts';
import {
  canonicalJson,
  isObject,
  member,
  textAt,
  textOf,
  valueAt,
  without,
  type JsonObject,
} from '../../model/json.ts';
import type { Location, Reconciler, Site, WriteContext } from '../../model/kind.ts';
import { resourceId } from '../../model/resource-id.ts';
import type { FieldChange } from '../../model/plan.ts';
import { edit, type EditRules } from '../shared/edit/edit.ts';
import { undone } from '../shared/edit/undone.ts';
import { markFromText, markText, withoutMarkText } from '../shared/marks.ts';
import { evaluationContent, evaluatorsOf, needsJudge } from './criteria.ts';
import schema from './schema.json' with { type: 'json' };
import type { ContinuousEvaluationSpec } from './spec.ts';

const API_VERSION = 'v1';

/** Member that a second look adds to the body of a rule: the evaluation that it names. */
const EVALUATION = 'ingate_evaluation';

const HASH = 'ingate.sha256';

/**
 * An evaluation rule of a Foundry project (data plane, api-version v1) and the evaluation that it runs. An evaluation
 * cannot be changed, so other evaluators make another one; earlier ones stay with their results.
 */
export const continuousEvaluation: Reconciler = {
  kind: 'ContinuousEvaluation',
  schema,
  azureType: 'Foundry/evaluationRules',
  apiVersion: API_VERSION,
  nameRule: { scope: 'group', pattern: /^[a-zA-Z0-9][a-zA-Z0-9-]{0,62}$/, maxLength: 63, style: 'kebab' },
  ownership: 'description',
  stateful: false,
  outputs: { id: 'Address of the rule.', name: 'Id of the rule.', evaluationId: 'Id of the evaluation that it runs.' },
  parts: {},
  locate,
  identify: (item, { path }) => `${path}/${textOf(item, 'id')}`,
  observe,
  async inspect(reader, site, live) {
    const evaluation = await reader.get(evaluationAddress(site, textAt(live.body, '/action/evalId')));
    if (!evaluation) return live;
    const body = { ...live.body, [EVALUATION]: evaluation };
    const observation = observe(body, site);
    return { ...live, ...observation, body, fingerprint: fingerprintOf(observation) };
  },
  async write(context, site, live, fields) {
    const { address } = locate(site);
    if (!address) throw notKnown(`The endpoint of the project of ${site.id} is not known although it was applied`);
    const spec = site.spec as ContinuousEvaluationSpec;
    const evalId = await ensureEvaluation(context, site, spec);
    const after = ruleOf(site, spec, evalId);
    const body = live ? updateOf(site, live.body, after, fields) : after;
    return context.azure.put(address, body, { signal: context.signal });
  },
  remove: ({ azure, signal }, live) => azure.delete(live.address, { signal }),
};

function endpointOf(site: Site): string | undefined {
  const project = textOf(site.spec as JsonObject, 'project');
  const endpoint = project === '' ? undefined : site.outputOf(resourceId('FoundryProject', project), 'endpoint');
  return typeof endpoint === 'string' ? endpoint.replace(/\/+$/, '') : undefined;
}

function locate(site: Site): Location {
  const endpoint = endpointOf(site);
  if (endpoint === undefined) return { address: undefined, collection: undefined };
  const path = `${endpoint}/evaluationrules`;
  return {
    address: { path: `${path}/${site.azureName}`, apiVersion: API_VERSION },
    collection: { path, apiVersion: API_VERSION },
  };
}

/** The OpenAI-compatible routes have no api-version. */
function evaluationAddress(site: Site, id: string): Address {
  return { path: `${endpointOf(site) ?? ''}/openai/v1/evals${id === '' ? '' : `/${id}`}`, apiVersion: '' };
}

function observe(body: JsonObject, site: Site) {
  const wanted = site.spec as Partial<ContinuousEvaluationSpec>;
  const description = withoutMarkText(textOf(body, 'description'));
  const agentName = textAt(body, '/filter/agentName');
  const agent =
    wanted.agent !== undefined && nameOf(site, 'Agent', wanted.agent) === agentName ? wanted.agent : agentName;
  const evaluation = member(body, EVALUATION);
  const displayName = textOf(body, 'displayName');
  const spec: JsonObject = {
    project: wanted.project ?? null,
    agent,
    enabled: member(body, 'enabled') ?? true,
    samplingRate: valueAt(body, '/action/samplingRate') ?? 100,
    maxHourlyRuns: valueAt(body, '/action/maxHourlyRuns') ?? null,
    ...(displayName === '' ? {} : { displayName }),
    ...(description === '' ? {} : { description }),
    ...(isObject(evaluation) ? measured(evaluation, site, wanted) : {}),
  };
  return {
    spec,
    outputs: {
      id: locate(site).address?.path ?? '',
      name: textOf(body, 'id'),
      evaluationId: textAt(body, '/action/evalId'),
    },
    mark: markFromText(member(body, 'description')),
  };
}

function measured(evaluation: JsonObject, site: Site, wanted: Partial<ContinuousEvaluationSpec>): JsonObject {
  const { evaluators, judge } = evaluatorsOf(evaluation);
  const same = wanted.judge !== undefined && nameOf(site, 'ModelDeployment', wanted.judge) === judge;
  return { evaluators, ...(judge === undefined ? {} : { judge: same ? (wanted.judge ?? judge) : judge }) };
}

function nameOf(site: Site, kind: string, name: string): string {
  return site.azureNameOf(resourceId(kind, name)) ?? name;
}

function ruleOf(site: Site, spec: ContinuousEvaluationSpec, evalId: string): JsonObject {
  const mark = markText(site);
  return {
    displayName: spec.displayName ?? site.azureName,
    description: spec.description === undefined ? mark : `${spec.description} ${mark}`,
    enabled: spec.enabled ?? true,
    eventType: 'responseCompleted',
    filter: { agentName: nameOf(site, 'Agent', spec.agent) },
    action: {
      type: 'continuousEvaluation',
      evalId,
      maxHourlyRuns: spec.maxHourlyRuns ?? 100,
      samplingRate: spec.samplingRate ?? 10,
    },
  };
}

/** Computed by the service, or added by a second look. */
const READ_ONLY = ['id', 'systemData', EVALUATION];

const EDIT_RULES: EditRules = { lists: new Map(), removed: new Set(), writeOnly: new Set(), whole: false };

/** The live rule with the planned changes and the mark. */
function updateOf(site: Site, body: JsonObject, after: JsonObject, fields: readonly FieldChange[]): JsonObject {
  const live = without(body, ...READ_ONLY);
  const spec = undone(site.spec as JsonObject, fields) as unknown as ContinuousEvaluationSpec;
  const before = ruleOf(site, spec, textAt(live, '/action/evalId'));
  const edited = edit({ live, before, after }, EDIT_RULES);
  const isPlanned = fields.some(({ field }) => field === '/description');
  const text = isPlanned
    ? textOf(site.spec as JsonObject, 'description')
    : withoutMarkText(textOf(live, 'description'));
  return { ...(isObject(edited) ? edited : after), description: `${text} ${markText(site)}`.trim() };
}

/** The evaluation with this content: one that exists, told by its metadata, else a new one. */
async function ensureEvaluation(
  { azure, signal, report }: WriteContext,
  site: Site,
  spec: ContinuousEvaluationSpec,
): Promise<string> {
  if (needsJudge(spec))
    throw new ProblemError(
      problem('ING5001', 'An evaluator needs a model that grades, and none is named', {
        resource: site.id,
        hint: 'Set judge to a ModelDeployment.',
      }),
    );
  const content = evaluationContent(
    spec,
    spec.judge === undefined ? undefined : nameOf(site, 'ModelDeployment', spec.judge),
  );
  const hash = sha256(canonicalJson(content));
  const metadata = { 'ingate.environment': site.environment.name, 'ingate.id': site.id, [HASH]: hash };
  const find = async (): Promise<string | undefined> => {
    const all = (await azure.list({ ...evaluationAddress(site, ''), query: { limit: '100' } })) ?? [];
    const same = all.find((one) =>
      Object.entries(metadata).every(([key, value]) => textOf(asObject(one['metadata']), key) === value),
    );
    return same && textOf(same, 'id');
  };
  const known = await find();
  if (known !== undefined) return known;
  report('creating the evaluation');
  try {
    const reply = await azure.post(
      evaluationAddress(site, ''),
      { name: site.azureName, metadata, ...content },
      { signal },
    );
    return textOf(asObject(reply.body), 'id');
  } catch (error) {
    // After a lost answer it may be there.
    const made = await find();
    if (made !== undefined) return made;
    throw error;
  }
}

function asObject(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}
