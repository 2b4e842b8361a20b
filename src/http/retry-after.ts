/** Longest wait that a server can ask for before a call is given up, in milliseconds. */
export const LONGEST_WAIT = 5 * 60_000;

/** No wait is longer, whatever was asked for, so that every one of them can be added to a date. */
const A_WEEK = 7 * 86_400_000;

/**
 * Milliseconds that an answer asks to wait: `retry-after-ms`, `x-ms-retry-after-ms`, or `Retry-After` in seconds or as a
 * date, which is compared with the answer's own `Date`, or with `now`. From 0 to a week. Undefined when it does not ask, or
 * asks for nonsense.
 */
export function retryAfter(headers: Readonly<Record<string, string>>, now: number): number | undefined {
  const exact = headers['retry-after-ms'] ?? headers['x-ms-retry-after-ms'];
  if (exact !== undefined && /^\d+$/.test(exact)) return Math.min(Number(exact), A_WEEK);
  const text = headers['retry-after']?.trim();
  if (text === undefined || text === '') return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Math.min(Number(text) * 1000, A_WEEK);
  const date = dateOf(text);
  return date === undefined ? undefined : Math.min(Math.max(0, date - (dateOf(headers['date'] ?? '') ?? now)), A_WEEK);
}

/** A date in HTTP's form; JavaScript would take much else for one. */
function dateOf(text: string): number | undefined {
  const date = /^[a-z]{3,9},? /i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : date;
}

/** Wait before attempt `attempt` (1 is the first retry): doubles from half a second to 30 seconds, with jitter. */
export function backoff(attempt: number, random: () => number = Math.random): number {
  const most = Math.min(30_000, 500 * 2 ** (attempt - 1));
  return most / 2 + (most / 2) * random();
}
