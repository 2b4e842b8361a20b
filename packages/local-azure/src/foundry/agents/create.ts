import type { Engine } from '../../arm/contract.ts';
import { arrayAt, defined, equal, member, objectAt, textAt, type JsonObject } from '../../engine/json.ts';
import type { FoundryCall } from '../shared/route.ts';
import { requireFeature } from '../shared/body.ts';
import { FoundryError, invalid } from '../shared/foundry-error.ts';
import { requireMetadata } from '../shared/metadata.ts';
import { latestVersion, type Agent, type AgentStore, type AgentVersion } from './store.ts';

const NAME = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/u;
const MOST_TOOLS = 128;
const MOST_VERSIONS = 1000;

export function requireAgentName(name: string): void {
  if (!NAME.test(name))
    throw invalid(`The agent name '${name}' is invalid: 1 to 63 letters, digits and inner hyphens`, 'name');
}

/** An agent that has no version yet. */
export function newAgent({ ids }: Engine, name: string): Agent {
  return {
    name,
    enabled: true,
    nextVersion: 1,
    endpoint: { protocol_configuration: { responses: {} }, authorization_schemes: [{ type: 'Entra' }] },
    card: undefined,
    guid: ids.guid(),
    identity: { principal_id: ids.guid(), client_id: ids.guid() },
  };
}

/**
 * Adds a version to an agent and returns it, or the latest one when definition, metadata and description are as they were.
 * A draft is always new. The body has passed its shape.
 */
export function addVersion(call: FoundryCall, store: AgentStore, agent: Agent, body: JsonObject): AgentVersion {
  requireDefinition(call, body);
  requireMetadata(objectAt(body, 'metadata'));
  const versions = store.versions(agent.name);
  const draft = member(body, 'draft') === true;
  const latest = latestVersion(versions);
  const wanted = toVersion(call.engine, agent, body, draft);
  if (!draft && latest && isSame(latest, wanted)) return latest;
  if (versions.filter((version) => !version.draft).length >= MOST_VERSIONS) {
    throw new FoundryError(400, 'UserError', `Too many valid agent revisions: an agent has at most ${MOST_VERSIONS}.`);
  }
  store.saveVersion(agent.name, wanted);
  store.save(draft ? agent : { ...agent, nextVersion: agent.nextVersion + 1 });
  return wanted;
}

function toVersion({ clock }: Engine, agent: Agent, body: JsonObject, draft: boolean): AgentVersion {
  const now = clock.now();
  const { blueprint_reference: blueprint, digital_worker_type: worker } = body;
  return {
    version: draft ? `draft-${now}` : String(agent.nextVersion),
    created: now,
    draft,
    definition: withDefaults(objectAt(body, 'definition'), agent.name),
    metadata: objectAt(body, 'metadata'),
    description: textAt(body, 'description'),
    extra: defined({ blueprint_reference: blueprint, digital_worker_type: worker }),
  };
}

/** An external agent without an id for its traces goes by its name. */
function withDefaults(definition: JsonObject, name: string): JsonObject {
  if (definition['kind'] !== 'external') return definition;
  return { otel_agent_id: name, ...definition };
}

function isSame(a: AgentVersion, b: AgentVersion): boolean {
  return equal(a.definition, b.definition) && equal(a.metadata, b.metadata) && a.description === b.description;
}

const KIND_FEATURES: Readonly<Record<string, string>> = {
  workflow: 'WorkflowAgents=V1Preview',
  external: 'ExternalAgents=V1Preview',
  voice: 'VoiceAgents=V1Preview',
};

function requireDefinition(call: FoundryCall, body: JsonObject): void {
  const definition = objectAt(body, 'definition');
  const kind = textAt(definition, 'kind') ?? '';
  const feature = KIND_FEATURES[kind];
  if (feature !== undefined) requireFeature(call, feature);
  if (member(body, 'draft') === true) requireFeature(call, 'DraftAgents=V1Preview');
  if (member(body, 'digital_worker_type') !== undefined) requireFeature(call, 'DigitalWorker=V1Preview');
  if (member(definition, 'skills') !== undefined) requireFeature(call, 'Skills=V1Preview');
  if (arrayAt(definition, 'tools').length > MOST_TOOLS) {
    throw new FoundryError(400, 'tool_limit_exceeded', `An agent has at most ${MOST_TOOLS} tools`, 'definition.tools');
  }
  if (kind === 'hosted') requireOneSource(definition);
}

function requireOneSource(definition: JsonObject): void {
  const sources = ['container_configuration', 'code_configuration'].filter(
    (source) => member(definition, source) !== undefined,
  );
  if (sources.length !== 1)
    throw invalid('A hosted agent has either container_configuration or code_configuration', 'definition');
}
