import type { Graph } from '../model/graph.ts';
import type { JsonObject } from '../model/json.ts';
import type { AppliedMark, EnvironmentScope } from '../model/kind.ts';
import type { ResourceId } from '../model/resource-id.ts';
import { createSites } from '../model/site.ts';
import type { LiveState } from './read-live.ts';

/** What Git declared at the last complete apply. */
export interface Base {
  readonly commit: string;
  readonly graph: Graph;
}

/** Finds the manifests of a commit, or says why they cannot be had. */
export type BaseSource = (
  applied: AppliedMark,
) => Promise<{ readonly graph: Graph; readonly why?: undefined } | { readonly why: string }>;

export interface FoundBase {
  /** What Azure says was applied last; absent where it names nothing. */
  readonly applied?: AppliedMark;
  readonly base: Base | undefined;
  /** Why there is none although Azure names a commit: drift cannot be told apart from pending changes. */
  readonly why: string | undefined;
}

/**
 * The base of the three-way comparison: the environment's resource group says which commit was applied last. Without a
 * commit nothing is missing: the environment is new, or was never applied from a clean commit.
 */
export async function findBase(graph: Graph, state: LiveState, source: BaseSource | undefined): Promise<FoundBase> {
  const environment = [...graph.values()].find((node) => node.definition.appliedMark !== undefined);
  const live = environment && state.live.get(environment.id);
  const applied = live && environment.definition.appliedMark?.(live.body);
  if (!source || !applied) return { base: undefined, why: undefined };
  const found = await source(applied);
  return found.why === undefined
    ? { applied, base: { commit: applied.commit, graph: found.graph }, why: undefined }
    : { applied, base: undefined, why: found.why };
}

/** Specs at the base, with what other resources produce filled in as it is now. */
export function baseSpecs({ graph }: Base, scope: EnvironmentScope, state: LiveState): Map<ResourceId, JsonObject> {
  const sites = createSites(graph, scope, (id) => state.live.get(id)?.outputs, state.resourceAt);
  return new Map([...graph.values()].map((node) => [node.id, sites.siteOf(node).spec as JsonObject]));
}
