/** One row of the table. */
export interface Row {
  readonly what: string;
  /** What was measured, with its unit; why not, when it was skipped. */
  readonly measured: string;
  /** `measured` against the bound or baseline that `goal` is about; null when there is none. */
  readonly ratio: number | null;
  /** Highest ratio that is good; null when the row only informs. */
  readonly goal: number | null;
  readonly status: 'met' | 'not met' | 'skipped' | 'for information';
}

/** A row with a goal: `value` against `bound`, at most `goal`. */
export function compare(what: string, measured: string, value: number, bound: number, goal: number): Row {
  const ratio = value / bound;
  return { what, measured, ratio, goal, status: ratio <= goal ? 'met' : 'not met' };
}

export function inform(what: string, measured: string): Row {
  return { what, measured, ratio: null, goal: null, status: 'for information' };
}

export function skip(what: string, reason: string): Row {
  return { what, measured: reason, ratio: null, goal: null, status: 'skipped' };
}

/** Seconds or milliseconds, whichever reads better. */
export function time(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds.toFixed(0)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;
}

/** The smaller of an even number of middle values, else the middle one. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;
}

/** The table as text, a row per line under a heading. */
export function tableOf(rows: readonly Row[]): string {
  const cells = rows.map(({ what, measured, ratio, goal, status }) => [
    what,
    measured,
    ratio === null ? '' : ratio.toFixed(2),
    goal === null ? '' : `at most ${Number(goal.toFixed(2))}`,
    status,
  ]);
  const all = [['what', 'measured', 'ratio', 'goal', ''], ...cells];
  const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map((line) => line[column]?.length ?? 0)));
  return all
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
