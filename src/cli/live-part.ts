import type { AzureReader } from '../model/azure.ts';
import type { Graph, Node } from '../model/graph.ts';
import type { EnvironmentScope } from '../model/kind.ts';
import type { ResourceId } from '../model/resource-id.ts';
import { readLive, type LiveState } from '../planner/read-live.ts';

/** Part of an environment, to look at and not to plan with: without second looks and without what is left over. */
export function partOf(graph: Graph, isWanted: (node: Node) => boolean): Graph {
  const nodes = [...graph.values()].filter(isWanted);
  return new Map(nodes.map((node): [ResourceId, Node] => [node.id, { ...node, definition: forLooking(node) }]));
}

function forLooking({ definition }: Node): Node['definition'] {
  const looking = { ...definition };
  delete looking.inspect;
  delete looking.markedResources;
  return looking;
}

/** Reads such a part as a plan would read it: one list per collection. Problems are in `diagnostics`. */
export function readPart(part: Graph, scope: EnvironmentScope, reader: AzureReader): Promise<LiveState> {
  return readLive({ graph: part, scope, kinds: new Map(), reader, prune: false });
}
