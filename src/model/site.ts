import type { Graph, Node } from './graph.ts';
import { isArray, isObject, type Json, type JsonObject } from './json.ts';
import type { EnvironmentScope, Location, Site } from './kind.ts';
import { isValueFrom } from './manifest.ts';
import { resourceId, type ResourceId } from './resource-id.ts';

/** Outputs of a resource as far as they are known now; undefined when it does not exist yet. */
export type KnownOutputs = (id: ResourceId) => JsonObject | undefined;

/** Sites of one graph at one moment. Asking for the same site twice gives the same object. */
export interface Sites {
  siteOf(node: Node): Site;
  locationOf(node: Node): Location;
}

/**
 * Makes sites. `outputs` may know more from one call to the next, but not for resources that a site made before
 * depends on: ask in dependency order, or make new sites.
 */
export function createSites(
  graph: Graph,
  environment: EnvironmentScope,
  outputs: KnownOutputs,
  resourceAt: Site['resourceAt'],
): Sites {
  const sites = new Map<ResourceId, Site>();
  const locations = new Map<ResourceId, Location>();
  const pathOf = (id: ResourceId): string | undefined => {
    const node = graph.get(id);
    return node && locationOf(node).address?.path;
  };
  const outputOf = (id: ResourceId, output: string): Json | undefined => {
    const known = outputs(id);
    if (known && Object.hasOwn(known, output)) return known[output];
    if (output === 'id') return pathOf(id);
    return output === 'name' ? graph.get(id)?.azureName : undefined;
  };
  const digestOf = (id: ResourceId): string | undefined => {
    const node = graph.get(id);
    return node?.definition.contentDigest?.(siteOf(node));
  };
  const siteOf = (node: Node): Site => {
    const known = sites.get(node.id);
    if (known) return known;
    const site: Site = {
      id: node.id,
      azureName: node.azureName,
      spec: filledIn(node.spec, outputOf),
      owner: node.owner,
      protected: node.lifecycle.preventDestroy,
      environment,
      azureNameOf: (id) => graph.get(id)?.azureName,
      pathOf,
      outputOf,
      digestOf,
      resourceAt,
    };
    sites.set(node.id, site);
    return site;
  };
  const locationOf = (node: Node): Location => {
    const location = locations.get(node.id) ?? node.definition.locate(siteOf(node));
    locations.set(node.id, location);
    return location;
  };
  return { siteOf, locationOf };
}

function filledIn(spec: JsonObject, outputOf: Site['outputOf']): JsonObject {
  const fill = (value: Json): Json => {
    if (isValueFrom(value)) {
      const { kind, name, output } = value.valueFrom;
      return outputOf(resourceId(kind, name), output) ?? value;
    }
    if (isArray(value)) return value.map(fill);
    return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item)])) : value;
  };
  return Object.fromEntries(Object.entries(spec).map(([key, item]) => [key, fill(item)]));
}

/** Finds the resource at an address among those of the graph whose address is known. */
export function addressIndex(graph: Graph, sites: Sites): Map<string, ResourceId> {
  const index = new Map<string, ResourceId>();
  for (const node of graph.values()) {
    const path = sites.locationOf(node).address?.path;
    if (path !== undefined) index.set(path.toLowerCase(), node.id);
  }
  return index;
}
