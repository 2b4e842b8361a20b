import { member, objectAt, textAt } from '../../engine/json.ts';
import { empty, json, type Reply } from '../../http/reply.ts';
import { readBody, requireShape } from '../shared/body.ts';
import { FoundryError, missing } from '../shared/foundry-error.ts';
import { linkedPage } from '../shared/paging.ts';
import { deleteCollections } from '../shared/project-documents.ts';
import type { FoundryCall, Route } from '../shared/route.ts';
import { systemData } from '../shared/system-data.ts';
import { triggerProblem } from './occurrences.ts';
import { SCHEDULE } from './shape.ts';
import { scheduleCollection, scheduleRuns, type Schedule } from './store.ts';

const preview = 'Schedules=V1Preview';

/** Schedules of evaluation runs and insights (preview). */
export const SCHEDULE_ROUTES: readonly Route[] = [
  { method: 'GET', path: 'schedules', preview, handle: listSchedules },
  { method: 'GET', path: 'schedules/{id}', preview, handle: (call) => json(200, requireSchedule(call).body) },
  { method: 'PUT', path: 'schedules/{id}', preview, handle: putSchedule },
  { method: 'DELETE', path: 'schedules/{id}', preview, handle: deleteSchedule },
  { method: 'GET', path: 'schedules/{id}/runs', preview, handle: listRuns },
  { method: 'GET', path: 'schedules/{id}/runs/{run}', preview, handle: getRun },
];

function idOf({ names }: FoundryCall): string {
  return names['id'] ?? '';
}

function requireSchedule(call: FoundryCall): Schedule {
  const found = scheduleCollection(call.project).get(call.engine.documents, idOf(call));
  if (found) return found;
  throw missing(`Schedule '${idOf(call)}'`, 'NotFound');
}

function listSchedules({ engine, project, request }: FoundryCall): Reply {
  const type = request.query.get('type');
  const enabled = request.query.get('enabled');
  const found = scheduleCollection(project)
    .list(engine.documents)
    .map(({ body }) => body)
    .filter((body) => type === undefined || textAt(body, 'task.type') === type)
    .filter((body) => enabled === undefined || String(member(body, 'enabled') === true) === enabled.toLowerCase());
  return linkedPage(request, found);
}

const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,254}$/u;

/** 201, or 200 when it replaces one. `properties` can get more members, none can be changed or go away. */
function putSchedule(call: FoundryCall): Reply {
  const { engine, project } = call;
  const id = idOf(call);
  if (!NAME.test(id)) throw new FoundryError(400, 'UserError', `The id '${id}' is invalid`, 'id');
  const body = requireShape(SCHEDULE, readBody(call));
  const problem = triggerProblem(objectAt(body, 'trigger'));
  if (problem !== undefined) throw new FoundryError(400, 'UserError', problem, 'trigger');
  const schedules = scheduleCollection(project);
  const previous = schedules.get(engine.documents, id);
  requireKept(objectAt(previous?.body, 'properties'), objectAt(body, 'properties'));
  const now = engine.clock.now();
  const written = {
    ...body,
    id,
    provisioningStatus: 'Succeeded',
    systemData: systemData(call, previous && objectAt(previous.body, 'systemData')),
  };
  schedules.put(engine.documents, id, { id, body: written, created: previous?.created ?? now, settled: now });
  return json(previous ? 200 : 201, written);
}

function requireKept(before: object, after: Readonly<Record<string, unknown>>): void {
  const changed = Object.entries(before).find(([key, value]) => after[key] !== value);
  if (changed)
    throw new FoundryError(400, 'UserError', `The property '${changed[0]}' cannot be changed or removed`, 'properties');
}

function deleteSchedule(call: FoundryCall): Reply {
  const id = idOf(call);
  scheduleCollection(call.project).delete(call.engine.documents, id);
  deleteCollections(call.engine, call.project, `schedules/${id}/`);
  return empty(204);
}

function listRuns(call: FoundryCall): Reply {
  const { id } = requireSchedule(call);
  return linkedPage(call.request, scheduleRuns(call.project, id).list(call.engine.documents));
}

function getRun(call: FoundryCall): Reply {
  const { id } = requireSchedule(call);
  const found = scheduleRuns(call.project, id).get(call.engine.documents, call.names['run'] ?? '');
  if (found) return json(200, found);
  throw missing(`Run '${call.names['run'] ?? ''}' of schedule '${id}'`, 'NotFound');
}
