import { dependenciesOf, type Graph } from '../../model/graph.ts';
import { kindOf } from '../../model/resource-id.ts';
import type { Io } from '../io.ts';
import { openEnvironment, type EnvironmentOptions } from '../session.ts';

/** Prints what depends on what, for Mermaid or Graphviz. The resource group, which everything depends on, is left out. */
export async function graph(io: Io, options: EnvironmentOptions): Promise<number> {
  const opened = openEnvironment(io, options);
  if (opened.exitCode !== undefined) return opened.exitCode;
  io.write(options.output === 'dot' ? toDot(opened.value.graph) : toMermaid(opened.value.graph));
  return 0;
}

interface Edge {
  readonly from: string;
  readonly to: string;
}

function contents(nodes: Graph): { ids: string[]; edges: Edge[] } {
  const shown = [...nodes.values()].filter((node) => kindOf(node.id) !== 'Environment');
  const edges = shown.flatMap((node) =>
    dependenciesOf(node)
      .filter((to) => kindOf(to) !== 'Environment')
      .map((to) => ({ from: node.id, to })),
  );
  return { ids: shown.map((node) => node.id), edges };
}

function toMermaid(nodes: Graph): string {
  const { ids, edges } = contents(nodes);
  const keys = new Map(ids.map((id, index) => [id, `n${index}`]));
  const boxes = ids.map((id) => `  ${keys.get(id)}["${id}"]`);
  const arrows = edges.map(({ from, to }) => `  ${keys.get(to)} --> ${keys.get(from)}`);
  return `${['flowchart LR', ...boxes, ...arrows].join('\n')}\n`;
}

function toDot(nodes: Graph): string {
  const { ids, edges } = contents(nodes);
  const boxes = ids.map((id) => `  "${id}";`);
  const arrows = edges.map(({ from, to }) => `  "${to}" -> "${from}";`);
  return `${['digraph environment {', '  rankdir=LR;', '  node [shape=box];', ...boxes, ...arrows, '}'].join('\n')}\n`;
}
