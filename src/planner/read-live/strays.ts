import type { Address } from '../../model/azure.ts';
import type { Graph, Node } from '../../model/graph.ts';
import type { JsonObject } from '../../model/json.ts';
import type { EnvironmentScope, KindCatalog, KindDefinition, Live, Mark, Site } from '../../model/kind.ts';
import { kindOf, nameOf, type ResourceId } from '../../model/resource-id.ts';
import { inlineSchema } from '../../model/schema.ts';
import type { Sites } from '../../model/site.ts';
import type { Fetched, FetchRequest } from './fetch.ts';

/** A live resource with this environment's mark that no manifest stands for. */
export interface Stray {
  /** The id of its mark; with the Azure name appended where a manifest of that id now stands for another resource. */
  readonly id: ResourceId;
  readonly definition: KindDefinition;
  readonly address: Address;
  /** Where it is observed from: a site with the parent's name only. */
  readonly site: Site;
  readonly protected: boolean;
  /** The whole body, where the list that told of it has whole bodies. */
  readonly item?: JsonObject;
  /** Read only when pruning, because otherwise it stays as it is. */
  readonly live?: Live;
}

/** A place where resources may lie that Git no longer describes. */
interface Haunt {
  readonly request: FetchRequest;
  readonly definition: KindDefinition;
  readonly site: Site;
}

interface Surroundings {
  readonly graph: Graph;
  readonly scope: EnvironmentScope;
  readonly kinds: KindCatalog;
}

/**
 * Collections that tell what is left over: everything with a mark in its tags in one request, and for kinds whose mark
 * is elsewhere one list per live parent.
 */
export function haunts({ graph, kinds }: Surroundings, sites: Sites, exists: (id: ResourceId) => boolean): Haunt[] {
  const nodes = [...graph.values()];
  const environment = nodes.find((node) => node.definition.kind === 'Environment');
  if (!environment || !exists(environment.id)) return [];
  const marked = environment.definition.markedResources?.(sites.siteOf(environment));
  const all: Haunt[] = marked
    ? [
        {
          request: { type: 'list', address: marked },
          definition: environment.definition,
          site: sites.siteOf(environment),
        },
      ]
    : [];
  const parents = nodes.filter((node) => exists(node.id));
  const below = [...kinds.values()].flatMap((definition) => probes(definition, parents, sites.siteOf(environment)));
  const parts = parents.flatMap((node) =>
    Object.values(node.definition.parts).map((definition) => partProbe(definition, node, sites)),
  );
  return [...all, ...[...below, ...parts].flatMap(toHaunt)];
}

interface Probe {
  readonly definition: KindDefinition;
  readonly site: Site;
}

function toHaunt({ definition, site }: Probe): Haunt[] {
  const collection = definition.ownership === 'none' ? undefined : definition.locate(site).collection;
  return collection ? [{ request: { type: 'list', address: collection }, definition, site }] : [];
}

function probes(definition: KindDefinition, parents: readonly Node[], group: Site): Probe[] {
  const properties = Object.entries(inlineSchema(definition.schema).properties ?? {});
  const [field, schema] = properties.find(([, property]) => property['x-parent'] === true) ?? [];
  const bare = (spec: object): Site => ({ ...group, id: `${definition.kind}/*`, azureName: '*', spec });
  if (field === undefined) return definition.ownership === 'tags' ? [] : [{ definition, site: bare({}) }];
  const target = schema?.['x-ref'] ?? [];
  return parents
    .filter((node) => (typeof target === 'string' ? [target] : target).includes(node.definition.kind))
    .map((node) => ({ definition, site: bare({ [field]: typeof target === 'string' ? nameOf(node.id) : node.id }) }));
}

function partProbe(definition: KindDefinition, owner: Node, sites: Sites): Probe {
  return {
    definition,
    site: { ...sites.siteOf(owner), id: `${owner.id}/*`, azureName: '*', owner: owner.id, spec: {} },
  };
}

/** Everything in those places that carries our mark and that no node of the graph claims. */
export function findStrays(
  { graph, scope, kinds }: Surroundings,
  places: readonly Haunt[],
  fetched: Fetched,
  isClaimed: (path: string) => boolean,
): Stray[] {
  const strays = new Map<string, Stray>();
  for (const { request, definition, site } of places) {
    for (const item of fetched.items(request.address)) {
      const thin = definition.markOf !== undefined;
      const path = definition.identify(item, request.address);
      const mark: Mark | undefined = thin ? definition.markOf?.(item) : definition.observe(item, site).mark;
      if (mark?.environment !== scope.name || isClaimed(path)) continue;
      const actual = thin ? definitionFor(mark.id, kinds) : definition;
      if (!actual || actual.kind === 'Environment') continue;
      const id: ResourceId = graph.has(mark.id) ? `${mark.id}@${path.slice(path.lastIndexOf('/') + 1)}` : mark.id;
      strays.set(path.toLowerCase(), {
        id,
        definition: actual,
        address: { path, apiVersion: mark.apiVersion ?? actual.apiVersion },
        site,
        protected: mark.protected ?? false,
        ...(thin ? {} : { item }),
      });
    }
  }
  return [...strays.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function definitionFor(id: ResourceId, kinds: KindCatalog): KindDefinition | undefined {
  return kinds.get(kindOf(id));
}
