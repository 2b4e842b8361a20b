import { dependenciesOf, type Graph } from '../../../model/graph.ts';
import type { Change } from '../../../model/plan.ts';
import { kindOf, nameOf, type ResourceId } from '../../../model/resource-id.ts';
import { anchor, html } from './escape.ts';

const WIDTH = 190;
const HEIGHT = 40;
const GAP_X = 60;
const GAP_Y = 14;

interface Placed {
  readonly id: ResourceId;
  readonly x: number;
  readonly y: number;
}

/** Puts each resource right of all that it waits for, near to what it waits for. */
export function layers(nodes: ReadonlyMap<ResourceId, readonly ResourceId[]>): ResourceId[][] {
  const depth = new Map<ResourceId, number>();
  for (const [id, needs] of nodes) depth.set(id, Math.max(-1, ...needs.map((one) => depth.get(one) ?? -1)) + 1);
  const found: ResourceId[][] = [];
  for (const [id, level] of depth) (found[level] ??= []).push(id);
  const position = new Map<ResourceId, number>();
  return found.map((layer) => {
    const wish = (id: ResourceId): number => {
      const needs = (nodes.get(id) ?? []).map((one) => position.get(one) ?? 0);
      return needs.length === 0 ? 0 : needs.reduce((sum, one) => sum + one, 0) / needs.length;
    };
    const ordered = layer.toSorted((a, b) => wish(a) - wish(b) || a.localeCompare(b));
    ordered.forEach((id, index) => position.set(id, index));
    return ordered;
  });
}

/** The dependency graph as a picture. It is hidden from screen readers: each change lists what it waits for. */
export function graphSvg(graph: Graph, changes: readonly Change[]): string {
  const actions = new Map(changes.map((change) => [change.id, change.action]));
  const nodes = new Map(
    [...graph.values()]
      .filter((node) => kindOf(node.id) !== 'Environment')
      .map((node) => [node.id, dependenciesOf(node).filter((id) => graph.has(id) && kindOf(id) !== 'Environment')]),
  );
  const columns = layers(nodes);
  const placed = new Map<ResourceId, Placed>(
    columns.flatMap((column, x) =>
      column.map((id, y) => [id, { id, x: 10 + x * (WIDTH + GAP_X), y: 10 + y * (HEIGHT + GAP_Y) }] as const),
    ),
  );
  const edges = [...nodes].flatMap(([id, needs]) => needs.map((need) => edge(placed.get(need), placed.get(id))));
  const boxes = [...placed.values()].map((one) => box(one, actions.get(one.id) ?? 'keep'));
  const width = 20 + columns.length * (WIDTH + GAP_X);
  const height = 20 + Math.max(0, ...columns.map((column) => column.length)) * (HEIGHT + GAP_Y);
  return `<div class="graph"><svg aria-hidden="true" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${edges.join('')}${boxes.join('')}</svg></div>`;
}

function edge(from: Placed | undefined, to: Placed | undefined): string {
  if (!from || !to) return '';
  const [x1, y1, x2, y2] = [from.x + WIDTH, from.y + HEIGHT / 2, to.x, to.y + HEIGHT / 2];
  const bend = Math.max(20, (x2 - x1) / 2);
  return `<path d="M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}"/>`;
}

const MARKS: Readonly<Record<Change['action'], string>> = {
  keep: '=',
  create: '+',
  update: '~',
  replace: '-/+',
  delete: '-',
  run: '>',
};

function box({ id, x, y }: Placed, action: Change['action']): string {
  const label = `<text x="${x + 8}" y="${y + 16}">${MARKS[action]} ${html(short(nameOf(id)))}</text><text x="${x + 8}" y="${y + 32}" opacity="0.75">${html(kindOf(id))}</text>`;
  const shape = `<g class="${action}"><rect x="${x}" y="${y}" width="${WIDTH}" height="${HEIGHT}" rx="6"/>${label}</g>`;
  return action === 'keep' ? shape : `<a href="#${anchor(id)}" tabindex="-1">${shape}</a>`;
}

function short(name: string): string {
  return name.length > 24 ? `${name.slice(0, 23)}…` : name;
}
