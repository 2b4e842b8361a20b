import type { Collection } from '../../engine/documents.ts';
import type { Engine } from '../../arm/contract.ts';
import { sameText, valueAt, type JsonObject } from '../../engine/json.ts';
import type { Resource } from '../../engine/resources.ts';
import { deleteCollections, projectCollection } from '../shared/project-documents.ts';

/** An agent without its versions. */
export interface Agent {
  readonly name: string;
  readonly enabled: boolean;
  /** Number of the next version; numbers of deleted versions are not used again. */
  readonly nextVersion: number;
  readonly endpoint: JsonObject;
  readonly card: JsonObject | undefined;
  readonly guid: string;
  readonly identity: { readonly principal_id: string; readonly client_id: string };
}

/** Parts of a version; all are immutable. */
export interface AgentVersion {
  readonly version: string;
  /** Milliseconds of the clock. */
  readonly created: number;
  readonly draft: boolean;
  readonly definition: JsonObject;
  readonly metadata: JsonObject;
  readonly description: string | undefined;
  /** blueprint_reference and digital_worker_type, where they were sent. */
  readonly extra: JsonObject;
}

/** The agents of one project. */
export interface AgentStore {
  find(name: string): Agent | undefined;
  list(): Agent[];
  save(agent: Agent): void;
  remove(name: string): void;
  /** Oldest first. */
  versions(name: string): AgentVersion[];
  saveVersion(name: string, version: AgentVersion): void;
  removeVersion(name: string, version: string): void;
}

export function agentsOf(engine: Engine, project: Resource): AgentStore {
  const { documents } = engine;
  const agents = projectCollection<Agent>(project, 'agents');
  const versionsOf = (name: string): Collection<AgentVersion> => projectCollection(project, `agents/${name}/versions`);
  return {
    find: (name) => agents.list(documents).find((agent) => sameText(agent.name, name)),
    list: () => agents.list(documents),
    save: (agent) => agents.put(documents, agent.name, agent),
    remove: (name) => {
      agents.delete(documents, name);
      deleteCollections(engine, project, `agents/${name}/`);
    },
    versions: (name) => versionsOf(name).list(documents),
    saveVersion: (name, version) => versionsOf(name).put(documents, version.version, version),
    removeVersion: (name, version) => void versionsOf(name).delete(documents, version),
  };
}

/** The newest version that is not a draft. */
export function latestVersion(versions: readonly AgentVersion[]): AgentVersion | undefined {
  return versions.findLast(({ draft }) => !draft);
}

/** Images that cannot be pulled, so that a hosted agent has something to fail on: any that contains `unhealthy`. */
export function isBroken({ definition }: AgentVersion): boolean {
  const image = valueAt(definition, 'container_configuration.image');
  return typeof image === 'string' && image.includes('unhealthy');
}
