import type { Estimate } from '../../../reconcilers/shared/eval-intervals.ts';
import { html } from './escape.ts';

const LABEL = 190;
const WIDTH = 460;
const ROW = 28;
const TICKS = 5;

export interface IntervalRow {
  readonly name: string;
  readonly estimate: Estimate | undefined;
}

export interface IntervalAxis {
  /** Ends of the axis; without it they are taken from the data. */
  readonly range?: readonly [number, number] | undefined;
  /** Values that there can be: an axis from the data does not go beyond them. */
  readonly possible?: readonly [number, number] | undefined;
  /** A dashed line. */
  readonly limit?: number;
}

/**
 * Intervals below each other on one axis: a dot for the estimate, a line for its bounds. The picture is hidden from screen
 * readers; a table has to say the same.
 */
export function intervalPlot(rows: readonly IntervalRow[], { range, possible, limit }: IntervalAxis = {}): string {
  const [least, most] = range ?? within(ends(rows, limit), possible);
  const x = (value: number): number =>
    LABEL + (WIDTH * (Math.min(most, Math.max(least, value)) - least)) / (most - least);
  const height = rows.length * ROW + 34;
  const ticks = Array.from({ length: TICKS }, (_, index) => least + ((most - least) * index) / (TICKS - 1));
  const axis = ticks.map(
    (value) =>
      `<path d="M${at(x(value))} 4 V${rows.length * ROW + 10}"/><text x="${at(x(value))}" y="${rows.length * ROW + 26}" text-anchor="middle">${number(value)}</text>`,
  );
  const marks = rows.map(({ name, estimate }, index) => row(name, estimate, index * ROW + ROW / 2 + 4, x));
  const line = limit === undefined ? '' : `<path class="limit" d="M${at(x(limit))} 0 V${rows.length * ROW + 10}"/>`;
  const width = LABEL + WIDTH + 30;
  return `<div class="plot"><svg aria-hidden="true" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${axis.join('')}${line}${marks.join('')}</svg></div>`;
}

function row(name: string, estimate: Estimate | undefined, y: number, x: (value: number) => number): string {
  const label = `<text x="0" y="${y + 4}">${html(name.length > 26 ? `${name.slice(0, 25)}…` : name)}</text>`;
  if (!estimate) return `${label}<text x="${LABEL}" y="${y + 4}">no grade</text>`;
  const { value, lower = value, upper = value } = estimate;
  const [from, to] = [at(x(lower)), at(x(upper))];
  return `${label}<path class="bounds" d="M${from} ${y} H${to} M${from} ${y - 6} v12 M${to} ${y - 6} v12"/><circle cx="${at(x(value))}" cy="${y}" r="5"/>`;
}

/** Ends of all intervals, with some room; never the same. */
function ends(rows: readonly IntervalRow[], limit?: number): readonly [number, number] {
  const values = rows.flatMap(({ estimate }) =>
    estimate ? [estimate.value, estimate.lower ?? estimate.value, estimate.upper ?? estimate.value] : [],
  );
  const finite = [...values, ...(limit === undefined ? [] : [limit])].filter((value) => Number.isFinite(value));
  if (finite.length === 0) return [0, 1];
  const [least, most] = [Math.min(...finite), Math.max(...finite)];
  const room = (most - least || 1) * 0.08;
  return [least - room, most + room];
}

function within(
  [least, most]: readonly [number, number],
  possible?: readonly [number, number],
): readonly [number, number] {
  const clipped = possible ? ([Math.max(least, possible[0]), Math.min(most, possible[1])] as const) : undefined;
  return clipped && clipped[0] < clipped[1] ? clipped : [least, most];
}

function at(value: number): string {
  return value.toFixed(1);
}

function number(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** Style of the plots, beside the style of all pages. */
export const PLOT_STYLE = `
.plot { overflow: auto; } .plot svg { display: block; } .plot text { fill: var(--fg); font: 13px system-ui, sans-serif; } .plot path { stroke: var(--line); fill: none; } td, th { overflow-wrap: break-word; } .plot .bounds { stroke: var(--run); stroke-width: 2; } .plot .limit { stroke: var(--remove); stroke-width: 2; stroke-dasharray: 5 3; } .plot circle { fill: var(--run); }
`;
