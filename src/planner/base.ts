import { commitOf, type AppliedBase } from '../model/applied-base.ts';
import type { Graph, Node } from '../model/graph.ts';
import type { JsonObject } from '../model/json.ts';
import type { AppliedMark, EnvironmentScope, Live } from '../model/kind.ts';
import type { ResourceId } from '../model/resource-id.ts';
import { createSites } from '../model/site.ts';
import type { LiveState } from './read-live.ts';

/** What Git declared when each resource was applied last. */
export interface Base {
  /** The last complete apply; where there was none, the commit that most resources were applied from. */
  readonly commit: string;
  /** Every resource as the commit declared it that it was last made equal to. */
  readonly graph: Graph;
}

/** What a commit is looked for with. */
export interface BaseCommit {
  readonly environment: string;
  readonly path: string;
  readonly commit: string;
}

/** Finds the manifests of a commit, or says why they cannot be had. */
export type BaseSource = (
  applied: BaseCommit,
) => Promise<{ readonly graph: Graph; readonly why?: undefined } | { readonly why: string }>;

export interface FoundBase {
  /** What Azure says was applied last; absent where it names nothing. */
  readonly applied?: AppliedMark;
  readonly base: Base | undefined;
  /** Why there is none although Azure names a commit: drift cannot be told apart from pending changes. */
  readonly why: string | undefined;
}

/**
 * The base of the three-way comparison: the environment's resource group says which commit each resource was applied
 * from. Without a commit nothing is missing: the environment is new, or was never applied from a clean commit. Where only
 * the commit of single resources cannot be read, these have no base.
 */
export async function findBase(graph: Graph, state: LiveState, source: BaseSource | undefined): Promise<FoundBase> {
  const environment = [...graph.values()].find((node) => node.definition.appliedBase !== undefined);
  const live = environment && state.live.get(environment.id);
  const applied = live && environment.definition.appliedBase?.(live.body);
  const whole = live && environment.definition.appliedMark?.(live.body);
  const mark = whole ? { applied: whole } : {};
  const complete = whole?.commit;
  if (!source || !applied) return { base: undefined, why: undefined };
  const commits = [...new Set([applied.rest, ...applied.others.values()])].filter((commit) => commit !== null);
  const [first] = commits;
  if (first === undefined) return { ...mark, base: undefined, why: undefined };
  const { environment: name, path } = applied;
  const found = new Map(
    await Promise.all(
      commits.map(async (commit) => [commit, await source({ environment: name, path, commit })] as const),
    ),
  );
  const rest = found.get(applied.rest ?? first);
  if (rest?.why !== undefined) return { ...mark, base: undefined, why: rest.why };
  const nodes = [...found].flatMap(([commit, one]) =>
    one.why === undefined ? nodesOf(one.graph, commit, applied) : [],
  );
  return { ...mark, base: { commit: complete ?? applied.rest ?? first, graph: new Map(nodes) }, why: undefined };
}

/** What was last made equal to this commit. */
function nodesOf(graph: Graph, commit: string, applied: AppliedBase): [ResourceId, Node][] {
  return [...graph].filter(([id]) => commitOf(applied, id) === commit);
}

/** A resource at the base: its spec with what other resources produce filled in as it is now, and where it lay. */
export interface BaseResource {
  readonly spec: JsonObject;
  /** Undefined while something that its address is made of is not there any more. */
  readonly path: string | undefined;
}

export function baseResources(
  { graph }: Base,
  scope: EnvironmentScope,
  state: LiveState,
): Map<ResourceId, BaseResource> {
  const sites = createSites(graph, scope, (id) => state.live.get(id)?.outputs, state.resourceAt);
  return new Map(
    [...graph.values()].map((node) => [
      node.id,
      { spec: sites.siteOf(node).spec as JsonObject, path: sites.locationOf(node).address?.path },
    ]),
  );
}

/** True for a live resource that was applied at this address before, so that it is ours although its mark is gone. */
export function wasOurs(base: BaseResource | undefined, live: Pick<Live, 'address'>): boolean {
  return base?.path !== undefined && base.path.toLowerCase() === live.address.path.toLowerCase();
}
