import { defined, textAt, type JsonObject } from '../../engine/json.ts';
import { empty, json, type Reply } from '../../http/reply.ts';
import { readBody, requireFeature, requireShape } from '../shared/body.ts';
import { FoundryError, missing } from '../shared/foundry-error.ts';
import { cursorPage } from '../shared/paging.ts';
import type { FoundryCall, Route } from '../shared/route.ts';
import { addVersion, newAgent, requireAgentName } from './create.ts';
import { isRouted, patchEndpoint } from './endpoint.ts';
import { requireNoSessions } from './sessions.ts';
import { CREATE_AGENT, CREATE_VERSION } from './shape.ts';
import { agentsOf, type Agent, type AgentStore, type AgentVersion } from './store.ts';
import { showAgent, showVersion } from './view.ts';

/** Agents and their immutable versions. */
export const AGENT_ROUTES: readonly Route[] = [
  { method: 'GET', path: 'agents', handle: listAgents },
  { method: 'POST', path: 'agents', handle: createAgent },
  { method: 'GET', path: 'agents/{name}', handle: (call) => agentReply(call, requireAgent(call)) },
  { method: 'POST', path: 'agents/{name}', handle: updateAgent },
  { method: 'PATCH', path: 'agents/{name}', handle: patchAgent },
  { method: 'DELETE', path: 'agents/{name}', handle: deleteAgent },
  { method: 'POST', path: 'agents/{name}:enable', handle: (call) => switchAgent(call, true) },
  { method: 'POST', path: 'agents/{name}:disable', handle: (call) => switchAgent(call, false) },
  { method: 'GET', path: 'agents/{name}/versions', handle: listVersions },
  { method: 'POST', path: 'agents/{name}/versions', handle: createVersion },
  { method: 'GET', path: 'agents/{name}/versions/{version}', handle: getVersion },
  { method: 'DELETE', path: 'agents/{name}/versions/{version}', handle: deleteVersion },
];

function storeOf({ engine, project }: FoundryCall): AgentStore {
  return agentsOf(engine, project);
}

function nameOf({ names }: FoundryCall): string {
  return names['name'] ?? '';
}

/** The agent that the path names; 404 when there is none. */
function requireAgent(call: FoundryCall): Agent {
  const found = storeOf(call).find(nameOf(call));
  if (found) return found;
  throw missing(`Agent ${nameOf(call)}`);
}

/** The version that the path names, draft or not. */
function requireVersion(call: FoundryCall, agent: Agent): AgentVersion {
  const wanted = call.names['version'] ?? '';
  const found = storeOf(call)
    .versions(agent.name)
    .find(({ version }) => version === wanted);
  if (found) return found;
  throw missing(`Version ${wanted} of agent ${agent.name}`);
}

function agentReply(call: FoundryCall, agent: Agent): Reply {
  return json(200, showAgent(call.engine, agent, storeOf(call).versions(agent.name)));
}

function listAgents(call: FoundryCall): Reply {
  const kind = call.request.query.get('kind');
  const store = storeOf(call);
  const shown = store
    .list()
    .map((agent) => ({ id: agent.name, body: showAgent(call.engine, agent, store.versions(agent.name)) }));
  return cursorPage(
    call.request,
    shown.filter(({ body }) => kind === undefined || textAt(body, 'versions.latest.definition.kind') === kind),
  );
}

function createAgent(call: FoundryCall): Reply {
  const body = requireShape(CREATE_AGENT, readBody(call));
  const name = textAt(body, 'name') ?? '';
  requireAgentName(name);
  const store = storeOf(call);
  if (store.find(name)) throw new FoundryError(409, 'conflict', `Agent ${name} already exists`);
  return call.engine.database.transaction(() => {
    const agent = newAgent(call.engine, name);
    addVersion(call, store, agent, body);
    const patch: JsonObject = defined({ agent_endpoint: body['agent_endpoint'], agent_card: body['agent_card'] });
    const created = patchEndpoint(store.find(name) ?? agent, patch, store.versions(name));
    store.save(created);
    return agentReply(call, created);
  });
}

function updateAgent(call: FoundryCall): Reply {
  const agent = requireAgent(call);
  addVersion(call, storeOf(call), agent, requireShape(CREATE_VERSION, readBody(call)));
  return agentReply(call, requireAgent(call));
}

function patchAgent(call: FoundryCall): Reply {
  const agent = requireAgent(call);
  const type = call.request.headers['content-type'] ?? '';
  if (!/^application\/(merge-patch\+)?json/iu.test(type)) {
    throw new FoundryError(415, 'unsupported_media_type', 'Send a JSON merge patch as application/merge-patch+json');
  }
  const store = storeOf(call);
  const patched = patchEndpoint(agent, readBody(call), store.versions(agent.name));
  store.save(patched);
  return agentReply(call, patched);
}

function deleteAgent(call: FoundryCall): Reply {
  const { name } = requireAgent(call);
  requireNoSessions(call, name);
  storeOf(call).remove(name);
  return json(200, { object: 'agent.deleted', name, deleted: true });
}

function switchAgent(call: FoundryCall, enabled: boolean): Reply {
  storeOf(call).save({ ...requireAgent(call), enabled });
  return empty(204);
}

function listVersions(call: FoundryCall): Reply {
  const agent = requireAgent(call);
  const drafts = call.request.query.get('include_drafts')?.toLowerCase() === 'true';
  if (drafts) requireFeature(call, 'DraftAgents=V1Preview');
  const versions = storeOf(call)
    .versions(agent.name)
    .filter(({ draft }) => drafts || !draft);
  return cursorPage(
    call.request,
    versions.map((version) => ({
      id: `${agent.name}:${version.version}`,
      body: showVersion(call.engine, agent, version),
    })),
  );
}

/** Creates the agent as well when there is none. 200, not 201. */
function createVersion(call: FoundryCall): Reply {
  const name = nameOf(call);
  requireAgentName(name);
  const body = requireShape(CREATE_VERSION, readBody(call));
  const store = storeOf(call);
  return call.engine.database.transaction(() => {
    const agent = store.find(name) ?? newAgent(call.engine, name);
    const version = addVersion(call, store, agent, body);
    return json(200, showVersion(call.engine, agent, version));
  });
}

function getVersion(call: FoundryCall): Reply {
  const agent = requireAgent(call);
  return json(200, showVersion(call.engine, agent, requireVersion(call, agent)));
}

/** A version with traffic cannot be deleted; the last version takes the agent with it. */
function deleteVersion(call: FoundryCall): Reply {
  const agent = requireAgent(call);
  const { version } = requireVersion(call, agent);
  const store = storeOf(call);
  requireNoSessions(call, agent.name, version);
  if (isRouted(agent, version)) {
    throw new FoundryError(
      409,
      'conflict',
      `Version ${version} of agent ${agent.name} is named by a version selection rule`,
    );
  }
  store.removeVersion(agent.name, version);
  if (store.versions(agent.name).length === 0) store.remove(agent.name);
  return json(200, { object: 'agent.version.deleted', name: agent.name, version, deleted: true });
}
