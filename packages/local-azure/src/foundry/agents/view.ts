import type { Engine } from '../../arm/contract.ts';
import { defined, type JsonObject } from '../../engine/json.ts';
import { isBroken, latestVersion, type Agent, type AgentVersion } from './store.ts';

/** An agent as `GET /agents/{name}` returns it. */
export function showAgent(engine: Engine, agent: Agent, versions: readonly AgentVersion[]): JsonObject {
  const latest = latestVersion(versions);
  const state = agent.enabled ? 'enabled' : 'disabled';
  return defined({
    object: 'agent',
    id: agent.name,
    name: agent.name,
    state,
    configuration_state: state,
    versions: latest ? { latest: showVersion(engine, agent, latest) } : {},
    agent_endpoint: { ...agent.endpoint, publish_approval_status: 'not_published' },
    agent_card: agent.card,
    instance_identity: { ...agent.identity, status: 'active' },
  });
}

/** A version as `GET /agents/{name}/versions/{version}` returns it. `created_at` is in seconds. */
export function showVersion(engine: Engine, agent: Agent, version: AgentVersion): JsonObject {
  const status = statusOf(engine, version);
  return defined({
    object: 'agent.version',
    id: `${agent.name}:${version.version}`,
    name: agent.name,
    version: version.version,
    description: version.description,
    metadata: version.metadata,
    created_at: Math.floor(version.created / 1000),
    draft: version.draft,
    status,
    definition: shown(version.definition),
    agent_guid: agent.guid,
    ...version.extra,
    error:
      status === 'failed'
        ? { code: 'image_pull_failed', message: 'The container image could not be pulled.' }
        : undefined,
  });
}

/** Hosted definitions are answered with the older name of their protocols as well, empty. */
function shown(definition: JsonObject): JsonObject {
  return definition['kind'] === 'hosted' ? { container_protocol_versions: [], ...definition } : definition;
}

/** Only hosted versions take time to become active. */
export function statusOf({ clock, timing }: Engine, version: AgentVersion): 'creating' | 'active' | 'failed' {
  if (version.definition['kind'] !== 'hosted') return 'active';
  if (clock.now() < version.created + timing.agentVersionMs) return 'creating';
  return isBroken(version) ? 'failed' : 'active';
}
