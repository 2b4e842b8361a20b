/** Longest wait that Azure can ask for before a call is given up, in milliseconds. */
export const LONGEST_WAIT = 5 * 60_000;

/**
 * Milliseconds that an answer asks to wait: `retry-after-ms`, `x-ms-retry-after-ms`, or `Retry-After` in seconds or as a
 * date. Undefined when it does not ask, or asks for nonsense.
 */
export function retryAfter(headers: Readonly<Record<string, string>>, now: number): number | undefined {
  const exact = headers['retry-after-ms'] ?? headers['x-ms-retry-after-ms'];
  if (exact !== undefined && /^\d+$/.test(exact)) return Number(exact);
  const text = headers['retry-after']?.trim();
  if (text === undefined || text === '') return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  const date = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** Wait before attempt `attempt` (1 is the first retry): doubles from half a second to 30 seconds, with jitter. */
export function backoff(attempt: number, random: () => number = Math.random): number {
  const most = Math.min(30_000, 500 * 2 ** (attempt - 1));
  return most / 2 + (most / 2) * random();
}
