import type { Graph } from '../model/graph.ts';
import type { Pointer } from '../model/json.ts';
import type { ResourceId } from '../model/resource-id.ts';

/** The graph with more fields whose live value is left alone. */
export function withIgnoredFields(graph: Graph, fields: ReadonlyMap<ResourceId, readonly string[]>): Graph {
  return new Map(
    [...graph].map(([id, node]) => {
      const more = (fields.get(id) ?? []) as readonly Pointer[];
      const { lifecycle } = node;
      return [
        id,
        { ...node, lifecycle: { ...lifecycle, ignoreChanges: [...lifecycle.ignoreChanges, ...more] } },
      ] as const;
    }),
  );
}
