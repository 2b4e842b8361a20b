import { textAt, valueAt, type JsonObject } from '../../engine/json.ts';
import type { Resource } from '../../engine/resources.ts';
import { empty, json, type Reply } from '../../http/reply.ts';
import { compileObject } from '../../shape/notation.ts';
import { readBody, requireShape } from '../shared/body.ts';
import { FoundryError, invalid, missing } from '../shared/foundry-error.ts';
import { cursorPage } from '../shared/paging.ts';
import { epoch, projectCollection } from '../shared/project-documents.ts';
import type { FoundryCall, Route } from '../shared/route.ts';
import { namedVersion } from './call-target.ts';
import { agentsOf } from './store.ts';

const SESSIONS = 'agents/{name}/endpoint/sessions';

/** Sessions of hosted agents: each runs one version. */
export const SESSION_ROUTES: readonly Route[] = [
  { method: 'POST', path: SESSIONS, handle: create },
  { method: 'GET', path: SESSIONS, handle: list },
  { method: 'GET', path: `${SESSIONS}/{session}`, handle: (call) => json(200, show(call, requireSession(call))) },
  { method: 'POST', path: `${SESSIONS}/{session}:stop`, handle: stop },
  { method: 'DELETE', path: `${SESSIONS}/{session}`, handle: remove },
];

/** Times are milliseconds of the clock. */
interface Session {
  readonly id: string;
  readonly version: string;
  readonly created: number;
  readonly lastUsed: number;
  readonly isStopped: boolean;
}

const CREATE = compileObject({
  agent_session_id: 'string(1..128)',
  'version_indicator!': { 'type!': 'version_ref', 'agent_version!': 'string' },
});

const LIFETIME = 30 * 24 * 3_600_000;
const DEFAULT_IDLE = 900;

function sessionsOf(project: Pick<Resource, 'id'>, agent: string): ReturnType<typeof projectCollection<Session>> {
  return projectCollection(project, `agents/${agent}/sessions`);
}

/** Active until nothing was asked for the idle timeout of the version, expired after 30 days. */
function statusOf({ engine, project, names }: FoundryCall, { version, created, lastUsed, isStopped }: Session): string {
  const now = engine.clock.now();
  if (now >= created + LIFETIME) return 'expired';
  const name = names['name'] ?? '';
  const found = agentsOf(engine, project)
    .versions(name)
    .find((each) => each.version === version);
  const seconds = Number(valueAt(found?.definition, 'session_configuration.idle_timeout_seconds') ?? DEFAULT_IDLE);
  return isStopped || now >= lastUsed + seconds * 1000 ? 'idle' : 'active';
}

function show(call: FoundryCall, session: Session): JsonObject {
  return {
    agent_session_id: session.id,
    version_indicator: { type: 'version_ref', agent_version: session.version },
    status: statusOf(call, session),
    created_at: epoch(session.created),
    last_accessed_at: epoch(session.lastUsed),
    expires_at: epoch(session.created + LIFETIME),
  };
}

function requireSession(call: FoundryCall): Session {
  const { engine, project, names } = call;
  const found = sessionsOf(project, names['name'] ?? '').get(engine.documents, names['session'] ?? '');
  if (found) return found;
  throw missing(`Session ${names['session'] ?? ''} of agent ${names['name'] ?? ''}`);
}

function create(call: FoundryCall): Reply {
  const { engine, project, names } = call;
  const body = requireShape(CREATE, readBody(call));
  const { agent, version } = namedVersion(
    engine,
    project,
    names['name'] ?? '',
    textAt(body, 'version_indicator.agent_version'),
  );
  if (version.definition['kind'] !== 'hosted') throw invalid('Only hosted agents have sessions', 'version_indicator');
  const id = textAt(body, 'agent_session_id') ?? engine.ids.hex(32);
  const sessions = sessionsOf(project, agent.name);
  if (sessions.get(engine.documents, id)) throw new FoundryError(409, 'conflict', `Session ${id} already exists`);
  const now = engine.clock.now();
  const session = { id, version: version.version, created: now, lastUsed: now, isStopped: false };
  sessions.put(engine.documents, id, session);
  return json(201, show(call, session));
}

function list(call: FoundryCall): Reply {
  const sessions = sessionsOf(call.project, call.names['name'] ?? '').list(call.engine.documents);
  return cursorPage(
    call.request,
    sessions.map((session) => ({ id: session.id, body: show(call, session) })),
  );
}

function stop(call: FoundryCall): Reply {
  const session = { ...requireSession(call), isStopped: true };
  sessionsOf(call.project, call.names['name'] ?? '').put(call.engine.documents, session.id, session);
  return empty(204);
}

function remove(call: FoundryCall): Reply {
  const { id } = requireSession(call);
  sessionsOf(call.project, call.names['name'] ?? '').delete(call.engine.documents, id);
  return empty(204);
}

/** 409 while a session of the agent, or of one of its versions, is active, unless the query says `force=true`. */
export function requireNoSessions(call: FoundryCall, agent: string, version?: string): void {
  if (call.request.query.get('force')?.toLowerCase() === 'true') return;
  const active = sessionsOf(call.project, agent)
    .list(call.engine.documents)
    .filter((session) => version === undefined || session.version === version)
    .find((session) => statusOf(call, session) === 'active');
  if (active)
    throw new FoundryError(409, 'conflict', `Agent ${agent} has active sessions. Use force=true to delete it.`);
}

/** The version that a session runs; the session counts as used. 404 when there is none. */
export function sessionVersion(call: FoundryCall, agent: string, id: string): string {
  const { engine, project } = call;
  const sessions = sessionsOf(project, agent);
  const found = sessions.get(engine.documents, id);
  if (!found) throw missing(`Session ${id} of agent ${agent}`);
  sessions.put(engine.documents, id, { ...found, lastUsed: engine.clock.now(), isStopped: false });
  return found.version;
}
