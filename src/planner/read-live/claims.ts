import type { Address } from '../../model/azure.ts';
import { observeBody } from '../../model/fingerprint.ts';
import { ownershipOf, type Node } from '../../model/graph.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Live } from '../../model/kind.ts';
import type { ResourceId } from '../../model/resource-id.ts';
import type { Sites } from '../../model/site.ts';
import type { Fetched } from './fetch.ts';

/**
 * Live resources that carry a node's mark although they lie at another address than the node would: it was renamed, or
 * what its address is made of changed. They are the node's own, to be replaced.
 */
export function claimByMark(
  nodes: readonly Node[],
  sites: Sites,
  fetched: Fetched,
  environment: string,
  taken: ReadonlySet<string>,
): Map<ResourceId, Live> {
  const indexes = new Map<string, ReadonlyMap<ResourceId, JsonObject>>();
  const claimed = new Map<ResourceId, Live>();
  for (const node of nodes) {
    const { collection } = sites.locationOf(node);
    if (!collection || ownershipOf(node) === 'none') continue;
    const key = `${node.definition.kind} ${collection.path.toLowerCase()}`;
    const index = indexes.get(key) ?? markedItems(node, collection, sites, fetched, environment);
    indexes.set(key, index);
    const body = index.get(node.id);
    if (!body) continue;
    const address = { path: node.definition.identify(body, collection), apiVersion: collection.apiVersion };
    if (!taken.has(address.path.toLowerCase()))
      claimed.set(node.id, observeBody(node.definition, body, address, sites.siteOf(node)));
  }
  return claimed;
}

function markedItems(
  node: Node,
  collection: Address,
  sites: Sites,
  fetched: Fetched,
  environment: string,
): Map<ResourceId, JsonObject> {
  const site = sites.siteOf(node);
  const marked = fetched.items(collection).flatMap((item): [ResourceId, JsonObject][] => {
    const mark = node.definition.observe(item, site).mark;
    return mark?.environment === environment ? [[mark.id, item]] : [];
  });
  return new Map(marked);
}
