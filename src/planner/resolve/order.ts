import { problem, type Diagnostic } from '../../model/diagnostic.ts';
import { dependenciesOf, type Graph, type Node } from '../../model/graph.ts';
import type { ResourceId } from '../../model/resource-id.ts';

/**
 * Puts nodes in dependency order: everything without open dependencies first, by id, then what waited for it. Nodes on
 * a cycle, and those behind one, are missing from the graph and each cycle is reported once as a path.
 */
export function orderNodes(nodes: readonly Node[], diagnostics: Diagnostic[]): Graph {
  const waiting = new Map(nodes.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map((node) => [node.id, node]));
  const ordered = new Map<ResourceId, Node>();
  const open = new Map(
    [...waiting.values()].map((node) => [node.id, new Set(dependenciesOf(node).filter((id) => waiting.has(id)))]),
  );
  const dependents = invert(open);
  let ready = [...waiting.keys()].filter((id) => open.get(id)?.size === 0);
  while (ready.length > 0) {
    const next: ResourceId[] = [];
    for (const id of ready) {
      const node = waiting.get(id);
      if (node) ordered.set(id, node);
      waiting.delete(id);
      for (const dependent of dependents.get(id) ?? []) {
        const rest = open.get(dependent);
        rest?.delete(id);
        if (rest?.size === 0) next.push(dependent);
      }
    }
    ready = next.toSorted();
  }
  reportCycles(waiting, diagnostics);
  return ordered;
}

function invert(edges: ReadonlyMap<ResourceId, ReadonlySet<ResourceId>>): Map<ResourceId, ResourceId[]> {
  const inverted = new Map<ResourceId, ResourceId[]>();
  for (const [from, targets] of edges) {
    for (const to of targets) {
      const known = inverted.get(to);
      if (known) known.push(from);
      else inverted.set(to, [from]);
    }
  }
  return inverted;
}

function reportCycles(left: Map<ResourceId, Node>, diagnostics: Diagnostic[]): void {
  const unseen = new Map(left);
  for (let start = firstKey(unseen); start !== undefined; start = firstKey(unseen)) {
    const path: ResourceId[] = [];
    let current: ResourceId | undefined = start;
    while (current !== undefined && !path.includes(current)) {
      path.push(current);
      current = dependenciesOf(left.get(current) as Node).find((id) => left.has(id));
    }
    const cycle = current === undefined ? [] : path.slice(path.indexOf(current));
    if (cycle.some((id) => unseen.has(id))) diagnostics.push(describeCycle(cycle, left));
    for (const id of path) unseen.delete(id);
  }
}

function firstKey<K>(map: ReadonlyMap<K, unknown>): K | undefined {
  return map.keys().next().value;
}

function describeCycle(cycle: readonly ResourceId[], nodes: ReadonlyMap<ResourceId, Node>): Diagnostic {
  const steps = cycle.map((id, index) => {
    const node = nodes.get(id);
    const to = cycle[(index + 1) % cycle.length];
    const field = node?.references.find((reference) => reference.to === to)?.field ?? '';
    return { id, to, at: node?.positionOf(field) };
  });
  const path = [...cycle, cycle[0]].join(' -> ');
  const related = steps.map(({ id, to, at }) => ({ message: `${id} refers to ${to}`, ...(at ? { at } : {}) }));
  return problem('ING2003', `Resources wait for each other: ${path}`, {
    at: steps[0]?.at,
    resource: cycle[0],
    related,
  });
}
