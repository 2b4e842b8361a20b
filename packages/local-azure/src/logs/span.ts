export interface Span {
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
}

const ISO = /^P(?:(?<days>\d+)D)?(?:T(?:(?<hours>\d+)H)?(?:(?<minutes>\d+)M)?(?:(?<seconds>\d+)S)?)?$/u;

/** Reads an ISO 8601 interval: `from/to`, `from/duration`, `duration/to` or a duration until now. Everything without one; undefined when it is none. */
export function spanOf(text: string | undefined, now: number): Span | undefined {
  if (text === undefined || text === '') return { from: 0, to: Infinity };
  const [first = '', second] = text.split('/');
  if (second === undefined) return checked(now - duration(first), now + 1);
  if (first.startsWith('P')) return checked(Date.parse(second) - duration(first), Date.parse(second));
  const from = Date.parse(first);
  return checked(from, second.startsWith('P') ? from + duration(second) : Date.parse(second));
}

function checked(from: number, to: number): Span | undefined {
  return Number.isNaN(from) || Number.isNaN(to) ? undefined : { from, to };
}

/** Milliseconds; NaN when it is none. */
function duration(text: string): number {
  const found = ISO.exec(text)?.groups;
  if (!found) return Number.NaN;
  const { days = '0', hours = '0', minutes = '0', seconds = '0' } = found;
  return (((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}
