import type { AzureReader } from '../model/azure.ts';
import { isAzureError } from '../model/azure.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { ownershipOf, type Graph, type Node } from '../model/graph.ts';
import type { JsonObject } from '../model/json.ts';
import type { EnvironmentScope, KindCatalog, Live, Site } from '../model/kind.ts';
import type { ResourceId } from '../model/resource-id.ts';
import { inlineSchema } from '../model/schema.ts';
import { diffSpec } from './diff.ts';
import { observeBody } from '../model/fingerprint.ts';
import { describeAzureError } from '../model/azure-problem.ts';
import { claimByMark } from './read-live/claims.ts';
import { createFetched, type Fetched, type FetchRequest } from './read-live/fetch.ts';
import { findStrays, haunts, type Stray } from './read-live/strays.ts';
import { addressIndex, createSites, type Sites } from '../model/site.ts';

/** Azure as it is, as far as this environment is concerned. */
export interface LiveState {
  readonly live: ReadonlyMap<ResourceId, Live>;
  /** Live resources with this environment's mark that no manifest stands for. */
  readonly strays: readonly Stray[];
  readonly resourceAt: Site['resourceAt'];
  readonly diagnostics: readonly Diagnostic[];
}

export interface ReadRequest {
  readonly graph: Graph;
  readonly scope: EnvironmentScope;
  readonly kinds: KindCatalog;
  readonly reader: AzureReader;
  /** Leftovers are going to be deleted, so they are read as well. */
  readonly prune: boolean;
}

/**
 * Reads in bulk: one list per collection, all collections at once. What can only be found with something read before
 * (the endpoint of a project, the principal of an identity) follows in a further round; usually there are two.
 */
export async function readLive(request: ReadRequest, fetched = createFetched(request.reader)): Promise<LiveState> {
  const live = await readRounds(request, fetched);
  claimRenamed(request, fetched, live);
  const index = addressIndex(request.graph, sitesNow(request, live));
  const resourceAt = (path: string): ResourceId | undefined => index.get(path.toLowerCase());
  const sites = sitesNow(request, live, resourceAt);
  const observed = observedAgain(request.graph, sites, live);
  await inspectChanged(request, sites, observed, fetched.problems);
  const addresses = new Set([...live.values()].map((one) => one.address.path.toLowerCase()));
  const isClaimed = (path: string): boolean => index.has(path.toLowerCase()) || addresses.has(path.toLowerCase());
  const found = findStrays(
    request,
    haunts(request, sites, (id) => live.has(id)),
    fetched,
    isClaimed,
  );
  const strays = request.prune ? await readStrays(found, fetched) : found;
  return { live: observed, strays, resourceAt, diagnostics: fetched.problems };
}

/**
 * What the base declared, Git no longer does, and no mark tells of, because Azure has no place for one there. Found at
 * the addresses that the base gives. A mark that somebody removed is not made up for: what Git lets go and carries no mark
 * any more is not ours to delete.
 */
export async function readDeparted(
  request: ReadRequest,
  base: Graph,
  state: LiveState,
  fetched: Fetched,
): Promise<Stray[]> {
  const gone = [...base.values()].filter(
    (node) => !request.graph.has(node.id) && ownershipOf(node) === 'none' && !node.definition.due,
  );
  if (gone.length === 0) return [];
  const there = { ...request, graph: base };
  const live = await readRounds(there, fetched);
  const sites = sitesNow(there, live, state.resourceAt);
  const claimed = new Set([...state.live.values(), ...state.strays].map((one) => one.address.path.toLowerCase()));
  return gone.flatMap((node): Stray[] => {
    const found = live.get(node.id);
    if (!found || claimed.has(found.address.path.toLowerCase())) return [];
    const { definition, id, lifecycle } = node;
    const site = sites.siteOf(node);
    return [{ id, definition, address: found.address, site, protected: lifecycle.preventDestroy, live: found }];
  });
}

