import { isObject, member, objectAt, type JsonObject } from '../../engine/json.ts';
import type { Resource } from '../../engine/resources.ts';
import { empty, json, type Reply } from '../../http/reply.ts';
import { compileObject } from '../../shape/notation.ts';
import { readBody, requireShape } from '../shared/body.ts';
import { invalid, missing } from '../shared/foundry-error.ts';
import { epoch, projectCollection } from '../shared/project-documents.ts';
import type { FoundryCall, Route } from '../shared/route.ts';
import { parseCron } from '../../engine/cron.ts';

const preview = 'Routines=V2Preview';

/** Routines (preview). They are kept, and do not run by themselves. */
export const ROUTINE_ROUTES: readonly Route[] = [
  { method: 'GET', path: 'routines', preview, handle: list },
  { method: 'GET', path: 'routines/{name}', preview, handle: (call) => json(200, show(requireRoutine(call))) },
  { method: 'PUT', path: 'routines/{name}', preview, handle: put },
  { method: 'DELETE', path: 'routines/{name}', preview, handle: remove },
  { method: 'POST', path: 'routines/{name}:enable', preview, handle: (call) => turn(call, true) },
  { method: 'POST', path: 'routines/{name}:disable', preview, handle: (call) => turn(call, false) },
];

interface Routine {
  readonly name: string;
  readonly body: JsonObject;
  readonly created: number;
  readonly updated: number;
}

const invoke = { 'agent_name!': 'string', agent_endpoint_id: 'string', input: 'any' } as const;

const ROUTINE = compileObject({
  description: 'string',
  enabled: 'boolean = true',
  'triggers!': {
    '*': {
      'type!': 'schedule|timer|github_issue|custom',
      '?type': {
        schedule: { 'cron_expression!': 'string', time_zone: 'string = UTC' },
        timer: { 'at!': 'string' },
        github_issue: { '*': 'any' },
        custom: { '*': 'any' },
      },
    },
  },
  'action!': {
    'type!': 'invoke_agent_responses_api|invoke_agent_invocations_api',
    '?type': {
      invoke_agent_responses_api: { ...invoke, conversation: 'string' },
      invoke_agent_invocations_api: { ...invoke, session_id: 'string' },
    },
  },
  authorization: 'object',
});

function routines(project: Resource): ReturnType<typeof projectCollection<Routine>> {
  return projectCollection(project, 'routines');
}

function requireRoutine({ engine, project, names }: FoundryCall): Routine {
  const found = routines(project).get(engine.documents, names['name'] ?? '');
  if (found) return found;
  throw missing(`Routine ${names['name'] ?? ''}`);
}

function show({ name, body, created, updated }: Routine): JsonObject {
  return { ...body, name, created_at: epoch(created), updated_at: epoch(updated) };
}

/** `{data, next_link}` with all of them on one page. */
function list({ engine, project }: FoundryCall): Reply {
  return json(200, { data: routines(project).list(engine.documents).map(show), next_link: null });
}

const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}$/u;

/** 200, whether or not there was one. */
function put(call: FoundryCall): Reply {
  const name = call.names['name'] ?? '';
  if (!NAME.test(name)) throw invalid(`The name '${name}' is invalid`, 'name');
  const body = requireShape(ROUTINE, readBody(call));
  for (const [key, trigger] of Object.entries(objectAt(body, 'triggers'))) {
    const expression = isObject(trigger) ? member(trigger, 'cron_expression') : undefined;
    if (typeof expression === 'string' && !parseCron(expression))
      throw invalid(`'${expression}' is not a cron expression`, `triggers.${key}.cron_expression`);
  }
  const { engine, project } = call;
  const previous = routines(project).get(engine.documents, name);
  const now = engine.clock.now();
  const routine = { name, body, created: previous?.created ?? now, updated: now };
  routines(project).put(engine.documents, name, routine);
  return json(200, show(routine));
}

function remove(call: FoundryCall): Reply {
  routines(call.project).delete(call.engine.documents, requireRoutine(call).name);
  return empty(204);
}

function turn(call: FoundryCall, enabled: boolean): Reply {
  const routine = requireRoutine(call);
  const changed = { ...routine, body: { ...routine.body, enabled }, updated: call.engine.clock.now() };
  routines(call.project).put(call.engine.documents, routine.name, changed);
  return json(200, show(changed));
}
