const BARS = '▁▂▃▄▅▆▇█';

/** One character per value, from 0 to the greatest; a dot where nothing was measured. */
export function sparkline(points: readonly (number | null)[]): string {
  const most = Math.max(0, ...points.map((point) => point ?? 0));
  return points
    .map((point) => {
      if (point === null) return '·';
      const step = most === 0 ? 0 : Math.ceil((point / most) * (BARS.length - 1));
      return BARS[Math.max(0, step)] ?? '';
    })
    .join('');
}

/** `950`, `1.2k`, `3.4M`: short enough for a column. */
export function shortNumber(value: number): string {
  if (value >= 999_950) return `${trimmed(value / 1_000_000)}M`;
  if (value >= 1000) return `${trimmed(value / 1000)}k`;
  return trimmed(value);
}

function trimmed(value: number): string {
  return String(Math.round(value * (value < 10 ? 100 : 10)) / (value < 10 ? 100 : 10));
}