async function readStrays(strays: readonly Stray[], fetched: Fetched): Promise<Stray[]> {
  const asked = strays.filter(({ item }) => !item);
  await fetched.all(asked.map(({ address }) => ({ type: 'get', address })));
  return strays.flatMap((stray) => {
    const body = stray.item ?? fetched.one(stray.address);
    return body ? [{ ...stray, live: observeBody(stray.definition, body, stray.address, stray.site) }] : [];
  });
}

async function readRounds(request: ReadRequest, fetched: Fetched): Promise<Map<ResourceId, Live>> {
  const nodes = [...request.graph.values()];
  const live = new Map<ResourceId, Live>();
  for (let progress = true, first = true; progress; first = false) {
    const sites = sitesNow(request, live);
    const missing = nodes.filter((node) => !live.has(node.id));
    const places = haunts(request, sites, (id) => first || live.has(id));
    const wanted = [...missing.flatMap((node) => sourceOf(node, sites)), ...places.map((place) => place.request)];
    progress = await fetched.all(wanted);
    for (const node of missing) {
      const found = observeNode(node, sites, fetched);
      if (!found) continue;
      live.set(node.id, found);
      progress = true;
    }
  }
  return live;
}

function claimRenamed(request: ReadRequest, fetched: Fetched, live: Map<ResourceId, Live>): void {
  const missing = [...request.graph.values()].filter((node) => !live.has(node.id));
  const taken = new Set([...live.values()].map((one) => one.address.path.toLowerCase()));
  const claimed = claimByMark(missing, sitesNow(request, live), fetched, request.scope.name, taken);
  for (const [id, one] of claimed) live.set(id, one);
}

function sitesNow(
  { graph, scope }: ReadRequest,
  live: ReadonlyMap<ResourceId, Live>,
  resourceAt: Site['resourceAt'] = () => undefined,
): Sites {
  return createSites(graph, scope, (id) => live.get(id)?.outputs, resourceAt);
}

function sourceOf(node: Node, sites: Sites): FetchRequest[] {
  const { address, collection } = sites.locationOf(node);
  if (collection) return [{ type: 'list', address: collection }];
  return address ? [{ type: 'get', address, definition: node.definition }] : [];
}

function observeNode(node: Node, sites: Sites, fetched: Fetched): Live | undefined {
  const { address, collection } = sites.locationOf(node);
  if (!address) return undefined;
  const { definition } = node;
  const site = sites.siteOf(node);
  const body = collection ? fetched.find(collection, address.path, definition) : fetched.one(address);
  if (body) return observeBody(definition, body, address, site);
  const twin = collection && definition.twin?.(fetched.items(collection), site);
  return twin && observeBody(definition, twin, { ...address, path: definition.identify(twin, collection) }, site);
}

/** Bodies once more, now that references between live resources can be told by name. */
function observedAgain(graph: Graph, sites: Sites, live: ReadonlyMap<ResourceId, Live>): Map<ResourceId, Live> {
  const entries = [...live].flatMap(([id, one]): [ResourceId, Live][] => {
    const node = graph.get(id);
    return node ? [[id, observeBody(node.definition, one.body, one.address, sites.siteOf(node))]] : [];
  });
  return new Map(entries);
}

async function inspectChanged(
  request: ReadRequest,
  sites: Sites,
  live: Map<ResourceId, Live>,
  problems: Diagnostic[],
): Promise<void> {
  const changed = [...live].flatMap(([id, one]) => {
    const definition = request.graph.get(id)?.definition;
    const node = request.graph.get(id);
    if (!definition?.inspect || !node) return [];
    const site = sites.siteOf(node);
    const request_ = {
      schema: inlineSchema(definition.schema),
      desired: site.spec as JsonObject,
      live: one.spec,
      base: undefined,
    };
    return diffSpec(request_).fields.length > 0 ? [{ id, one, site, definition }] : [];
  });
  await Promise.all(
    changed.map(async ({ id, one, site, definition }) => {
      try {
        live.set(id, (await definition.inspect?.(request.reader, site, one)) ?? one);
      } catch (error) {
        if (!isAzureError(error)) throw error;
        problems.push(describeAzureError(error, id));
      }
    }),
  );
}
