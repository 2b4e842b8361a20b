import { member, objectAt, textAt, type JsonObject } from '../../engine/json.ts';
import type { Resource } from '../../engine/resources.ts';
import { empty, json, type Reply } from '../../http/reply.ts';
import { compileObject } from '../../shape/notation.ts';
import { readBody, requireFeature, requireShape } from '../shared/body.ts';
import { evalCollection } from '../evals/store.ts';
import { FoundryError, missing } from '../shared/foundry-error.ts';
import { linkedPage } from '../shared/paging.ts';
import { projectCollection } from '../shared/project-documents.ts';
import type { FoundryCall, Route } from '../shared/route.ts';
import { systemData } from '../shared/system-data.ts';

/** Rules that evaluate what agents answer. */
export const EVALUATION_RULE_ROUTES: readonly Route[] = [
  { method: 'GET', path: 'evaluationrules', handle: listRules },
  { method: 'GET', path: 'evaluationrules/{id}', handle: (call) => json(200, requireRule(call)) },
  { method: 'PUT', path: 'evaluationrules/{id}', handle: putRule },
  { method: 'DELETE', path: 'evaluationrules/{id}', handle: deleteRule },
];

const RULE = compileObject({
  displayName: 'string',
  description: 'string',
  'action!': {
    'type!': 'continuousEvaluation|humanEvaluationPreview',
    '?type': {
      continuousEvaluation: {
        'evalId!': 'string',
        maxHourlyRuns: 'integer(1..1000)',
        samplingRate: 'number(0..100)',
      },
      humanEvaluationPreview: { 'templateId!': 'string' },
    },
  },
  filter: { 'agentName!': 'string' },
  'eventType!': 'responseCompleted|manual',
  'enabled!': 'boolean',
  id: 'readonly',
  systemData: 'readonly',
});

/** The rules of a project as they are returned, by id. */
export function ruleCollection(project: Pick<Resource, 'id'>): ReturnType<typeof projectCollection<JsonObject>> {
  return projectCollection(project, 'evaluation-rules');
}

function requireRule({ engine, project, names }: FoundryCall): JsonObject {
  const found = ruleCollection(project).get(engine.documents, names['id'] ?? '');
  if (found) return found;
  throw missing(`Evaluation rule '${names['id'] ?? ''}'`, 'NotFound');
}

function listRules({ engine, project, request }: FoundryCall): Reply {
  const { query } = request;
  const fits = (wanted: string | undefined, found: string | undefined): boolean =>
    wanted === undefined || wanted.toLowerCase() === found?.toLowerCase();
  const rules = ruleCollection(project)
    .list(engine.documents)
    .filter((rule) => fits(query.get('actionType'), textAt(rule, 'action.type')))
    .filter((rule) => fits(query.get('agentName'), textAt(rule, 'filter.agentName')))
    .filter((rule) => fits(query.get('enabled'), String(member(rule, 'enabled') === true)));
  return linkedPage(request, rules);
}

const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,254}$/u;

/** 201, or 200 when it replaces one. */
function putRule(call: FoundryCall): Reply {
  const { engine, project, names } = call;
  const id = names['id'] ?? '';
  if (!NAME.test(id)) throw new FoundryError(400, 'UserError', `The id '${id}' is invalid`, 'id');
  const body = requireShape(RULE, readBody(call));
  const action = objectAt(body, 'action');
  if (textAt(action, 'type') === 'humanEvaluationPreview') requireFeature(call, 'Evaluations=V1Preview');
  else requireResponseEval(call, textAt(action, 'evalId') ?? '');
  const rules = ruleCollection(project);
  const previous = rules.get(engine.documents, id);
  const rule = { ...body, id, systemData: systemData(call, previous && objectAt(previous, 'systemData')) };
  rules.put(engine.documents, id, rule);
  return json(previous ? 200 : 201, rule);
}

/** The evaluation must exist and be one of responses. */
function requireResponseEval({ engine, project }: FoundryCall, evalId: string): void {
  const found = evalCollection(project).get(engine.documents, evalId);
  if (!found) throw new FoundryError(400, 'UserError', `The evaluation '${evalId}' does not exist`, 'action.evalId');
  if (textAt(found.dataSourceConfig, 'scenario') === 'responses') return;
  const message = `The evaluation '${evalId}' must have a data source of type azure_ai_source with the scenario responses`;
  throw new FoundryError(400, 'UserError', message, 'action.evalId');
}

function deleteRule({ engine, project, names }: FoundryCall): Reply {
  ruleCollection(project).delete(engine.documents, names['id'] ?? '');
  return empty(204);
}
