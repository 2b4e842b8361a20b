import type { Series } from '../../status/document.ts';

const BAR = 7;
const GAP = 2;
const HEIGHT = 36;

/** A series as bars, one an hour. It is hidden from screen readers: the number stands beside it. */
export function spark({ points }: Series, className: string): string {
  const most = Math.max(0, ...points.map((point) => point ?? 0));
  const bars = points.map((point, index) => {
    const x = index * (BAR + GAP);
    if (point === null) return `<rect class="none" x="${x}" y="${HEIGHT - 1}" width="${BAR}" height="1"/>`;
    const height = most === 0 ? 1 : Math.max(1, Math.round((point / most) * HEIGHT));
    return `<rect x="${x}" y="${HEIGHT - height}" width="${BAR}" height="${height}"/>`;
  });
  const width = points.length * (BAR + GAP);
  return `<svg class="spark ${className}" aria-hidden="true" width="${width}" height="${HEIGHT}" viewBox="0 0 ${width} ${HEIGHT}">${bars.join('')}</svg>`;
}
