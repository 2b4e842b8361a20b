import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { Node } from '../../src/model/graph.ts';
import type { ResourceId } from '../../src/model/resource-id.ts';
import { orderNodes } from '../../src/planner/resolve/order.ts';

function node(id: ResourceId, to: readonly ResourceId[]): Node {
  const at = { file: 'dev.yaml', line: 1, column: 1, length: 1 };
  return {
    id,
    definition: {} as Node['definition'],
    spec: {},
    azureName: id,
    lifecycle: { preventDestroy: false, ignoreChanges: [], adopt: false },
    references: to.map((target) => ({ to: target, field: '/x', type: 'reference' as const })),
    positionOf: () => at,
  };
}

const name = (index: number): ResourceId => `Kind/n${String(index).padStart(3, '0')}`;

/** Graphs whose edges go from higher to lower numbers, in random order of nodes. */
const acyclic = fc
  .integer({ min: 1, max: 30 })
  .chain((size) =>
    fc.tuple(
      ...Array.from({ length: size }, (_, index) =>
        fc.uniqueArray(fc.integer({ min: 0, max: Math.max(0, index - 1) }), { maxLength: index }),
      ),
    ),
  )
  .chain((edges) =>
    fc.shuffledSubarray(
      edges.map((to, index) => node(name(index), index === 0 ? [] : to.map(name))),
      { minLength: edges.length },
    ),
  );

describe('the order of a graph', () => {
  it('puts everything after what it depends on', () => {
    fc.assert(
      fc.property(acyclic, (nodes) => {
        const problems: Diagnostic[] = [];
        const ids = [...orderNodes(nodes, problems).keys()];
        expect(problems).toEqual([]);
        expect(ids.length).toBe(nodes.length);
        for (const one of nodes)
          for (const { to } of one.references) expect(ids.indexOf(to)).toBeLessThan(ids.indexOf(one.id));
      }),
    );
  });

  it('is the same whatever the order of the files', () => {
    fc.assert(
      fc.property(acyclic, (nodes) => {
        expect([...orderNodes(nodes.toReversed(), []).keys()]).toEqual([...orderNodes(nodes, []).keys()]);
      }),
    );
  });

  it('tells a cycle once, as a path', () => {
    const problems: Diagnostic[] = [];
    const ordered = orderNodes(
      [
        node('Kind/a', ['Kind/b']),
        node('Kind/b', ['Kind/c']),
        node('Kind/c', ['Kind/a']),
        node('Kind/d', ['Kind/a']),
        node('Kind/e', []),
      ],
      problems,
    );
    expect([...ordered.keys()]).toEqual(['Kind/e']);
    expect(problems.map((one) => `${one.code} ${one.message}`)).toEqual([
      'ING2003 Resources wait for each other: Kind/a -> Kind/b -> Kind/c -> Kind/a',
    ]);
  });

  it('copes with a chain of ten thousand', () => {
    const chain = Array.from({ length: 10_000 }, (_, index) =>
      node(`Kind/n${index}`, index === 0 ? [] : [`Kind/n${index - 1}`]),
    );
    expect(orderNodes(chain, []).size).toBe(10_000);
  });
});
