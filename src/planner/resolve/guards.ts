import type { Node, Reference } from '../../model/graph.ts';
import type { ResourceId } from '../../model/resource-id.ts';

/**
 * Turns guards into order. What can be tried before it serves waits for its gates, which in turn wait for all that it
 * waits for. What cannot comes before its gates, and everything that refers to it waits for them.
 */
export function withGuards(nodes: readonly Node[]): Node[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const added = new Map<ResourceId, Reference[]>();
  const add = (id: ResourceId, ...references: readonly Reference[]): void => {
    added.set(id, [...(added.get(id) ?? []), ...references]);
  };
  const guards = nodes.flatMap((gate) =>
    gate.references.filter((one) => one.type === 'guard').map(({ to, field }) => ({ gate, to, field })),
  );
  const gates = new Set(guards.map(({ gate }) => gate.id));
  for (const { gate, to, field } of guards) {
    const target = byId.get(to);
    if (!target) continue;
    const { candidates } = target.definition;
    if (typeof candidates === 'function' ? candidates(target.spec) : candidates) {
      add(to, { to: gate.id, field: '', type: 'order' });
      add(gate.id, ...target.references.filter((one) => !gates.has(one.to)).map((one) => orderAfter(one.to, field)));
    } else {
      add(gate.id, { to, field, type: 'reference' });
      for (const user of nodes)
        if (!gates.has(user.id) && uses(user, to)) add(user.id, { to: gate.id, field: '', type: 'order' });
    }
  }
  return nodes.map((node) => {
    const own = node.references.filter((one) => one.type !== 'guard');
    return { ...node, references: [...own, ...(added.get(node.id) ?? [])] };
  });
}

function orderAfter(to: ResourceId, field: Reference['field']): Reference {
  return { to, field, type: 'order' };
}

function uses(node: Node, id: ResourceId): boolean {
  return node.references.some((one) => one.to === id && (one.type === 'reference' || one.type === 'value'));
}
