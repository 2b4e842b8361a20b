import type { Engine } from '../../arm/contract.ts';
import { arrayAt, member, textAt } from '../../engine/json.ts';
import type { StoredResource } from '../../engine/resources.ts';
import { FoundryError, missing } from '../shared/foundry-error.ts';
import { projectCollection } from '../shared/project-documents.ts';
import { agentsOf, latestVersion, type Agent, type AgentVersion } from './store.ts';
import { statusOf } from './view.ts';

/** An agent and the version of it that answers a call. */
export interface CallTarget {
  readonly agent: Agent;
  readonly version: AgentVersion;
}

/** The version that is named, drafts included, or the latest one. 404, 403 when disabled, 409 while it is not active. */
export function namedVersion(engine: Engine, project: StoredResource, name: string, version?: string): CallTarget {
  const { agent, versions } = requireEnabled(engine, project, name);
  const found = version === undefined ? latestVersion(versions) : versions.find((each) => each.version === version);
  if (!found) throw missing(`Version ${version ?? 'latest'} of agent ${agent.name}`);
  return { agent, version: requireActive(engine, agent, found) };
}

/**
 * The version that an agent's endpoint sends a call to: by the shares of its version selector, or the latest one. Shares are
 * kept exactly over many calls, whatever their number.
 */
export function routedVersion(engine: Engine, project: StoredResource, name: string): CallTarget {
  const { agent, versions } = requireEnabled(engine, project, name);
  const rules = arrayAt(agent.endpoint, 'version_selector.version_selection_rules').map((rule) => ({
    version: textAt(rule, 'agent_version') ?? '',
    share: Number(member(rule, 'traffic_percentage') ?? 0),
  }));
  if (rules.length === 0) return namedVersion(engine, project, name);
  const chosen = nextVersion(engine, project, agent, rules);
  const version = versions.find((each) => each.version === chosen);
  if (!version) throw missing(`Version ${chosen} of agent ${agent.name}`);
  return { agent, version: requireActive(engine, agent, version) };
}

function requireEnabled(
  engine: Engine,
  project: StoredResource,
  name: string,
): { readonly agent: Agent; readonly versions: readonly AgentVersion[] } {
  const store = agentsOf(engine, project);
  const agent = store.find(name);
  if (!agent) throw missing(`Agent ${name}`);
  if (!agent.enabled) throw new FoundryError(403, 'agent_disabled', `Agent ${agent.name} is disabled`);
  return { agent, versions: store.versions(agent.name) };
}

function requireActive(engine: Engine, agent: Agent, version: AgentVersion): AgentVersion {
  const status = statusOf(engine, version);
  if (status === 'active') return version;
  throw new FoundryError(409, 'conflict', `Version ${version.version} of agent ${agent.name} is ${status}, not active`);
}

interface Share {
  readonly version: string;
  /** Percent. */
  readonly share: number;
}

/** How many calls each version got since the shares were last changed. */
interface Tally {
  readonly shares: string;
  readonly sent: Readonly<Record<string, number>>;
}

/** The version that is furthest behind its share. */
function nextVersion({ documents }: Engine, project: StoredResource, { guid }: Agent, rules: readonly Share[]): string {
  const tallies = projectCollection<Tally>(project, 'agent-calls');
  const shares = JSON.stringify(rules);
  const known = tallies.get(documents, guid);
  const sent = known?.shares === shares ? known.sent : {};
  const calls = Object.values(sent).reduce((sum, count) => sum + count, 0) + 1;
  const behind = ({ version, share }: Share): number => (calls * share) / 100 - (sent[version] ?? 0);
  const chosen = rules.toSorted((a, b) => behind(b) - behind(a))[0]?.version ?? '';
  tallies.put(documents, guid, { shares, sent: { ...sent, [chosen]: (sent[chosen] ?? 0) + 1 } });
  return chosen;
}
